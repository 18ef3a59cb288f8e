"""Differences beside assumptions over several facts: told only of cases that fulfil them."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from dmn_dli.diff.compare import compare
from dmn_dli.diff.verdict import Verdict
from dmn_dli.tables.linked import LinkedPolicy
from tests.evaluate.relational import VALUES, case
from tests.evaluate.test_relational_assumptions import CONDITIONS
from tests.linking.books import assuming, fact, linked, table
from tests.reference.policy import Oracle

DECLINE = "current >= 0.2 * baseline"


def policy(*rows: Any, assumed: str = DECLINE) -> LinkedPolicy:
    facts = [fact("baseline", "number", "[1..200]"), fact("current", "number", "[1..200]")]
    headings = ["IF baseline", "IF current", "THEN D"]
    return assuming(linked(facts, table("D", "F", headings, None, *rows, ["-", "-", "y"])), assumed)


def test_what_an_assumption_over_two_facts_rules_out_makes_no_difference() -> None:
    found = compare(policy(["> 100", "< 20", "x"]), policy(["> 100", "< 19", "x"]))
    assert (found.verdict, found.differences) == (Verdict.EQUIVALENT, ())


def test_a_difference_is_shown_by_a_case_that_fulfils_it() -> None:
    (found,) = compare(policy(["> 100", "< 20", "x"]), policy(["> 100", "< 21", "x"])).differences
    assert (found.old, found.new) == ("y", "x")
    assert found.witness["baseline"] > 100
    assert found.witness["baseline"] <= 5 * found.witness["current"] < 105


def test_of_sides_that_contradict_each_other_nothing_is_said() -> None:
    found = compare(
        policy(["> 100", "-", "x"]), policy(["> 100", "-", "x"], assumed="current < 0.2 * baseline")
    )
    assert found.verdict is Verdict.UNKNOWN
    assert "together rule out every case" in found.reasons[0]


def _value(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def agrees(chance: Random) -> bool:
    """Whether two policies differ, as their difference has it; quarters must not say otherwise."""
    clauses = ("a", "b", "c")
    conditions = chance.sample(CONDITIONS, 2)
    old, new = (assuming(case(chance, clauses).policy, each) for each in conditions)
    found = compare(old, new)
    sides = Oracle(old), Oracle(new)
    for side in sides:
        side.names = sorted(VALUES)
        side.domains = {name: list(values) for name, values in VALUES.items()}

    def said(facts: dict[str, Any]) -> tuple[Any, Any]:
        one, other = (repr(side.determination(side.decide(facts)[side.final.name])) for side in sides)
        return one, other

    def possible(facts: dict[str, Any]) -> bool:
        return all(holds(facts) is not False for side in sides for holds in side.conditions)

    for each in found.differences:
        if each.aspect.value == "determination":
            facts = {"a": 0, "b": 0, "c": 0, "flag": False} | each.witness
            facts = {name: _value(value) for name, value in facts.items()}
            assert possible(facts), (conditions, facts)
            assert said(facts) == (repr(each.old), repr(each.new)), (conditions, facts)
    if found.verdict is Verdict.EQUIVALENT:
        for facts in sides[0].completions({}):
            assert not possible(facts) or len({*said(facts)}) == 1, (conditions, facts)
    return found.verdict is not Verdict.UNKNOWN


@pytest.mark.slow
def test_differences_of_random_policies_are_as_quarters_say() -> None:
    chance = Random(3)
    assert sum(agrees(chance) for _ in range(40)) > 10
