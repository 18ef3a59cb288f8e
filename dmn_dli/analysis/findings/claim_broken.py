"""DT610: a group of criteria claims a determination, and a case breaks the claim."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT610",
    Kind.CLAIM,
    Severity.ERROR,
    "What a group of criteria claims under Means does not hold.",
    "Correct the criteria or the final decision until they agree on such a case, or the claim under Means.",
)


def _find(subject: CriteriaSubject) -> Findings:
    for _, verdict in subject.judged_claims:
        yield from verdict.findings(CODE)


CHECK = CriteriaCheck(CODE, _find)
