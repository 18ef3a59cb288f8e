"""DT524: no two rules ever answer together, so that hit policy U would do."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.findings.no_effect import spare_columns
from dmn_dli.analysis.place import HIT_POLICY_CELL
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT524",
    Kind.UNUSED,
    Severity.INFO,
    "No two rules ever answer together, so that hit policy U would do.",
    "Write U in A2: then a later edit that makes two rules meet is reported.",
)


def _find(subject: TableSubject) -> Findings:
    proof, hit_policy = subject.proof, subject.hit_policy
    several = len(subject.place.table.rule_indexes) > 1
    proven = proof.complete and proof.overlap_free and not subject.idle.mask
    if not (hit_policy.one_answer and not hit_policy.forbids_overlap and proven and several):
        return
    # Without a column that makes no difference, rules that it kept apart may meet.
    if not any(True for _ in spare_columns(subject)):
        message = f"The hit policy is {hit_policy.value}, but no two rules ever answer for the same case."
        yield subject.place.finding(CODE, HIT_POLICY_CELL, message)


CHECK = TableCheck(CODE, Question.HIT_POLICY, _find)
