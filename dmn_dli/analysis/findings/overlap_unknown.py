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
    doubtful = [
        each for each in proof.overlaps if not each.certain or (hit_policy.must_agree and each.agree is None)
    ]
    if proof.overlap_free is not None and not doubtful:
        return
    reason = proof.reason or "results are computed"
    two = "two rules answer" if proof.overlap_free is None or hit_policy.must_agree else "other rules answer"
    message = f"Whether {two} for the same case cannot be decided: {reason}."
    if not doubtful:
        yield place.finding(CODE, HIT_POLICY_CELL, message)
        return
    shared = doubtful[0]
    pair = (shared.first, shared.second)
    message += f" Perhaps {place.named(pair)} do{when(shared.words)}."
    yield place.finding(CODE, place.rule(shared.second).cell, message, rules=pair, witness=shared.witness)


CHECK = TableCheck(CODE, Question.OVERLAP, _find)
