"""Edits that are alike are told once, with all their cells; all others are told one by one."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.report.alike_edits import edits
from dmn_dli.report.cell_ranges import ranges


def _case(number: int, old: str, new: str) -> Change:
    return Change(ChangeKind.CASE_CHANGED, f"case {number}", old, new, "", "", "", f"Cases!A{number}")


def _cell(number: int, old: str, new: str, decision: str = "Scope") -> Change:
    place = f"{decision}!D{number}"
    return Change(ChangeKind.CELL, "Citation", old, new, decision, f"S-{number}", "", place, "NOTE")


def _words(changes: Sequence[Change]) -> list[str]:
    return [f"{each.words} ({each.places})" for each in edits(changes)]


def test_cases_whose_days_move_alike_are_told_once_with_their_cells() -> None:
    rows = [2, 3, 4, 7, 9, 10]
    moved = [_case(row, f"Day: 2025-01-0{row % 9 + 1}", f"Day: 2026-01-0{row % 9 + 1}") for row in rows]
    assert _words(moved) == ["6 cases: Day moved by 365 days (Cases!A2:A4, A7, A9:A10)"]


def test_several_days_of_a_case_that_move_alike_are_told_together() -> None:
    moved = [_case(row, "A: 2025-01-01; B: 2025-01-03", "A: 2025-01-02; B: 2025-01-04") for row in (2, 3, 4)]
    assert _words(moved) == ["3 cases: A and B moved by 1 day (Cases!A2:A4)"]


def test_a_day_that_moves_otherwise_is_told_by_itself() -> None:
    moved = [_case(row, "Date of service: 2025-01-01", "Date of service: 2026-01-01") for row in (2, 3, 4)]
    told = _words([*moved, _case(5, "Date of service: 2025-01-01", "Date of service: 2026-01-02")])
    assert told == [
        "3 cases: Date of service moved by 365 days (Cases!A2:A4)",
        'case 5: was "Date of service: 2025-01-01", now "Date of service: 2026-01-02" (Cases!A5)',
    ]


def test_a_case_in_which_more_than_days_changes_is_told_with_what_changes() -> None:
    old, new = "Date of service: 2025-01-01; Grade: 1", "Date of service: 2026-01-01; Grade: 2"
    told = _words([_case(row, old, new) for row in (2, 3, 4)])
    assert told == [f'3 cases: was "{old}", now "{new}" (Cases!A2:A4)']


def test_two_that_are_alike_are_told_one_by_one() -> None:
    assert len(edits([_case(row, "Day: 2025-01-01", "Day: 2026-01-01") for row in (2, 3)])) == 2


def test_rules_with_the_same_edit_are_named_and_counted() -> None:
    changes = [_cell(row, "page 1", "page 2") for row in range(5, 10)]
    assert _words(changes) == ['S-5, S-6, S-7 and 2 more, Citation: was "page 1", now "page 2" (Scope!D5:D9)']


def test_the_same_edit_in_two_decisions_is_told_of_each() -> None:
    changes = [_cell(row, "a", "b", decision) for decision in ("Scope", "Reach") for row in (5, 6, 7)]
    assert [(each.decision, each.places) for each in edits(changes)] == [
        ("Scope", "Scope!D5:D7"),
        ("Reach", "Reach!D5:D7"),
    ]


def test_rules_that_come_are_told_one_by_one() -> None:
    rules = [
        Change(ChangeKind.RULE_ADDED, "", None, "IF x: a", "Scope", f"S-{row}", "", f"Scope!A{row}")
        for row in (5, 6, 7)
    ]
    assert len(edits(rules)) == 3


def test_cells_one_below_the_other_are_a_range_and_each_sheet_is_named_once() -> None:
    places = ["'Plan notes'!B5", "'Plan notes'!B6", "'Plan notes'!C6", "'Plan notes'!C8", "Cases!A9"]
    assert ranges(places) == "'Plan notes'!B5:B6, C6, C8, Cases!A9"
    assert ranges(["Policy"]) == "Policy"
