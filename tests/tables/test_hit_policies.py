"""Hit policies on whole tables (DMN 1.5, sections 8.2.8 to 8.2.11)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from dmn_dli import HitPolicyError
from dmn_dli.model.table import DecisionTable
from tests.linking.books import fact, policy, table

AGE = fact("age", "number")
CATEGORY = fact("risk_category", "string", "high, medium, low")
AFFILIATED = fact("debt_review", "boolean")

LISTED = "declined, refer, accepted"
HEADINGS = ["IF Age", "IF Risk category", "IF Debt review", "THEN Routing"]
# After the standard's routing table: several rows fire at once, and the hit policy says what comes of it.
ROUTING: Sequence[Sequence[Any]] = (
    ["-", "-", "-", "accepted"],
    ["< 18", "-", "-", "declined"],
    ["-", "high", "-", "refer"],
    ["-", "-", "true", "refer"],
)


def routing(hit_policy: str, *, default: str = "", rules: Sequence[Sequence[Any]] = ROUTING) -> DecisionTable:
    stated = f"{LISTED}\ndefault: {default}" if default else LISTED
    return table("Routing", hit_policy, HEADINGS, [None, None, None, stated], *rules)


def routed(hit_policy: str, age: float, category: str, *, review: bool = False, **options: Any) -> Any:
    asked = policy([AGE, CATEGORY, AFFILIATED], routing(hit_policy, **options))
    return asked.decide("Routing", {"age": age, "risk_category": category, "debt_review": review})


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [
        ("P", "declined"),
        ("F", "accepted"),
        ("R", ["accepted", "declined", "refer", "refer"]),
        ("O", ["declined", "refer", "refer", "accepted"]),
        ("C", ["accepted", "declined", "refer", "refer"]),
        ("C#", 4),
        ("C<", "accepted"),
        ("C>", "refer"),
    ],
)
def test_four_rules_that_fire_make_the_result_that_the_policy_says(hit_policy: str, expected: Any) -> None:
    assert routed(hit_policy, 17, "high", review=True) == expected


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [
        ("U", "accepted"),
        ("A", "accepted"),
        ("P", "accepted"),
        ("F", "accepted"),
        ("C", ["accepted"]),
        ("C#", 1),
    ],
)
def test_a_rule_that_fires_alone_is_the_result_under_every_policy(hit_policy: str, expected: Any) -> None:
    assert routed(hit_policy, 30, "low") == expected


def test_unique_names_the_rules_that_fire_together_and_their_cells() -> None:
    with pytest.raises(HitPolicyError) as caught:
        routed("U", 17, "low")
    assert caught.value.decision == "Routing"
    assert caught.value.rules == ("R-1", "R-2")
    assert caught.value.cells == ("Routing!A5", "Routing!A6")
    assert str(caught.value) == (
        'In "Routing" the rules R-1 (Routing!A5), R-2 (Routing!A6) fire together. '
        "Hit policy U allows one rule to fire."
    )


def test_any_is_content_with_rules_that_agree_and_refuses_those_that_do_not() -> None:
    agreeing = ROUTING[2:]
    assert routed("A", 30, "high", review=True, rules=agreeing) == "refer"
    with pytest.raises(HitPolicyError, match="all rules that fire agree"):
        routed("A", 17, "high", review=True)


AGGREGATES = [("C+", 3), ("C<", 1), ("C>", 2), ("C#", 2), ("C", [2, 1]), ("R", [2, 1])]


def _points(hit_policy: str, default: str = "") -> Any:
    stated = f"number\ndefault: {default}" if default else "number"
    headings = ["IF Age", "THEN Points"]
    return policy(
        [AGE], table("Points", hit_policy, headings, [None, stated], [">= 18", "2"], [">= 65", "1"])
    )


@pytest.mark.parametrize(("hit_policy", "expected"), AGGREGATES)
def test_numbers_are_gathered(hit_policy: str, expected: Any) -> None:
    value = _points(hit_policy).decide("Points", {"age": 70})
    assert value == expected
    assert isinstance(value, list | Decimal)


def test_decimals_are_added_without_binary_error() -> None:
    tenths = table("Dose", "C+", ["IF Age", "THEN Dose"], [None, "number"], *[["-", "0.1"]] * 3)
    assert policy([AGE], tenths).decide("Dose", {}) == Decimal("0.3")


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [(each, None) for each in ("C+", "C<", "C>")] + [(each, []) for each in ("C", "R")] + [("C#", 0)],
)
def test_nothing_is_gathered_where_no_rule_fires(hit_policy: str, expected: Any) -> None:
    assert _points(hit_policy).decide("Points", {"age": 10}) == expected


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [(each, 7) for each in ("C+", "C<", "C>", "C#")] + [(each, [7]) for each in ("C", "R")],
)
def test_the_default_stands_in_where_no_rule_fires(hit_policy: str, expected: Any) -> None:
    assert _points(hit_policy, "7").decide("Points", {"age": 10}) == expected
    assert _points(hit_policy, "7").decide("Points", {"age": 70}) == dict(AGGREGATES)[hit_policy]


@pytest.mark.parametrize("hit_policy", ["U", "A", "P", "F"])
def test_a_single_result_is_null_or_the_default_where_no_rule_fires(hit_policy: str) -> None:
    adults = [["> 18", "-", "-", "accepted"]]
    assert routed(hit_policy, 18, "low", rules=adults) is None
    assert routed(hit_policy, 18, "low", rules=adults, default="refer") == "refer"


@pytest.mark.parametrize(
    ("age", "expected"),
    [(17.999, []), (18, ["[18..65)"]), (64.999, ["[18..65)"]), (65, [">= 65"]), (65.001, [">= 65", "> 65"])],
)
def test_bounds_are_kept_below_at_and_above(age: float, expected: list[str]) -> None:
    tests = ["[18..65)", ">= 65", "> 65"]
    ages = table("Ages", "R", ["IF Age", "THEN Test"], None, *[[test, test] for test in tests])
    assert policy([AGE], ages).decide("Ages", {"age": age}) == expected


COMPOUND: Sequence[Sequence[Any]] = (
    ["-", "refer", "1"],
    [">= 18", "accepted", "2"],
    [">= 65", "refer", "0"],
)
_ROWS = [
    {"Routing": "refer", "Points": 1},
    {"Routing": "accepted", "Points": 2},
    {"Routing": "refer", "Points": 0},
]


def _compound(hit_policy: str, rules: Sequence[Sequence[Any]] = COMPOUND, *, default: bool = False) -> Any:
    row_4 = [None, LISTED, "2, 1, 0"]
    if default:
        row_4 = [None, f"{LISTED}\ndefault: declined", "2, 1, 0\ndefault: 0"]
    return policy(
        [AGE], table("Routing", hit_policy, ["IF Age", "THEN Routing", "THEN Points"], row_4, *rules)
    )


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [
        ("F", _ROWS[0]),
        ("P", _ROWS[0]),
        ("R", _ROWS),
        ("C", _ROWS),
        ("O", [_ROWS[0], _ROWS[2], _ROWS[1]]),
        ("C#", 3),
    ],
)
def test_several_outputs_make_a_context_and_priorities_go_from_left_to_right(
    hit_policy: str, expected: Any
) -> None:
    assert _compound(hit_policy).decide("Routing", {"age": 70}) == expected


@pytest.mark.parametrize("hit_policy", ["U", "A", "P", "F", "R", "O", "C"])
def test_several_outputs_without_a_rule_that_fires(hit_policy: str) -> None:
    nothing: list[Any] | None = [] if hit_policy in "ROC" else None
    default = {"Routing": "declined", "Points": 0}
    assert _compound(hit_policy, COMPOUND[1:]).decide("Routing", {"age": 1}) == nothing
    found = _compound(hit_policy, COMPOUND[1:], default=True).decide("Routing", {"age": 1})
    assert found == ([default] if hit_policy in "ROC" else default)


def test_rules_of_an_any_table_must_agree_in_every_output() -> None:
    rules = [["-", "refer", "1"], ["-", "refer", "2"]]
    with pytest.raises(HitPolicyError):
        _compound("A", rules).decide("Routing", {"age": 1})


def test_equal_priorities_leave_the_order_of_the_rows() -> None:
    headings = ["IF Age", "THEN Routing", "THEN Reason"]
    rules = [["-", "refer", "row 0"], ["-", "declined", "row 1"], ["-", "refer", "row 2"]]
    asked = policy([AGE], table("Routing", "O", headings, [None, LISTED, None], *rules))
    assert [entry["Reason"] for entry in asked.decide("Routing", {})] == ["row 1", "row 0", "row 2"]


def test_a_null_among_the_numbers_makes_their_sum_unknown() -> None:
    rules = [["-", "1"], ["-", "null"]]
    asked = policy([AGE], table("Points", "C+", ["IF Age", "THEN Points"], [None, "number"], *rules))
    assert asked.decide("Points", {}) is None


def test_a_retired_rule_never_fires() -> None:
    rules: list[list[Any]] = [["-", "accepted", "retired"], ["-", "declined", None]]
    asked = policy(
        [AGE], table("Routing", "U", ["IF Age", "THEN Routing", "NOTE Status"], [None, LISTED, None], *rules)
    )
    assert asked.decide("Routing", {}) == "declined"
