"""`policy.decide`: one decision as DMN defines it, with values as callers bring them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from dmn_dli import HitPolicyError
from dmn_dli.evaluate import value_diagram
from dmn_dli.evaluate.column_memory import ColumnMemory
from dmn_dli.evaluate.value_diagram import ValueDiagram
from dmn_dli.tables.logic import TableLogic
from tests.linking.books import fact, policy, table

DOSE = fact("dose", "number")
FLAG = fact("flag", "boolean")
NAME = fact("name", "string", "red, green")
FACTS = (DOSE, FLAG, NAME)


def firing(clause: str, *tests: str) -> Any:
    """A policy whose one decision lists the tests that a value passes."""
    return policy(
        FACTS, table("Tests", "C", [f"IF {clause}", "THEN Test"], None, *[[t, f"`{t}`"] for t in tests])
    )


@pytest.mark.parametrize("value", [0.1, Decimal("0.1"), Decimal("0.10")])
def test_a_tenth_is_a_tenth_however_it_is_stored(value: Any) -> None:
    asked = firing("Dose", "0.1", "< 0.1", "> 0.1")
    assert asked.decide("Tests", {"dose": value}) == ["`0.1`"]


@pytest.mark.parametrize(
    ("value", "passed"),
    [
        (0.30000000000000004, ["`> 0.3`"]),
        (0.3, ["`0.3`"]),
        (Decimal("0.29999999999999999999"), ["`< 0.3`"]),
        (2**60, ["`> 0.3`"]),
        (-(10**40), ["`< 0.3`"]),
    ],
)
def test_numbers_close_to_a_bound_and_far_from_it_fall_on_the_right_side(
    value: Any, passed: list[str]
) -> None:
    assert firing("Dose", "0.3", "< 0.3", "> 0.3").decide("Tests", {"dose": value}) == passed


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_no_number_is_null(value: Any) -> None:
    asked = firing("Dose", "-", "null", "> 0")
    assert asked.decide("Tests", {"dose": value}) == ["`-`", "`null`"]
    assert asked.decide("Tests", {}) == ["`-`", "`null`"]


@pytest.mark.parametrize("values", [(True, 1, 1.0), (1, True, 1.0), (0, False), (False, 0)])
def test_true_is_no_number_whatever_was_asked_before(values: tuple[Any, ...]) -> None:
    numbers, booleans = firing("Dose", "1", "0", "< 5"), firing("Flag", "true", "? = false")
    for value in values:
        fresh = firing("Flag", "true", "? = false")
        assert booleans.decide("Tests", {"flag": value}) == fresh.decide("Tests", {"flag": value})
        number = "`1`" if value else "`0`"
        expected = [] if isinstance(value, bool) else [number, "`< 5`"]
        assert numbers.decide("Tests", {"dose": value}) == expected


def test_values_are_not_validated() -> None:
    asked = firing("Name", "red", "not(red)", "-")
    assert asked.decide("Tests", {"name": "blue"}) == ["`not(red)`", "`-`"]
    assert asked.decide("Tests", {"name": "Red"}) == ["`not(red)`", "`-`"]
    assert asked.decide("Tests", {"name": 7, "unheard of": 1}) == ["`-`"]


def test_a_value_that_feel_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="FEEL has no value"):
        firing("Name", "red").decide("Tests", {"name": object()})


@pytest.mark.parametrize("bad", [{"name": object()}, {"flag": {1: 2}}, {"name": [object()]}])
def test_a_bad_value_is_refused_though_the_answer_does_not_hang_on_it(bad: dict[str, Any]) -> None:
    rules = [["< 5", "-", "-", "small"], [">= 5", "red", "true", "red"], ["-", "-", "-", "large"]]
    size = table("Size", "F", ["IF Dose", "IF Name", "IF Flag", "THEN Size"], None, *rules)
    asked, good = policy(FACTS, size), {"dose": 1, "name": "red", "flag": True}
    assert [asked.decide("Size", good) for _ in range(3)] == ["small"] * 3
    with pytest.raises(TypeError):
        asked.decide("Size", good | bad)
    assert asked.decide("Size", good) == "small"
    assert asked.decide("Size", {"dose": 1}) == "small"


def _graph() -> Any:
    scope = table("Scope", "U", ["IF Name", "THEN Scope"], [None, "in, out"], ["red", "in"], ["-", "out"])
    pair = table("Pair", "F", ["IF Dose", "THEN Size", "THEN Points"], [None, "small, large", "number"],
                 ["< 5", "small", "1"], ["-", "large", "2"])  # fmt: skip
    final = table("Final", "F", ["IF Scope", "IF Pair.Size", "THEN Final"], None,
                  ["in", "small", "both"], ["in", "-", "scope"], ["-", "small", "size"])  # fmt: skip
    return policy(FACTS, scope, pair, final)


def test_decisions_that_are_not_supplied_are_computed() -> None:
    assert _graph().decide("Final", {"name": "green", "dose": 1}) == "size"
    assert _graph().decide("Final", {"name": "green", "dose": 9}) is None


def test_decisions_that_are_supplied_are_taken_as_they_are() -> None:
    assert _graph().decide("Final", {"Scope": "in", "Pair": {"Size": "small"}}) == "both"
    assert _graph().decide("Final", {"Scope": None, "name": "red", "dose": 1}) == "size"
    assert _graph().decide("Final", {"Scope": "in", "Pair": None}) == "scope"


def test_a_conflict_upstream_is_raised_with_its_rules() -> None:
    with pytest.raises(HitPolicyError) as caught:
        _graph().decide("Final", {"name": "red", "dose": 1})
    assert (caught.value.decision, caught.value.rules) == ("Scope", ("R-1", "R-2"))


@pytest.mark.parametrize(
    ("hit_policy", "row_4", "entry"),
    [("C", None, "a"), ("U", "expression", "[1, [2]]"), ("U", "expression", "{a: [1]}")],
)
def test_lists_and_contexts_belong_to_the_caller(hit_policy: str, row_4: str | None, entry: str) -> None:
    asked = policy(FACTS, table("Value", hit_policy, ["IF Flag", "THEN Value"], [None, row_4], ["-", entry]))
    for facts in ({"flag": True}, {}):
        first = asked.decide("Value", facts)
        before = repr(first)
        for part in (first, *(first.values() if isinstance(first, dict) else first)):
            if isinstance(part, list | dict):
                part.clear()
        assert repr(asked.decide("Value", facts)) == before


def test_a_context_of_several_outputs_belongs_to_the_caller() -> None:
    asked = _graph()
    asked.decide("Pair", {"dose": 1})["Size"] = "mine"
    assert asked.decide("Pair", {"dose": 1}) == {"Size": "small", "Points": 1}


@pytest.mark.parametrize("value", [True, 1, 1.0])
def test_a_boolean_is_told_from_the_number_that_python_holds_equal_in_known_cases(value: Any) -> None:
    rules = [["1", "-", "one"], ["-", "true", "true"], ["-", "-", "neither"]]
    asked = policy(FACTS, table("Kind", "F", ["IF Dose", "IF Flag", "THEN Kind"], None, *rules))
    for _ in range(2):
        assert asked.decide("Kind", {"dose": 1, "flag": False}) == "one"
        assert asked.decide("Kind", {"dose": 0, "flag": True}) == "true"
        wanted = "neither" if value is True else "one"
        assert asked.decide("Kind", {"dose": value, "flag": False}) == wanted
        wanted = "true" if value is True else "neither"
        assert asked.decide("Kind", {"dose": 0, "flag": value}) == wanted


def test_a_diagram_grows_rests_and_starts_afresh_with_the_same_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(value_diagram, "GROWTH", 5)
    monkeypatch.setattr(value_diagram, "REST", 7)
    outcomes = {0: "nothing", 1: "low", 2: "high"}
    column = ColumnMemory(TableLogic(_bands().linked.by_name["Band"]).columns[0])
    asked: list[object] = []

    def masks(facts: Mapping[str, Any]) -> str:
        asked.append(facts["dose"])
        return "low" if facts["dose"] is True else outcomes[column[facts["dose"]]]

    diagram = ValueDiagram([("dose", column)], outcomes.__getitem__, masks, lambda: None)
    for dose in (True, 0, 1, 2, 3, 4):  # True is no key, and does not count
        assert diagram.grown({"dose": dose}) == "low"
    assert list(diagram.root.values()) == ["low"]  # one class
    for dose in range(200, 207):
        assert diagram.grown({"dose": dose}) == "high"
    assert list(diagram.root.values()) == ["low"]
    assert diagram.grown({"dose": 300}) == "high"
    assert diagram.root == {}
    assert diagram.grown({"dose": 301}) == "high"
    assert list(diagram.root.values()) == ["high"]
    assert len(asked) == 15


def _bands() -> Any:
    return policy(FACTS, table("Band", "U", ["IF Dose", "THEN Band"], None, ["< 9", "low"], [">= 9", "high"]))


def test_a_column_that_has_met_thousands_of_values_still_answers() -> None:
    asked = firing("Dose", "< 5000", ">= 5000")
    answers = [asked.decide("Tests", {"dose": number}) for number in range(10_000)]
    assert answers == [["`< 5000`"]] * 5_000 + [["`>= 5000`"]] * 5_000


def test_numpys_true_does_not_stand_for_one_once_it_has_been_asked() -> None:
    numpy = pytest.importorskip("numpy", reason="numpy is optional")
    asked = firing("Dose", "1", "< 5")
    assert asked.decide("Tests", {"dose": numpy.True_}) == []
    assert asked.decide("Tests", {"dose": 1}) == ["`1`", "`< 5`"]
