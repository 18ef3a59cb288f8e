"""Assertions over all facts: Hypothesis looks for a case against them, and the simplest one is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from dmn_dli.policy import Policy
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.tables.firing import Firer, Firing
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.testing.strategies import Facts, facts_for
from dmn_dli.testing.wording import (
    claim_text,
    conflict_text,
    gap_text,
    overlap_text,
    undetermined_text,
    unlisted_text,
)

EXAMPLES = 200
"""How many cases are tried where the caller asks for no other number."""


class TableFailure(AssertionError):
    """A case that a table does not stand; `decision` names the table, `facts` is the case."""

    def __init__(self, message: str, decision: str, facts: Mapping[str, Any]) -> None:
        """Take the message that a clinician reads."""
        super().__init__(message)
        self.decision = decision
        self.facts = dict(facts)


def assert_complete(policy: Policy, decision: str, *, examples: int = EXAMPLES) -> None:
    """In every case a rule of the decision's table fires, or its default answers (DMN 1.5, 8.2.8).

    Raises TableFailure with the simplest case found to which no rule answers,
    KeyError for a decision that does not exist.
    """

    def objection(table: LinkedTable, facts: Facts, firing: Firing) -> str | None:
        if firing.rules or firing.unlisted is not None:
            return None
        return gap_text(policy.linked, table, facts, firing)

    table = policy.linked.by_name[decision]
    if not table.has_default:
        _search(policy, table, objection, examples)


def assert_no_overlap(policy: Policy, decision: str, *, examples: int = EXAMPLES) -> None:
    """In no case do two rules of the decision's table fire together, whatever its hit policy.

    A case in which a value arrives that row 4 does not list is that error, and no other.
    Raises TableFailure with the simplest case found in which they do, KeyError
    for a decision that does not exist.
    """

    def objection(table: LinkedTable, facts: Facts, firing: Firing) -> str | None:
        if len(firing.rules) < 2 or firing.unlisted is not None:
            return None
        return overlap_text(policy.linked, table, facts, firing)

    _search(policy, policy.linked.by_name[decision], objection, examples)


def assert_hit_policy(policy: Policy, decision: str, *, examples: int = EXAMPLES) -> None:
    """In every case the rules that fire agree with the hit policy, and row 4 lists what arrives.

    One rule fires in a U table, and rules that fire together in an A table have
    equal outputs (DMN 1.5, 8.2.8); the other hit policies allow any rules to fire
    together. Raises TableFailure, KeyError for a decision that does not exist.
    """

    def objection(table: LinkedTable, facts: Facts, firing: Firing) -> str | None:
        if firing.unlisted is not None:
            return unlisted_text(policy.linked, table, facts, firing)
        if firing.outcome.conflict is None:
            return None
        if table.hit_policy.forbids_overlap:
            return overlap_text(policy.linked, table, facts, firing)
        return conflict_text(policy.linked, table, facts, firing)

    _search(policy, policy.linked.by_name[decision], objection, examples)


def assert_determined(policy: Policy, *, examples: int = EXAMPLES) -> None:
    """Every case, facts left out or not, gets a determination or a question, never an error of the tables.

    Raises TableFailure with the simplest case found that meets a conflict, or no value; null is none.
    """
    final = policy.kernel.final.name

    def check(facts: Facts) -> None:
        try:
            answer = policy.evaluate(facts)
        except EvaluationError as error:
            reasons = [each["reason"] for each in error.problems]
        else:
            reasons = [f'"{final}" is null.'] if None in answer.possible_determinations else []
        if reasons:
            raise TableFailure(undetermined_text(policy.linked, facts, reasons), final, facts)

    for unknown in (False, True):
        _run(facts_for(policy, unknown=unknown), check, examples)


def assert_claims(policy: Policy, sheet: str, *, examples: int = EXAMPLES) -> None:
    """Where a group of a sheet of criteria applies, it is met exactly if its claim is the determination.

    sheet: the name in A1. Raises TableFailure with the simplest case found that breaks a claim,
    KeyError for a sheet of criteria that does not exist.
    """
    rows = [each for each in policy.kernel.policy.criteria if each.sheet == sheet]
    if not rows:
        raise KeyError(sheet)
    claiming = [each for each in rows if each.means is not None]

    def check(facts: Facts) -> None:
        try:
            record = policy.kernel.determine(facts)
        except EvaluationError:
            return
        statuses = {row["id"]: row["status"] for row in record["criteria"] if row["sheet"] == sheet}
        for row in claiming if statuses else ():
            as_claimed = record["determination"] == row.means
            if statuses[row.id] == (NOT_MET if as_claimed else MET):
                message = claim_text(policy.linked, facts, row, statuses[row.id], record["determination"])
                raise TableFailure(message, row.decision, facts)

    if claiming:
        _run(facts_for(policy), check, examples)


def _search(
    policy: Policy,
    table: LinkedTable,
    objection: Callable[[LinkedTable, Facts, Firing], str | None],
    examples: int,
) -> None:
    """Look for a case to which there is an objection; a requirement's own problems are its own table's."""
    firer = Firer(policy.linked)

    def check(facts: Facts) -> None:
        firing = firer.fire(table.name, facts)
        message = None if firing is None else objection(table, facts, firing)
        if message is not None:
            raise TableFailure(message, table.name, facts)

    _run(facts_for(policy, table.name), check, examples)


def _run(strategy: SearchStrategy[Facts], check: Callable[[Facts], None], examples: int) -> None:
    """Run a check on the same cases each time. Raises TableFailure with the simplest case against it."""
    quiet = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        test: Callable[[], None] = given(strategy)(check)
        quiet(test)()
    except TableFailure as failure:
        # Hypothesis adds what helps a programmer; the message alone is what a clinician reads.
        raise TableFailure(str(failure), failure.decision, failure.facts) from None
