"""The sheets Assumptions and Accepted."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_dictionary_bytes, read_workbook_bytes
from dmn_dli.model.facts import Assumption
from dmn_dli.model.finding import Severity
from dmn_dli.model.waiver import Waiver
from tests.excel.broken import Broken
from tests.excel.broken_lists import ASSUMPTIONS, LISTS, WITH_LISTS
from tests.excel.build import FACTS, GOOD, GOOD_NAME, Rows, codes, make_workbook, put, spoil


def assumptions(rows: Rows) -> tuple[Assumption, ...]:
    return read_workbook_bytes(make_workbook(Assumptions=rows), GOOD_NAME, GOOD_NAME).assumptions


def accepted(**cells: object) -> Waiver:
    (waiver,) = read_workbook_bytes(put("Accepted", WITH_LISTS, **cells), GOOD_NAME, GOOD_NAME).accepted
    return waiver


def test_an_assumption_is_its_condition_in_plain_characters_and_its_reason() -> None:
    (read,) = assumptions([["Reason", "Condition"], [" All are adults. ", "Age \u2265  18"]])
    assert (read.condition.text, read.condition.reference, read.reason) == (
        "Age >= 18",
        "B2",
        "All are adults.",
    )


def test_assumptions_stand_beside_the_facts_they_are_about() -> None:
    data = make_workbook({"Facts": FACTS, "Assumptions": ASSUMPTIONS})
    dictionary, findings = read_dictionary_bytes(data, "facts.xlsx", "facts.xlsx")
    assert dictionary is not None
    assert [each.condition.text for each in dictionary.assumptions] == ["Acute GVHD grade < 5"]
    assert findings == ()


def test_a_workbook_with_its_own_facts_has_its_assumptions_once() -> None:
    book = read_workbook_bytes(
        make_workbook({**GOOD, "Facts": FACTS, "Assumptions": ASSUMPTIONS}), GOOD_NAME, GOOD_NAME
    )
    assert book.dictionary is not None
    assert (len(book.assumptions), book.dictionary.assumptions) == (1, ())


def test_what_is_wrong_with_a_dictionarys_assumptions_is_said_with_its_sheet() -> None:
    data = make_workbook({"Facts": FACTS, "Assumptions": [*ASSUMPTIONS, [None, "a reason alone"]]})
    _, findings = read_dictionary_bytes(data, "facts.xlsx", "facts.xlsx")
    assert [(each.code.code, each.place) for each in findings] == [("DT181", "Assumptions!A3")]


@pytest.mark.parametrize(
    "rows", [[], [["condition", "reason"]], [["condition", "reason"], [], [None, None, None]]]
)
def test_a_list_without_entries_is_no_problem(rows: Rows) -> None:
    assert assumptions(rows) == ()
    assert codes(make_workbook(Assumptions=rows, Accepted=[])) == []


def _hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def test_excels_ways_are_errors_where_something_is_assumed() -> None:
    assert codes(make_workbook(WITH_LISTS)) == []
    assert codes(spoil("Assumptions", _hide, WITH_LISTS)) == ["DT115 Assumptions!A2"]
    assert codes(put("Assumptions", WITH_LISTS, A2="=1=1")) == ["DT112 Assumptions!A2"]


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("Scope!B5", ("Scope", "B5", "")),
        ("scope!$b$5", ("Scope", "B5", "")),
        ("'Scope'!B5", ("Scope", "B5", "")),
        ("Scope", ("Scope", "", "")),
        ("Scope rule s-1", ("Scope", "", "S-1")),
        ("Determination, rule M-3", ("Determination", "", "M-3")),
        ("workbook", ("", "", "")),
    ],
)
def test_a_place_is_a_cell_a_rule_a_sheet_or_the_workbook(where: str, place: tuple[str, str, str]) -> None:
    read = accepted(B2=where)
    assert (read.sheet, read.target, read.rule) == place


def test_a_sheet_may_bear_any_name() -> None:
    sheets = {**WITH_LISTS, "It's a rule of 3!": WITH_LISTS["Scope"]}
    data = put(
        "Accepted", sheets, B2="'It''s a rule of 3!'!A5", A3="DT126", B3="It's a rule of 3!", C3="x", D3="y"
    )
    first, second = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).accepted
    assert (first.sheet, first.target) == ("It's a rule of 3!", "A5")
    assert (second.sheet, second.target) == ("It's a rule of 3!", "")


def test_a_last_day_may_be_a_date_or_its_text() -> None:
    assert accepted(E2=date(2026, 6, 30)).until == date(2026, 6, 30)
    assert accepted(E2="2026-06-30").until == date(2026, 6, 30)
    assert accepted(E2=None).until is None


def test_what_was_accepted_is_kept_as_it_was_pasted() -> None:
    assert (
        accepted(F1="as it stood", F2="M-2 | IF \u2026\nM-3 | THEN x").as_it_stood
        == "M-2 | IF \u2026\nM-3 | THEN x"
    )


@pytest.mark.parametrize(
    "broken", [each for each in LISTS if each.code.code == "DT186"], ids=lambda each: each.what
)
def test_a_row_that_is_wrong_accepts_nothing_and_stops_no_evaluation(broken: Broken) -> None:
    book = read_workbook_bytes(broken.make(), GOOD_NAME, GOOD_NAME)
    assert book.accepted == ()
    assert all(finding.code.severity is not Severity.ERROR for finding in book.findings)
