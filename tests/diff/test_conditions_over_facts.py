"""Versions whose cells relate two facts: what theories rule out leaves nothing open."""

from __future__ import annotations

from dmn_dli.diff.compare import compare
from dmn_dli.diff.verdict import Verdict
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

_FACTS = [fact("start", "date"), fact("stop", "date"), fact("flag", "boolean")]


def _version(above: str) -> LinkedPolicy:
    rules = ["< stop", "true", "x"], [">= stop", "true", above], ["-", "-", "y"]
    made = table("D", "F", ["IF start", "IF flag", "THEN D"], [None, None, "x, y"], *rules)
    return linked(_FACTS, made)


def test_cells_that_together_leave_no_date_out_are_seen_to() -> None:
    same = compare(_version("x"), _version("x"))
    assert (same.verdict, same.reasons) == (Verdict.EQUIVALENT, ())


def test_what_hangs_on_the_order_of_two_facts_is_left_open() -> None:
    assert compare(_version("x"), _version("y")).reasons
