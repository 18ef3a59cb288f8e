"""The strategies give facts that the dictionary allows, and the values at which cells change their answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dmn_dli.linking.link import link
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.policy import Policy
from dmn_dli.runtime.errors import TableError
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.testing import facts_for
from tests.linking.books import cell, fact, kernel, policy, table, workbook
from tests.properties.policies import policies

DOSE = policy(
    [
        fact("dose", "number", "[0..100]"),
        fact("age", "integer"),
        fact("day", "date"),
        fact("drug", "string", "a, b", nullable=True),
        fact("remark"),
        fact("flag", "boolean"),
    ],
    table("Remarked", "U", ["IF remark", "THEN T"], None, ['"x"', "1"], ['not("x")', "2"]),
    table(
        "Dosage",
        "F",
        ["IF dose", "IF age", "IF day", "IF drug", "THEN T"],
        None,
        ["(0..2.5]", ">= 18", "< 2024-03-01", "a", "1"],
        ["-", "-", "-", "-", "2"],
    ),
)
QUIET = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def dose_values(decision: str | None) -> dict[str, set[Any]]:
    """What comes of a decision's facts, or of all: the same in each run, so drawn once."""
    return given_values(facts_for(DOSE, decision))


def given_values(strategy: st.SearchStrategy[dict[str, Any]], examples: int = 300) -> dict[str, set[Any]]:
    seen: dict[str, set[Any]] = {}

    @settings(QUIET, max_examples=examples, phases=[Phase.generate])
    @given(strategy)
    def collect(facts: Mapping[str, Any]) -> None:
        for name, value in facts.items():
            seen.setdefault(name, set()).add(value)

    collect()
    return seen


def test_values_at_just_below_and_just_above_every_constant_come() -> None:
    seen = dose_values("Dosage")
    assert seen["dose"] >= {0, Decimal("0.1"), Decimal("2.49"), Decimal("2.5"), Decimal("2.51"), 100}
    assert seen["age"] >= {17, 18, 19}
    assert seen["day"] >= {date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)}
    assert seen["drug"] == {"a", "b", None}


def test_other_values_come_too() -> None:
    seen = dose_values("Dosage")
    assert len(seen["dose"]) > 20
    assert min(seen["dose"]) >= 0
    assert max(seen["dose"]) <= 100
    assert len(seen["day"]) > 20


def test_only_the_facts_of_the_decision_asked_for_come() -> None:
    assert dose_values("Remarked").keys() == {"remark"}
    assert dose_values(None).keys() == {"dose", "age", "day", "drug", "remark"}


def test_text_without_a_list_is_sometimes_named_and_sometimes_not() -> None:
    seen = dose_values("Remarked")["remark"]
    assert "x" in seen
    assert len(seen - {"x"}) > 5


def test_facts_are_left_out_on_request_alone() -> None:
    sizes: set[int] = set()

    @settings(QUIET, max_examples=100)
    @given(facts_for(DOSE, unknown=True), facts_for(DOSE))
    def collect(some: Mapping[str, Any], every: Mapping[str, Any]) -> None:
        sizes.add(len(some))
        assert len(every) == 5

    collect()
    assert sizes >= {0, 1, 2, 3, 4, 5}


def test_a_decision_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        facts_for(DOSE, "Dosag")


def test_cases_that_an_assumption_rules_out_do_not_come() -> None:
    facts = (fact("flag", "boolean"), fact("grade", "integer", "0, 1, 2, 3"))
    book = workbook(table("T", "U", ["IF grade", "THEN T"], None, ["< 2", "1"], [">= 2", "2"]))
    assumed = Assumption(cell("flag or grade < 2"), "Only those who are flagged are graded higher.")
    made = Policy(kernel(link(evolve(book, assumptions=(assumed,)), Dictionary(facts, "facts.xlsx"))))
    seen: set[tuple[bool, int]] = set()

    @settings(QUIET, max_examples=150)
    @given(facts_for(made, "T"))
    def collect(case: Mapping[str, Any]) -> None:
        seen.add((case["flag"], case["grade"]))

    collect()
    assert seen == {(True, 0), (True, 1), (True, 2), (True, 3), (False, 0), (False, 1)}


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(policies(opaque=True), st.data(), st.booleans())
def test_every_case_is_one_that_the_dictionary_allows(
    made: LinkedPolicy, data: st.DataObject, unknown: bool
) -> None:
    compiled = Policy(kernel(made))
    facts = data.draw(facts_for(compiled, unknown=unknown))
    try:
        compiled.evaluate(facts)
    except TableError:
        return  # the tables may conflict; the case itself is in order


def test_a_fact_that_no_cell_asks_about_takes_all_its_values() -> None:
    made = policy([fact("flag", "boolean")], table("T", "U", ["IF flag", "THEN T"], None, ["-", "1"]))
    assert given_values(facts_for(made), 10) == {"flag": {True, False}}
