"""What Excel itself marks in a table: the truth of conditional formats, by a small reading of formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from dmn_dli.excel.sheet import Sheet
from dmn_dli.keeping.house_style.plan import SheetPlan
from dmn_dli.keeping.house_style.table import BLANK_FILL
from dmn_dli.model.cell import Cell
from dmn_dli.ooxml.look import Highlight
from tests.excel.build import CRITERIA, FACTS, GOOD, WITH_CRITERIA, make_workbook, put
from tests.keeping.formulas import At, holds
from tests.keeping.plans import OURS, dictionary_of, our_dictionary, package_of, planned

SOUND_FUNCTIONS = {
    "AND",
    "OR",
    "NOT",
    "LEN",
    "TRIM",
    "LOWER",
    "SUBSTITUTE",
    "CHAR",
    "FIND",
    "VALUE",
    "ISTEXT",
    "ISNUMBER",
    "ISERROR",
    "COUNTA",
    "SUMPRODUCT",
}
"""In Excel since 97, and in every LibreOffice."""


def marked(sheet: Sheet, plan: SheetPlan) -> Iterator[tuple[str, str]]:
    """The cells that a format marks, each with its colour."""
    for highlight in plan.highlights:
        for cell in _where(sheet, highlight):
            yield cell, highlight.fill


def _where(sheet: Sheet, highlight: Highlight) -> Iterator[str]:
    top, left = coordinate_to_tuple(highlight.areas[0].split(":")[0])
    for area in highlight.areas:
        first_column, first_row, last_column, last_row = range_boundaries(area)
        for row in range(int(first_row or 1), int(last_row or 1) + 1):
            for column in range(int(first_column or 1), int(last_column or 1) + 1):
                if holds(highlight.formula, At(sheet, row - top, column - left)):
                    yield Cell(row, column).reference


def marks(data: bytes, name: str, rows: Any = FACTS) -> list[str]:
    """The cells that are marked on a sheet."""
    plans, _ = planned(data, dictionary_of(rows))
    sheet = next(each for each in package_of(data).sheets if each.name == name)
    return sorted(cell for cell, _ in marked(sheet, plans[name]))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_nothing_is_marked_in_our_own_workbooks(path: Path) -> None:
    data = path.read_bytes()
    plans, _ = planned(data, our_dictionary())
    highlights = [(sheet, plans[sheet.name]) for sheet in package_of(data).sheets if sheet.name in plans]
    assert any(plan.highlights for _, plan in highlights)
    assert [list(marked(sheet, plan)) for sheet, plan in highlights if [*marked(sheet, plan)]] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_formulas_use_functions_that_every_program_knows_and_no_lists_of_constants(path: Path) -> None:
    plans, _ = planned(path.read_bytes(), our_dictionary())
    for plan in plans.values():
        for highlight in plan.highlights:
            bare = re.sub(r'"(?:[^"]|"")*"', "", highlight.formula)
            assert set(re.findall(r"[A-Z.]+(?=\()", bare)) <= SOUND_FUNCTIONS
            assert "{" not in bare
            assert len(highlight.formula) < 8192


def test_a_blank_condition_result_and_id_are_marked_and_a_blank_remark_is_not() -> None:
    data = put("Determination", B5=None, D6=None, A7=None, F5=None)
    assert marks(data, "Determination") == ["A7", "B5", "D6"]
    plans, _ = planned(data, dictionary_of())
    sheet = next(each for each in package_of(data).sheets if each.name == "Determination")
    assert {fill for _, fill in marked(sheet, plans["Determination"])} == {BLANK_FILL}


def test_blanks_alone_are_blank_and_spare_rows_are_not_marked() -> None:
    assert marks(put("Determination", C5="  "), "Determination") == ["C5"]
    assert marks(make_workbook(), "Determination") == []


def test_on_a_sheet_of_criteria_groups_and_evidence_may_be_blank() -> None:
    assert marks(make_workbook(WITH_CRITERIA), "Criteria") == []
    assert marks(put("Criteria", WITH_CRITERIA, G6=None, E7=None), "Criteria") == ["E7", "G6"]


def test_an_id_that_stands_twice_is_marked_in_any_letter_case() -> None:
    assert marks(put("Determination", A7="m-1 "), "Determination") == ["A5", "A7"]


def test_numbers_as_printed_are_no_repetition() -> None:
    """COUNTIF would take 2.1 and 2.10 for one number, and a star for any text."""
    rows = [
        *CRITERIA[:4],
        *(["*" if number == "3" else number, *CRITERIA[5][1:]] for number in ("2.1", "2.10", "3")),
    ]
    assert marks(make_workbook({**GOOD, "Criteria": rows}), "Criteria") == []


@pytest.mark.parametrize(
    "cell",
    [
        "-",
        "–",
        "other",
        "Other",
        '"other"',
        "“other”",
        "other, donor lymphocyte infusion",
        "not(other)",
        "donor lymphocyte infusion",
        "donor\u00a0lymphocyte\u00a0infusion",
        "donor  lymphocyte\ninfusion",
        "null",
        'contains(?, "graft")',
        "= other",
        '!= "other"',
        "if true then null else null",
        5,
        True,
    ],
)
def test_what_may_be_proper_in_a_column_of_words_is_never_marked(cell: object) -> None:
    assert marks(put("Scope", B5=cell), "Scope") == []


@pytest.mark.parametrize("cell", ["othr", "car-t", "donor lymphocytes", "none", "1-2"])
def test_a_single_word_that_row_4_does_not_list_is_marked(cell: str) -> None:
    assert marks(put("Scope", B5=cell), "Scope") == ["B5"]


def test_a_name_in_a_column_of_words_is_what_it_is_compared_with() -> None:
    assert marks(put("Scope", B5="Acute GVHD grade"), "Scope") == []


def test_words_that_are_added_to_row_4_are_right_at_once() -> None:
    """The formula reads row 4, so that a value may be used before the file is formatted again."""
    data = put("Determination", D5="investigational")
    assert marks(data, "Determination") == ["D5"]
    plans, _ = planned(data, dictionary_of())
    later = put("Determination", D5="investigational", D4="not addressed ,\n investigational\ndefault: x")
    sheet = next(each for each in package_of(later).sheets if each.name == "Determination")
    assert [*marked(sheet, plans["Determination"])] == []


@pytest.mark.parametrize("cell", ["7", 7, "007", "2-4"])
def test_a_whole_number_outside_the_allowed_ones_is_marked(cell: object) -> None:
    expected = [] if cell == "2-4" else ["C5"]
    assert marks(put("Determination", C5=cell), "Determination") == expected


@pytest.mark.parametrize("cell", ["3", 3, ">= 2", "[1..9]", "0, 7", "-", "null", "7.5", "not(7)", "a"])
def test_numbers_that_are_allowed_or_may_be_more_than_a_number_are_not_marked(cell: object) -> None:
    assert marks(put("Determination", C5=cell), "Determination") == []


def test_numbers_outside_a_range_are_marked() -> None:
    rows = [*FACTS[:2], [*FACTS[2][:3], "(0..4]", *FACTS[2][4:]]]
    assert marks(put("Determination", C5="0", C6="4", C7=5), "Determination", rows) == ["C5", "C7"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("maybe", ["C5"]), ("ja", ["C5"]), ("Yes", []), ("FALSE", []), (True, []), ("not(true)", []), ("-", [])],
)
def test_a_word_that_is_neither_true_nor_false_is_marked(cell: object, expected: list[str]) -> None:
    rows = [*FACTS[:2], [*FACTS[2][:2], "boolean", None, *FACTS[2][4:]]]
    assert marks(put("Determination", C5=cell, C6="-"), "Determination", rows) == expected
