"""DT512: two rules of a table with hit policy A disagree about the same case."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject, pair_findings
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT512",
    Kind.CONFLICT,
    Severity.ERROR,
    "Two rules of a table with hit policy A disagree about the same case.",
    "Narrow a condition of one of the two rules, or give both the same results.",
)


def _find(subject: TableSubject) -> Findings:
    if subject.hit_policy.must_agree and subject.proof.overlap_free is False:
        told = [each for each in subject.proof.overlaps if each.certain and each.agree is False]
        yield from pair_findings(subject, CODE, told, len(told), ", and their results differ.")


CHECK = TableCheck(CODE, Question.OVERLAP, _find)
