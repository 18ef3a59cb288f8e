"""What the diagrams alone do not answer: beside assumptions, and when much the same is asked again."""

from __future__ import annotations

from typing import Any

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import CaseError
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
    """Where 20 divides the weights twice, no two cases differ in the weight alone."""
    made = table("D", "F", ["IF weight * 2", "THEN D"], [None, "a, b"], ["< 20", "a"], ["-", "b"])
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
