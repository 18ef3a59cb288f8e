"""Numbers with more digits than a float's: with all facts known, evaluation says what FEEL says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.policy import Policy
from tests.linking.books import fact, kernel, linked, table

FACTS = [fact("h", "number", "(0..100]"), fact("other", "number")]


def _policy(clause: str, test: str) -> Policy:
    """One clause over one fact, and a table behind it."""
    first = table(
        "Index", "F", [f"IF {clause}", "THEN Index"], [None, "high, low"], [test, "high"], ["-", "low"]
    )
    final = table("D", "F", ["IF Index", "THEN D"], [None, "yes, no"], ["high", "yes"], ["-", "no"])
    return Policy(kernel(linked(FACTS, first, final)))


CLAUSES = [
    ("70 / (h * h)", ">= 25", "1.673320053068151"),
    ("h * 12", ">= 120", "10"),
    ("round half up(h * 2.2, 1)", ">= 86.4", "39.25"),
    ("h / 3", "> 1", "3"),
    ("sqrt(h)", "<= 1.1", "1.21"),
    ("h", ">= 2.5", "2.5"),
]


@pytest.mark.parametrize(("clause", "test", "near"), CLAUSES)
def test_a_number_between_two_floats_is_put_to_the_tables(clause: str, test: str, near: str) -> None:
    policy = _policy(clause, test)
    for size in range(10, 34):
        for step in ("1", "-1", "0.9596", "4", "-4"):
            number = Decimal(near) + Decimal(step) * Decimal(10) ** -size
            facts = {"h": number}
            assert policy.evaluate(facts).determination == policy.decide("D", facts), number


def test_what_was_remembered_of_a_number_close_by_is_not_said() -> None:
    policy = _policy("70 / (h * h)", ">= 25")
    said = [
        policy.evaluate({"h": Decimal(each)}).determination
        for each in ("1.6733200530681511", "1.67332005306815105", "1.6733200530681511", "1.7")
    ]
    assert said == [False, True, False, False]


@pytest.mark.parametrize("clause", ["h + other - other > h", "h + other > h", "h - other > 0"])
@pytest.mark.parametrize("far", ["1E+40", "1E-60", "0.9999999999999999999999999999999999999", "-1E+700"])
def test_beside_numbers_that_make_others_vanish_the_tables_answer(clause: str, far: str) -> None:
    policy = _policy(clause, "true")
    for number in ("1", "0.1", "1.00000000000000000000000000000000001"):
        facts = {"h": Decimal(number), "other": Decimal(far)}
        assert policy.evaluate(facts).determination == policy.decide("D", facts), number


@pytest.mark.parametrize("given", [Decimal("10.00000000000000000001"), 10**17])
def test_beside_an_unknown_fact_a_table_behind_another_is_asked_all_the_same(given: Decimal | int) -> None:
    headings = ["IF Index", "IF other", "THEN D"]
    first = table("Index", "F", ["IF h", "THEN Index"], [None, "high, low"], ["> 10", "high"], ["-", "low"])
    final = table(
        "D", "F", headings, [None, None, "a, b, c"], ["high", "> 1", "a"], ["high", "-", "b"], ["-", "-", "c"]
    )
    record = kernel(linked([fact("h", "number"), fact("other", "number")], first, final)).determine(
        {"h": given}
    )
    assert record["decisions"]["Index"] == "high"
    assert record["possible_determinations"] == ["a", "b"]
    assert record["missing_facts"] == ["other"]
