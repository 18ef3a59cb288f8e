"""What is wrong with a workbook is known again in another version of it, and what is new is told."""

from __future__ import annotations

from datetime import date

from dmn_dli.diff.edition import Edition
from dmn_dli.merge.whole import brought_about, problems_of, problems_of_dictionary
from tests.excel.build import FACTS, GOOD, GOOD_NAME, Rows, make_workbook, put

SOUND = {**GOOD, "Facts": FACTS}
GAP = {"B6": "donor lymphocyte infusion"}
"""Two rules for one service and none for the other: an overlap, and a gap."""


def _edition(data: bytes) -> Edition:
    return Edition(GOOD_NAME, GOOD_NAME, data, b"")


def _codes(data: bytes) -> list[str]:
    return [each.code for each in problems_of(_edition(data))]


def test_a_sound_workbook_has_no_problem() -> None:
    assert problems_of(_edition(make_workbook(SOUND))) == ()


def test_gaps_and_overlaps_are_problems_and_so_are_cases_that_fail() -> None:
    found = problems_of(_edition(put("Scope", SOUND, **GAP)))
    assert {each.code for each in found} >= {"DT510"}
    failing = problems_of(_edition(put("Cases", SOUND, D2="not addressed")))
    assert [(each.code, each.place) for each in failing] == [("", "Cases!D2")]
    assert '"all known" fails' in failing[0].said


def test_of_a_workbook_that_cannot_be_evaluated_its_errors_are_told_alone() -> None:
    assert _codes(put("Scope", SOUND, C5="adressed")) == _codes(put("Scope", SOUND, C5="adressed", **GAP))


def test_what_moved_to_another_cell_is_no_new_problem() -> None:
    before = problems_of(_edition(put("Scope", SOUND, **GAP)))
    rows: Rows = [*SOUND["Scope"][:4], [None] * 4, *SOUND["Scope"][4:]]
    lines = [list(row) for row in [*rows[:4], *rows[5:]]]
    lines[5][1] = GAP["B6"]
    lines.insert(4, ["S-0", "not(donor lymphocyte infusion, other)", "addressed", "Title"])
    after = problems_of(_edition(make_workbook({**SOUND, "Scope": lines})))
    assert "DT510" not in [each.code for each in brought_about(after, before, ())]
    assert brought_about(before, (), ()) == before


def test_the_same_problem_twice_is_new_where_the_sides_have_it_once() -> None:
    once = problems_of(_edition(put("Cases", SOUND, D2="not addressed")))
    assert brought_about([*once, *once], once, ()) == once
    assert brought_about([*once, *once], once, once) == ()
    assert brought_about([*once, *once], once, once, once) == once


def test_what_is_accepted_is_no_problem_until_it_changes() -> None:
    accepted: Rows = [
        ["code", "where", "until", "who", "why", "as it stood"],
        ["DT510", "Scope!A7", date(2025, 1, 1), "A. Nurse", "Asked the payer.", None],
    ]
    gap = put("Scope", {**SOUND, "Accepted": accepted}, **GAP)
    assert "DT510" not in _codes(gap)
    assert "DT510" in _codes(put("Scope", SOUND, **GAP))


def test_a_heading_of_cases_that_a_merge_makes_unknown_is_a_problem() -> None:
    unknown = problems_of(_edition(put("Cases", SOUND, B1="nothing known")))
    assert (unknown[0].code, unknown[0].place) == ("DT305", "Cases!B1")


def test_a_case_that_is_not_answered_fails_with_the_reason_alone() -> None:
    found = problems_of(_edition(put("Scope", SOUND, **GAP)))
    (said,) = {each.said for each in found if each.place == "Cases!A3"}
    assert said.startswith('The case "another service" fails: No rule of "Scope" answers this case')


def test_a_dictionary_has_problems_of_its_own() -> None:
    facts = [list(row) for row in FACTS]
    assert problems_of_dictionary(make_workbook({"Facts": facts}), "facts.xlsx") == ()
    facts[1][2] = "strng"
    assert problems_of_dictionary(make_workbook({"Facts": facts}), "facts.xlsx") != ()
