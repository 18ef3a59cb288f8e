"""DT615: a rule of a payer's final decision for which no reason arises."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT615",
    Kind.CITATION,
    Severity.ERROR,
    "A determination is given for which no reason arises.",
    "Write a Reason into the rule, or let a group claim the determination whose members say why it is given.",
)


def _find(subject: CriteriaSubject) -> Findings:
    yield from subject.reasons.findings(CODE)


CHECK = CriteriaCheck(CODE, _find)
