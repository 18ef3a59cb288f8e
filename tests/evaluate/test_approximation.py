"""What the diagrams alone do not answer: beside assumptions, of conflicts, and when a case comes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import CaseError, TableError
from tests.linking.books import assuming, fact, kernel, linked, table
from tests.steps import AtMost

_FACTS = [
    fact("flag", "boolean"),
    fact("consent", "boolean"),
    fact("age", "integer"),
    fact("weight", "number"),
    fact("number", "number"),
]


def _next_year(*conditions: str) -> PolicyKernel:
    rules = ["true", "age + 1"], ["-", "0"]
    made = table("D", "F", ["IF flag", "THEN D"], [None, "expression"], *rules)
    return kernel(assuming(linked(_FACTS, made), *conditions))


def test_a_value_that_is_computed_contradicts_no_assumption() -> None:
    asked = _next_year("flag or consent")
    assert asked.determine({"flag": True, "consent": True, "age": 3})["determination"] == 4
    assert asked.determine({"consent": True, "flag": True})["missing_facts"] == ["age"]
    assert asked.determine({"age": 3})["possible_determinations"] == [0, 4]


def test_assumptions_that_no_case_fulfils_together_are_named_together() -> None:
    asked = _next_year("flag or consent", "not(flag and age > 2)", "not(consent and age > 3)")
    with pytest.raises(CaseError, match="taken together: Assumptions!A2, Assumptions!A3, Assumptions!A4"):
        asked.determine({"age": 4})
    with pytest.raises(CaseError, match="the assumption Assumptions!A3: not"):
        asked.determine({"age": 3, "flag": True})


def test_a_fact_that_can_only_change_with_what_is_computed_with_matters() -> None:
    """Nothing says at which weights the text changes, and the flag may have to change with them."""
    made = table("D", "F", ["IF string(weight)", "THEN D"], [None, "a, b"], ['< "20"', "a"], ["-", "b"])
    asked = kernel(assuming(linked(_FACTS, made), "flag = (weight < 10)", "consent or age > 3"))
    assert asked.determine({})["missing_facts"] == ["flag", "weight"]
    assert asked.determine({"flag": True})["missing_facts"] == ["weight"]


def _large() -> PolicyKernel:
    """A table that is too large for a diagram over all facts."""
    names = [f"n{each}" for each in range(40)]
    rows: list[list[Any]] = [
        [f"> {row + column}" if column % 3 != row % 3 else "-" for column in range(40)] + ["yes"]
        for row in range(30)
    ]
    made = table("D", "F", [*[f"IF {each}" for each in names], "THEN D"], None, *rows, ["-"] * 40 + ["no"])
    return kernel(linked([fact(name, "number") for name in names] + _FACTS, made), 10)


def test_the_second_case_with_the_same_facts_costs_little() -> None:
    asked = _large()
    first = asked.determine({f"n{each}": 5 for each in range(38)})
    with AtMost(2_000):
        assert asked.determine({f"n{each}": 5 for each in range(38)} | {"age": 7}) == first


def _conflicts(asked: PolicyKernel, facts: Mapping[str, Any]) -> set[tuple[str, ...]]:
    with pytest.raises(TableError) as raised:
        asked.determine(facts)
    return {tuple(each["rules"]) for each in raised.value.problems}


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4, 6, 8, 10, 30, 100_000])
def test_a_conflict_names_every_rule_that_fires_however_few_steps_a_diagram_may_take(limit: int) -> None:
    rules = ["-", "-", "k"], ["-", ">= 18", "k"], ["-", "-", "k"]
    made = table("Final", "U", ["IF age", "IF age", "THEN Final"], None, *rules)
    asked = kernel(linked(_FACTS, made), limit)
    assert _conflicts(asked, {}) == {("R-1", "R-3"), ("R-1", "R-2", "R-3")}
    assert _conflicts(asked, {"age": 20}) == {("R-1", "R-2", "R-3")}
    assert _conflicts(asked, {"age": 10}) == {("R-1", "R-3")}


def test_of_rules_that_fire_in_too_many_sets_a_conflict_names_all_once_few_sets_are_left() -> None:
    names = [f"x{each}" for each in range(40)]
    rows = [["true" if column == row else "-" for column in range(40)] + ["k"] for row in range(40)]
    made = table("Final", "U", [*[f"IF {each}" for each in names], "THEN Final"], None, *rows)
    asked = kernel(linked([fact(name, "boolean") for name in names], made))
    facts = {name: name in ("x0", "x1", "x2") for name in names}
    assert _conflicts(asked, facts) == {("R-1", "R-2", "R-3")}
    del facts["x39"]
    assert _conflicts(asked, facts) == {("R-1", "R-2", "R-3"), ("R-1", "R-2", "R-3", "R-40")}
    assert {len(each) for each in _conflicts(asked, {})} == {2}
