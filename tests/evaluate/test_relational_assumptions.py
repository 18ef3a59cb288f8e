"""Assumptions over several facts: which cases they refuse, and what they leave of the rest."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from dmn_dli.runtime.errors import CaseError
from dmn_dli.tables.linked import LinkedPolicy
from tests.evaluate.relational import PRODUCTS, SUMS, VALUES, case
from tests.linking.books import assuming, fact, kernel, linked, table
from tests.properties.cases import refutation
from tests.reference.policy import Oracle

CONDITIONS = (
    "a >= b",
    "a - b < 1",
    "a + b > 2",
    "b <= 2 * a",
    "c >= a",
    "a < b or flag",
    "a * b < 4",
    "if flag then a > b else true",
    "a != b",
    "abs(a - b) <= 1",
    "a > b + 2.5",
    "not(a > 1 and b > 1)",
    "c = a",
)


def decline(*conditions: str) -> LinkedPolicy:
    made = table("D", "U", ["IF current", "THEN D"], [None, "low, high"], ["< 20", "low"], [">= 20", "high"])
    facts = [fact("baseline", "number", "[1..200]"), fact("current", "number", "[1..200]")]
    return assuming(linked(facts, made), *conditions)


def test_a_case_that_contradicts_one_is_refused_with_the_reason() -> None:
    asked = kernel(decline("current >= 0.2 * baseline"))
    with pytest.raises(CaseError, match=r"Assumptions!A2: current >= 0.2 \* baseline \(it is so\)"):
        asked.determine({"baseline": 100, "current": 19})
    assert asked.determine({"baseline": 100, "current": 20})["determination"] == "high"
    assert asked.determine({"baseline": 99, "current": 19.8})["determination"] == "low"


def test_a_known_fact_narrows_what_the_other_may_be() -> None:
    asked = kernel(decline("current >= 0.2 * baseline"))
    assert asked.determine({"baseline": 100})["determination"] == "high"
    found = asked.determine({"baseline": 99})
    assert (found["possible_determinations"], found["missing_facts"]) == (["high", "low"], ["current"])
    assert found["notes"] == []


def test_facts_that_none_fulfils_are_refused_where_some_are_unknown_too() -> None:
    asked = kernel(decline("current >= 0.2 * baseline", "current < 20"))
    with pytest.raises(CaseError, match="taken together: Assumptions!A2, Assumptions!A3"):
        asked.determine({"baseline": 100})


def test_facts_on_which_nothing_hangs_are_not_asked_for_because_of_an_assumption() -> None:
    made = table("D", "U", ["IF flag", "THEN D"], [None, "x, y"], ["true", "x"], ["false", "y"])
    facts = [fact("born", "date"), fact("served", "date"), fact("flag", "boolean")]
    asked = kernel(assuming(linked(facts, made), "born <= served"))
    assert asked.determine({})["missing_facts"] == ["flag"]
    assert asked.determine({"flag": True})["determination"] == "x"
    with pytest.raises(CaseError, match="born <= served"):
        asked.determine({"flag": True, "born": "2024-01-02", "served": "2024-01-01"})


def answers(chance: Random) -> Counter[str]:
    """How an answer stands beside all completions on quarters; one that they refute fails the test."""
    each = case(chance, (*SUMS, *PRODUCTS))
    conditions = chance.sample(CONDITIONS, chance.choice((1, 1, 2)))
    policy = assuming(each.policy, *conditions)
    oracle = Oracle(policy)
    oracle.domains |= {name: list(VALUES[name]) for name in oracle.names}
    cases = list(oracle.completions(each.facts))
    try:
        got = kernel(policy).determine(each.facts)
    except CaseError:
        assert not cases, (conditions, each.facts)
        return Counter(refused=1)
    if not cases:
        # Values between the quarters may still fulfil them; with all facts known there are none.
        assert oracle.unknown(each.facts), (conditions, each.facts)
        return Counter(unseen=1)
    assert refutation(oracle, each.facts, got) == "", (conditions, each.facts)
    said = {repr(oracle.determination(oracle.decide(one)[oracle.final.name])) for one in cases}
    return Counter(cases=1, wide={*map(repr, got["possible_determinations"])} != said)


def counted(number: int) -> Counter[str]:
    chance = Random(7)
    return sum((answers(chance) for _ in range(number)), Counter())


def test_beside_assumptions_answers_are_never_too_narrow() -> None:
    found = counted(8)
    assert found["cases"] > 3
    assert found["wide"] <= 2, found


@pytest.mark.slow
def test_beside_assumptions_answers_are_never_too_narrow_at_length() -> None:
    found = counted(500)
    assert found["wide"] <= 0.1 * found["cases"], found
