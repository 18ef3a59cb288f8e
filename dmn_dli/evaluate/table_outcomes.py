"""What is left of a decision where its table itself was asked, as diagrams would have it."""

from __future__ import annotations

from typing import Any

from dmn_dli.diagrams.compiled import compiled_outcome
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Decision
from dmn_dli.runtime.policy import Outcome as CompiledOutcome
from dmn_dli.runtime.residual import Residual
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from dmn_dli.tables.logic import Outcome

OPEN, DOUBT, GAP = ("open",), ("doubt",), ("gap",)
"""The value of an outcome is not known; nothing is said of it; no rule fires, though one is due."""


def compiled_of_known(table: LinkedTable, outcome: Outcome, policy: LinkedPolicy) -> CompiledOutcome:
    """A table's outcome, compiled; a gap where no rule fires and some rule is due."""
    if not outcome.rules and outcome.conflict is None and policy.must_answer(table):
        return CompiledOutcome((), None, GAP)
    return compiled_outcome(outcome, table)


def of_known(decision: Decision, table: LinkedTable, outcome: Outcome, policy: LinkedPolicy) -> Residual:
    """What is left of a decision where its table's outcome is known; a gap as above."""
    return Residual(decision, [OutcomeView(decision, 0, compiled_of_known(table, outcome, policy))])


def doubtful(decision: Decision) -> Residual:
    """What is left of a decision of which nothing is said, not even that it has a value."""
    return Residual(decision, [troubled(decision, 0, DOUBT)])


def troubled(decision: Decision, number: int, trouble: tuple[Any, ...]) -> OutcomeView:
    """An outcome under a number of which it is known what is wrong."""
    return OutcomeView(decision, number, CompiledOutcome((), None, trouble))


def of_table(decision: Decision, number: int, table: LinkedTable, outcome: Outcome) -> OutcomeView:
    """A table's outcome under a number."""
    return OutcomeView(decision, number, compiled_outcome(outcome, table))
