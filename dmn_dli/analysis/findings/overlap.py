"""DT511: two rules of a table with hit policy U answer for the same case."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject, pair_findings
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT511",
    Kind.OVERLAP,
    Severity.ERROR,
    "Two rules of a table with hit policy U answer for the same case.",
    "Narrow a condition of one of the two rules; or write F in A2, if the upper rule is to decide.",
)
_SAME_RESULTS = (
    "Narrow a condition of one of the two rules, delete one of them, or write A in A2, "
    "since their results are the same."
)


def _find(subject: TableSubject) -> Findings:
    proof = subject.proof
    if subject.hit_policy.forbids_overlap and proof.overlap_free is False:
        why = "; with hit policy U one alone may."
        told = [each for each in proof.overlaps if each.certain]
        yield from pair_findings(
            subject, CODE, told, proof.overlap_count, why, subject.place.worded(_SAME_RESULTS)
        )


CHECK = TableCheck(CODE, Question.OVERLAP, _find)
