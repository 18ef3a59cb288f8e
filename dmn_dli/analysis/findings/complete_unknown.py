"""DT513: whether a table answers for every case cannot be decided."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.place import HIT_POLICY_CELL, when
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT513",
    Kind.UNKNOWN,
    Severity.ERROR,
    "It cannot be decided whether a table answers for every case.",
    "Add a last rule with - in every condition; or write the conditions with single facts and plain values.",
)


def _find(subject: TableSubject) -> Findings:
    """Of the whole table, or of what is left beside the gaps that are certain."""
    proof = subject.proof
    doubtful = [each for each in proof.gaps if not each.certain]
    if not subject.hit_policy.one_answer or not (proof.complete is None or doubtful):
        return
    every = "every case" if proof.complete is None else "every other case"
    message = f"Whether a rule answers for {every} cannot be decided: {proof.reason}."
    if doubtful:
        message += f" Perhaps none does{when(doubtful[0].words)}."
    witness = doubtful[0].witness if doubtful else {}
    yield subject.place.finding(CODE, HIT_POLICY_CELL, message, witness=witness)


CHECK = TableCheck(CODE, Question.COMPLETE, _find)
