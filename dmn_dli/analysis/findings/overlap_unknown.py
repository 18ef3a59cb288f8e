"""DT514: whether two rules of a U or A table answer for the same case cannot be decided."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.place import HIT_POLICY_CELL, when
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT514",
    Kind.UNKNOWN,
    Severity.ERROR,
    "It cannot be decided whether two rules of a table answer for the same case.",
    "Choose hit policy F in A2, if the upper rule is to decide; or write the conditions with single facts "
    "and plain values.",
)


def _find(subject: TableSubject) -> Findings:
    place, proof, hit_policy = subject.place, subject.proof, subject.hit_policy
    if not hit_policy.forbids_overlap and not hit_policy.must_agree:
        return
    computed = hit_policy.must_agree and any(each.agree is None for each in proof.overlaps)
    if proof.overlap_free is not None and not computed:
        return
    reason = proof.reason or "results are computed"
    message = f"Whether two rules answer for the same case cannot be decided: {reason}."
    if not proof.overlaps:
        yield place.finding(CODE, HIT_POLICY_CELL, message)
        return
    shared = proof.overlaps[0]
    pair = (shared.first, shared.second)
    message += f" Perhaps {place.named(pair)} do{when(shared.words)}."
    yield place.finding(CODE, place.rule(shared.second).cell, message, rules=pair, witness=shared.witness)


CHECK = TableCheck(CODE, Question.OVERLAP, _find)
