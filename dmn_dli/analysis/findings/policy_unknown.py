"""DT603: whether the policy has a determination for every case cannot be decided."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.place import HIT_POLICY_CELL
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Finding, Kind, Severity

CODE = Code(
    "DT603",
    Kind.UNKNOWN,
    Severity.ERROR,
    "It cannot be decided whether the policy has a determination for every case.",
    "Write the conditions and results with single facts and plain values, or split the largest table.",
)


def _find(subject: TableSubject) -> Findings:
    proof = subject.proof
    # A table that must answer has its gaps reported as such.
    if subject.final and not subject.hit_policy.one_answer and proof.complete is None:
        message = f"Whether the final decision always has a value cannot be decided: {proof.reason}."
        yield subject.place.finding(CODE, HIT_POLICY_CELL, message)
    for rule, witness in subject.valueless if subject.final else ():
        if not witness.certain:
            place = subject.place
            message = (
                f"Whether the final decision always has a value cannot be decided: {subject.doubt}. "
                f"Perhaps it has none where {place.named([rule])} decides."
            )
            yield place.finding(CODE, place.rule(rule).outputs[0], message, "", [rule], witness.facts)


def too_many_steps(subject: TableSubject) -> Finding:
    """What is said where a check gave up."""
    message = "Which cases lead where takes too many steps to tell."
    return subject.place.finding(CODE, HIT_POLICY_CELL, message)


CHECK = TableCheck(CODE, Question.DETERMINATION, _find)
