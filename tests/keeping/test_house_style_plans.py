"""What each sheet is to be like: a function of its cells and the dictionary's words, before any change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dmn_dli.keeping.house_style import table as style
from dmn_dli.keeping.house_style.notes import is_ours
from dmn_dli.keeping.house_style.plan import SheetPlan
from dmn_dli.ooxml.look import Dropdown
from tests.excel.build import (
    CASES,
    CRITERIA,
    DETERMINATION,
    FACTS,
    GOOD,
    SCOPE,
    WITH_CRITERIA,
    Rows,
    make_workbook,
    put,
    spoil,
)
from tests.keeping.plans import OURS, dictionary_of, our_dictionary, planned


def plan_of(name: str, data: bytes | None = None, facts: Rows = FACTS) -> SheetPlan:
    plans, _ = planned(data or make_workbook(WITH_CRITERIA), dictionary_of(facts))
    return plans[name]


def words(plan: SheetPlan) -> Mapping[str, tuple[str, ...]]:
    """The words that are offered, by the first cell of their area."""
    return {area.split(":")[0]: each.words for area, dropdowns in plan.choices for each in dropdowns}


def test_each_sheet_that_is_read_has_a_plan_and_no_other() -> None:
    sheets = {**WITH_CRITERIA, "Findings": SCOPE, "Notes 2": [["a"]], "Ward list": [["Anna", 1]]}
    plans, left = planned(make_workbook(sheets), dictionary_of())
    assert [*plans] == ["Policy", "Scope", "Determination", "Cases", "Change History", "Criteria"]
    assert [(each.sheet, "no table" in each.why) for each in left] == [("Ward list", True)]


def test_columns_without_a_word_in_row_2_are_left_and_named() -> None:
    plans, left = planned(put("Scope", D2=None), dictionary_of())
    assert 4 not in plans["Scope"].widths
    assert [each.why for each in left] == ["column D lacks a word such as IF or THEN in row 2, or a heading"]
    _, left = planned(put("Scope", B2=None, C2=None, D2=None), dictionary_of())
    assert [each.sheet for each in left] == ["Scope"]


# Row 4


@pytest.mark.parametrize(
    ("type_", "allowed", "expected"),
    [
        ("string", '"a b", "c"', "a b, c"),
        ("string", "a, c", "a, c"),
        ("string", '"a, b", "c"', '"a, b", "c"'),
        ("string", '"null", "c"', '"null", "c"'),
        ("string", "a, null", "a, null"),
        ("string", None, None),
        ("boolean", None, None),
        ("number", "[0..100]", "[0..100]"),
        ("integer", "0, 1", "0, 1"),
        ("date", "[2020-01-01..2030-01-01]", "[2020-01-01..2030-01-01]"),
    ],
)
def test_row_4_of_a_facts_clause_repeats_the_dictionary_in_bare_words(
    type_: str, allowed: str | None, expected: str | None
) -> None:
    facts = [FACTS[0], ["service", "Service", type_, allowed], FACTS[2]]
    assert plan_of("Scope", put("Scope", B4="x"), facts).values == {(4, 2): expected}


def test_row_4_that_says_so_already_is_no_change_and_that_of_others_stays() -> None:
    plan = plan_of("Scope", put("Scope", C4="yes, no, perhaps"))
    assert plan.values == {}
    assert plan_of("Determination", put("Determination", B4="addressed")).values == {(4, 3): "0, 1, 2, 3, 4"}


@pytest.mark.parametrize("narrower", ["other", "other, donor lymphocyte infusion", "=A1", 5])
def test_row_4_of_a_fact_is_the_dictionarys_whatever_stands_there(narrower: Any) -> None:
    """`check` takes anything else for an error, a narrower list too."""
    values = plan_of("Scope", put("Scope", B4=narrower)).values
    assert values == {(4, 2): "donor lymphocyte infusion, other"}


def test_without_a_dictionary_or_with_one_that_cannot_be_read_row_4_stays() -> None:
    plans, _ = planned(put("Scope", B4="x"), None)
    assert plans["Scope"].values == {}
    facts = [FACTS[0], ["service", "Service", "number", "[0..", *FACTS[1][4:]], FACTS[2]]
    assert plan_of("Scope", put("Scope", B4="x"), facts).values == {}


def test_facts_of_the_workbook_itself_go_before_the_dictionary() -> None:
    own: Rows = [FACTS[0], ["service", "Service", "string", "other, cell boost"]]
    plans, _ = planned(make_workbook({**GOOD, "Facts": own}), dictionary_of())
    assert plans["Scope"].values == {(4, 2): "other, cell boost"}


def test_a_name_that_could_be_two_things_and_a_cell_behind_a_merge_are_left() -> None:
    ambiguous = [*FACTS, ["service_2", "Scope", "boolean", None]]
    assert (4, 2) not in plan_of("Determination", None, ambiguous).values
    merged = spoil("Scope", lambda sheet: sheet.merge_cells("A4:B4"))
    assert plan_of("Scope", merged).values == {}


# Dropdowns


def test_conditions_offer_the_values_of_facts_of_decisions_and_of_criteria() -> None:
    rows: Rows = [
        ["Determination", "?"],
        ["F", "IF", "IF", "IF", "IF", "THEN", "NOTE"],
        ["Rule", "service", "Scope", "Criteria.1", "Acute GVHD grade", "Determination", "Status"],
        ["values", None, None, None, None, "medically necessary, not addressed"],
        ["M-1", "-", "-", "-", "-", "not addressed", None],
    ]
    plan = plan_of("Determination", make_workbook({**WITH_CRITERIA, "Determination": rows}))
    assert words(plan) == {
        "A2": ("U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"),
        "B5": ("donor lymphocyte infusion", "other", "-"),
        "C5": ("addressed", "not addressed", "-"),
        "D5": ("true", "false", "-"),
        "E5": ("0", "1", "2", "3", "4", "-"),
        "F5": ("medically necessary", "not addressed"),
        "G5": ("in force", "retired"),
    }


def test_groups_offer_what_they_may_need_and_claim() -> None:
    offered = words(plan_of("Criteria"))
    assert offered["C5"] == ("all", "any", "none", "at least 2")
    assert offered["D5"] == ("medically necessary", "not addressed")


def test_words_that_a_dropdown_cannot_hold_are_not_offered() -> None:
    for allowed in ('"a, b", "c"', ", ".join(f"value number {number}" for number in range(30))):
        facts = [FACTS[0], ["service", "Service", "string", allowed], FACTS[2]]
        plan = plan_of("Scope", None, facts)
        assert ("B5:B1048576", ()) in plan.choices  # what was offered before goes


def test_dropdowns_of_peoples_own_columns_stay() -> None:
    """The note Citation has no words of ours, so that an area of its own is not even named."""
    assert {area[0] for area, _ in plan_of("Scope").choices} == {"A", "B", "C"}


def test_cases_offer_values_determinations_and_statuses() -> None:
    cases: Rows = [
        [*CASES[0], "expect Scope", "expect criterion Criteria.1", "expect missing", "why"],
        *CASES[1:],
    ]
    offered = words(plan_of("Cases", make_workbook({**WITH_CRITERIA, "Cases": cases})))
    assert offered == {
        "B2": ("donor lymphocyte infusion", "other"),
        "C2": ("0", "1", "2", "3", "4"),
        "D2": ("medically necessary", "not addressed", "needs information", "no policy on file"),
        "E2": ("addressed", "not addressed", "none"),
        "F2": ("met", "not met", "unknown", "does not apply"),
    }


def test_policy_and_facts_offer_their_words() -> None:
    policy = words(plan_of("Policy", put("Policy", A9="Status")))
    assert policy == {"B8": ("Scope", "Determination"), "B9": ("in force", "draft", "withdrawn")}
    plans, _ = planned(make_workbook({"Facts": FACTS}), None)
    assert words(plans["Facts"]) == {
        "C2": ("string", "number", "integer", "boolean", "date"),
        "F2": ("Yes", "No"),
    }


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_what_excel_says_of_other_words_fits_what_it_takes(path: Any) -> None:
    plans, _ = planned(path.read_bytes(), our_dictionary())
    dropdowns: list[Dropdown] = [each for plan in plans.values() for _, some in plan.choices for each in some]
    assert dropdowns
    for each in dropdowns:
        assert len(each.error_title) <= 32
        assert len(each.error) <= 225
        assert len(",".join(each.words)) <= 255


# Looks


def test_a_format_is_left_where_it_is_part_of_what_a_cell_says() -> None:
    def change(sheet: Any) -> None:
        for reference, value, number_format in (
            ("B5", 0.05, "0%"),
            ("C5", date(2025, 1, 2), "d-mmm"),
            ("B6", True, "General"),
            ("C6", 5, "General"),
            ("D5", "text", "General"),
        ):
            sheet[reference] = value
            sheet[reference].number_format = number_format

    looks = plan_of("Determination", spoil("Determination", change)).looks
    formats = [looks[place].number_format for place in ((5, 2), (5, 3), (6, 2), (6, 3), (5, 4))]
    assert formats == [None, None, None, "@", "@"]


def test_the_date_of_a_review_keeps_its_month() -> None:
    def change(sheet: Any) -> None:
        sheet["B7"] = date(2026, 2, 1)
        sheet["B7"].number_format = "mmm-yy"
        sheet["A9"] = "Effective to"

    looks = plan_of("Policy", spoil("Policy", change)).looks
    assert (looks[7, 2].number_format, looks[9, 2].number_format) == (None, style.DATE_FORMAT)


def test_cells_of_cases_have_the_format_of_the_facts_type() -> None:
    facts = [*FACTS, ["day", "Day", "date"], ["first", "First", "boolean"]]
    cases: Rows = [["case", "Day", "First", "Acute GVHD grade", "Service"], ["a", None, None, 0, "other"]]
    looks = plan_of("Cases", make_workbook({**GOOD, "Cases": cases}), facts).looks
    assert [looks[2, column].number_format for column in range(1, 6)] == [
        "@",
        style.DATE_FORMAT,
        style.BOOLEAN_FORMAT,
        "General",
        "@",
    ]


def test_rows_of_criteria_have_the_colours_of_their_groups_and_ids_are_indented() -> None:
    rows = [
        *CRITERIA[:8],
        ["X", "DLI", "none", None, "-", "-", "None of these", None, "x"],
        ["X.1", "X", None, None, "other", "-", "Another service", None, "x"],
    ]
    looks = plan_of("Criteria", make_workbook({**WITH_CRITERIA, "Criteria": rows})).looks
    assert [looks[row, 1].fill for row in range(5, 12)] == [
        style.TOPMOST,
        "",
        "",
        "",
        style.EXCLUDING,
        style.EXCLUDED,
        "",
    ]
    assert [looks[row, 1].indent for row in (5, 6, 9, 10)] == [0, 1, 1, 2]
    assert [looks[row, 1].bold for row in (5, 6, 9, 10)] == [True, False, True, False]


def test_what_stays_in_sight_on_criteria_ends_with_the_requirement_where_it_stands_first() -> None:
    assert plan_of("Criteria").columns == 1
    moved = [[*row[:4], row[6], *row[4:6], *row[7:]] for row in map(list, CRITERIA[1:]) if len(row) > 7]
    rows: Rows = [CRITERIA[0], moved[0], moved[1], ["values"], *moved[2:]]
    assert plan_of("Criteria", make_workbook({**WITH_CRITERIA, "Criteria": rows})).columns == 5


def test_spare_rows_are_formatted_and_find_their_own_height() -> None:
    plan = plan_of("Determination")
    last = 4 + len(DETERMINATION) - 4 + style.SPARE_ROWS
    assert max(row for row, _ in plan.looks) == last
    assert plan.heights[last] is None
    assert plan.heights[5] is not None


def test_a_question_goes_across_unless_more_stands_beside_it() -> None:
    assert plan_of("Determination").title == "B1:G1"
    assert plan_of("Determination", put("Determination", D1="asked by Anna")).title == ""


def test_only_the_final_decision_has_a_tab_of_its_own_colour() -> None:
    assert (plan_of("Determination").tab, plan_of("Scope").tab) == (style.FINAL_TAB, "")


# Notes


def test_a_fact_is_told_with_its_question_values_unit_and_description() -> None:
    notes = plan_of("Determination").notes
    assert notes[3, 3].text == "Acute GVHD grade (integer)\nWhich grade?\nAllowed: 0, 1, 2, 3, 4 grade"
    assert notes[3, 2].text == "The answer of the table 'Scope'."
    assert notes[2, 1].text.startswith("Hit policy. First: the first rule that fires decides.")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_note_of_ours_is_known_as_ours(path: Any) -> None:
    plans, _ = planned(path.read_bytes(), our_dictionary())
    assert [note for plan in plans.values() for note in plan.notes.values() if not is_ours(note.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna:\nask Dr. Meyer",
        "Service (string): which one?",
        "Hit policy. We agreed on First.",
        "Allowed: whatever",
        "",
    ],
)
def test_notes_of_people_are_not(text: str) -> None:
    assert not is_ours(text)
