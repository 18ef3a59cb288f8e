"""DT611: what criteria claim, or that they give a reason, can be neither proven nor refuted."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT611",
    Kind.UNKNOWN,
    Severity.ERROR,
    "It cannot be proven that criteria and the final decision agree.",
    "Write the conditions of the criteria and of the final decision with single facts and plain values.",
)


def _find(subject: CriteriaSubject) -> Findings:
    for verdict in subject.verdicts:
        for place, cell, why in verdict.open:
            message = f"It cannot be proven that the criteria and the final decision agree: {why}."
            yield place.finding(CODE, cell, message)


CHECK = CriteriaCheck(CODE, _find)
