"""FEEL beyond its budget on some case: a finding with its cell, an error record, never null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.feel import budget
from dmn_dli.feel.budget import together
from dmn_dli.linking import codes
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.errors import TableError
from tests.linking.books import assuming, fact, kernel, linked, policy, table

FACTS = (
    fact("size", "number", "[0..1000000000]"),
    fact("grade", "integer", "0, 1, 2"),
    fact("free", "string"),
)

HEAVY = "count(for i in 1..{} return i)"
LONG = "matches(free, free)"


def _table(clause: str, test: Any, result: Any, row_4: str | None = None) -> DecisionTable:
    return table("Answer", "F", [f"IF {clause}", "THEN Answer"], [None, row_4], [test, result], ["-", "2"])


TABLES = {
    "a condition": (_table(HEAVY.format("size"), "> 5", "1"), {"size": 10**9}, "B3"),
    "a cell": (_table("size", f"< {HEAVY.format('size')}", "1"), {"size": 10**9}, "B5"),
    "a cell over a listed fact": (_table("grade", f"< {HEAVY.format('? * 1e6')}", "1"), {"grade": 1}, "B5"),
    "a result": (_table("grade", "1", HEAVY.format("size"), "expression"), {"grade": 1, "size": 10**9}, "C5"),
    "a result over a listed fact": (
        _table("grade", "1", HEAVY.format("grade * 1000000"), "expression"), {"grade": 1}, "C5",
    ),
    "a pattern": (_table(LONG, "true", "1"), {"free": "(a{20000})"}, "B3"),
    "a pattern that refers back": (_table(LONG, "true", "1"), {"free": r"(.*)(.*)(.*)\1\2\3x" * 40}, "B3"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "facts", "cell"), TABLES.values(), ids=TABLES)
def test_a_case_beyond_the_budget_is_an_error_record_with_decision_and_cell(
    made: DecisionTable, facts: Mapping[str, Any], cell: str
) -> None:
    for ask in (policy(FACTS, made).evaluate, lambda case: policy(FACTS, made).decide("Answer", case)):
        with pytest.raises(TableError) as error:
            ask(facts)
        (found,) = error.value.problems
        assert (found["decision"], found["cell"]) == ("Answer", f"Answer!{cell}")
        assert "more than" in found["reason"] or "pattern" in found["reason"]


def test_a_case_within_the_budget_is_decided_as_ever() -> None:
    asked = policy(FACTS, TABLES["a condition"][0])
    assert asked.evaluate({"size": 6}).determination == "1"
    assert asked.evaluate({"size": 4}).determination == "2"


@pytest.mark.parametrize("which", ["a cell over a listed fact", "a condition", "a cell"])
def test_check_names_the_cell_or_proves_no_more_than_it_knows(which: str) -> None:
    made, _, cell = TABLES[which]
    found = analyse(linked(FACTS, made))
    places = {finding.cell for finding in found.findings if finding.code is codes.UNSUPPORTED}
    assert places <= {cell}
    if which == "a cell over a listed fact":
        assert places == {cell}
        assert found.proofs[0].complete is None


def test_many_cells_that_each_take_what_is_allowed_are_given_up_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MAXIMUM_STEPS_TOGETHER", 400_000)
    heavy = "some a in 1..90000 satisfies a + grade < 0"
    rules = [["-", f"if {heavy} then {number} else 0"] for number in range(60)]
    made = table("Answer", "C", ["IF grade", "THEN Answer"], [None, "expression"], *rules)
    found = analyse(linked(FACTS, made))
    assert [finding.code for finding in found.findings if finding.is_error] == [codes.UNSUPPORTED]
    assert "all cases together" in found.findings[0].message


def test_constants_are_worked_out_whatever_was_asked_before() -> None:
    made = _table("grade", "< count(for i in 1..2 return i)", "1")
    with together():
        for _ in range(3):
            assert not [each.text for each in linked(FACTS, made).findings if each.is_error]


def test_an_assumption_beyond_the_budget_names_its_cell() -> None:
    assumed = assuming(
        linked(FACTS, _table("grade", "1", "1")), "count(for i in 1..grade * 1000000 return i) > 5"
    )
    with pytest.raises(Exception, match=r"The cell A2 reads .*100,000 items"):
        kernel(assumed)
