"""Edits in words: what came to a list and what left it, what a cell said before and says now."""

from __future__ import annotations

import pytest

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.report.edit_words import edit


def _cell(old: str, new: str, column: str = "IF") -> str:
    change = Change(ChangeKind.CELL, "Relapse-risk setting", old, new, "Criteria", "M-I3", column=column)
    subject, _, told = edit(change).partition(": ")
    assert subject == "M-I3, Relapse-risk setting"
    return told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("t-cell depleted graft", "t-cell depleted graft, other high risk", "now also other high risk"),
        ("a, b, c", "a", "no longer b and c"),
        ("a, b", "b, c", "now also c, no longer a"),
        ("a", "b", "was a, now b"),
        ('"a"', "a, b", "now also b"),
        ("not(a)", "not(a, b)", "no longer b"),
        ("not(a, b)", "not(a)", "now also b"),
        ("not(a)", "a", "was not(a), now a"),
        ("a, b", "b, a", "the same values in another order"),
        ("a,b", "a, b", "the same values, written otherwise"),
        ("-", "a, b", "was any value (-), now a, b"),
        ("a", "-", "was a, now any value (-)"),
        (">= 2", ">= 1", "was >= 2, now >= 1"),
        ("[1..3], 7", "[1..4], 7", "was [1..3], 7, now [1..4], 7"),
        ("0, 1", "0, 1, 2", "now also 2"),
        ("", "a", "was blank, now a"),
        ("a", "", "was a, now blank"),
        ('"a, b", c', 'c, "d, e"', "now also d, e, no longer a, b"),
    ],
)
def test_a_condition_is_told_by_what_came_and_what_went(old: str, new: str, told: str) -> None:
    assert _cell(old, new) == told


def test_a_text_is_told_whole_and_never_as_a_list() -> None:
    assert _cell("page 1, 2", "page 1, 2, 3", "NOTE") == 'was "page 1, 2", now "page 1, 2, 3"'
    assert _cell("", "=1+1", "THEN") == "was blank, now =1+1"


def test_row_4_and_the_dictionary_are_told_as_lists() -> None:
    row_4 = Change(ChangeKind.VALUES, "Service", "a, b", "a, b, c", "Scope")
    assert edit(row_4) == "Service, row 4: now also c"
    changed = Change(
        ChangeKind.FACT_CHANGED, "service, allowed values", '"a"', '"a", "b"', label="Service, allowed values"
    )
    assert edit(changed) == "Service, allowed values: now also b"


def test_rows_that_come_go_and_move_are_told_as_rows() -> None:
    assert edit(Change(ChangeKind.RULE_ADDED, "", None, "IF Service: a", "Scope", "S-3")) == (
        "rule added S-3: IF Service: a"
    )
    assert edit(Change(ChangeKind.RULE_MOVED, "", "row 5", "row 7", "Scope", "S-3")) == (
        "rule S-3: moved, was row 5, now row 7"
    )
    renumbered = Change(ChangeKind.CRITERION_RENUMBERED, "number", "1", "1.a", "Criteria", "1.a")
    assert edit(renumbered) == "criterion 1.a: renumbered, was 1"


def test_a_policy_field_that_is_emptied_is_named() -> None:
    gone = Change(ChangeKind.FIELD, "Next review", "February 2026", None, "", "", "Policy!B10")
    assert edit(gone) == 'Next review: was "February 2026", now blank'
    come = Change(ChangeKind.FIELD, "Status", None, "draft", "", "", "", "Policy!B6")
    assert edit(come) == "Status: was blank, now draft"
