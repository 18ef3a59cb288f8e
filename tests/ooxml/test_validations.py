"""Dropdowns: the lists within an area are the ones that are wanted, and nothing else is touched."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Dropdown
from dmn_dli.ooxml.places import area_of, written_area
from dmn_dli.ooxml.sheet import EditedSheet
from dmn_dli.store.folder import bundled_tables
from tests.excel.build import make_workbook
from tests.ooxml.read import by_openpyxl, changed_parts
from tests.ooxml.rich_books import rich_book
from tests.ooxml.zipped import parts_of
from tests.payers import WORKBOOKS

RICH = rich_book()
MAIN = "xl/worksheets/sheet3.xml"
YES = Dropdown(("B5:B7",), ("yes", "no"), "Answer", "One of these.", "stop", "Hint", "Choose.")

Cells = dict[tuple[int, int], str]


def offered(data: bytes, sheet: str) -> Cells:
    """The formula of the list of each cell."""
    found: Cells = {}
    for validation in by_openpyxl(data, sheet).data_validations.dataValidation:
        if validation.type == "list":
            for area in validation.sqref.ranges:
                for row in range(area.min_row, area.max_row + 1):
                    for column in range(area.min_col, area.max_col + 1):
                        assert (row, column) not in found
                        found[row, column] = str(validation.formula1)
    return found


def changed(area: str, dropdowns: list[Dropdown], data: bytes = RICH, sheet: str = "Determination") -> bytes:
    book = EditedBook(data)
    book.sheet(sheet).dropdowns(area, dropdowns)
    return book.data()


def test_a_list_is_read_back_with_what_it_says() -> None:
    after = changed("A5:Z99", [YES])
    lists: list[Any] = by_openpyxl(after, "Determination").data_validations.dataValidation
    found = next(each for each in lists if each.type == "list")
    assert (found.formula1, str(found.sqref), found.errorStyle) == ('"yes,no"', "B5:B7", None)
    assert (found.errorTitle, found.error, found.promptTitle, found.prompt) == (
        "Answer",
        "One of these.",
        "Hint",
        "Choose.",
    )
    assert (found.allowBlank, found.showErrorMessage, found.showInputMessage) == (True, True, True)
    assert changed_parts(RICH, after) == [MAIN]
    assert changed("A5:Z99", [YES], after) is after


def test_other_validations_stay_and_their_cells_are_left_out() -> None:
    after = changed("A5:Z99", [Dropdown(("D5:F7",), ("a",))])
    assert set(offered(after, "Determination")) == {(r, c) for r in (5, 6, 7) for c in (4, 6)}
    kinds = [each.type for each in by_openpyxl(after, "Determination").data_validations.dataValidation]
    assert kinds == ["textLength", "list"]


def test_lists_outside_the_area_stay_and_those_across_its_edge_are_cut() -> None:
    after = changed("B6:C6", [])
    assert set(offered(after, "Determination")) == {(5, 2), (7, 2)}
    assert changed("D5:Z99", []) is RICH


def test_a_list_from_another_sheet_gives_way_too() -> None:
    def x14(data: bytes) -> list[str]:
        return re.findall(r"<xm:sqref>(.*?)</xm:sqref>", parts_of(data)["xl/worksheets/sheet4.xml"].decode())

    cut = changed("A1:Z10", [], sheet="Cases")
    assert x14(cut) == ["B11:B20"]
    gone = changed("A1:Z99", [], sheet="Cases")
    assert x14(gone) == []
    assert "extLst" not in parts_of(gone)["xl/worksheets/sheet4.xml"].decode()


def test_quotes_and_signs_in_words_are_kept() -> None:
    words = ('say "yes"', "<&>", "a b")
    after = changed("A5:Z99", [Dropdown(("B5",), words)])
    assert offered(after, "Determination") == {(5, 2): '"say ""yes"",<&>,a b"'}


def test_texts_that_are_too_long_for_excel_are_cut() -> None:
    after = changed("A5:Z99", [Dropdown(("B5",), ("a",), "T" * 40, "e" * 300)])
    found = by_openpyxl(after, "Determination").data_validations.dataValidation[-1]
    assert (len(found.errorTitle or ""), len(found.error or "")) == (32, 255)


@pytest.mark.parametrize("words", [(), ("a,b",), ("x" * 200, "y" * 100)])
def test_words_that_a_list_cannot_hold_are_refused(words: tuple[str, ...]) -> None:
    book = EditedBook(RICH)
    with pytest.raises(ValueError, match="cannot offer"):
        book.sheet("Determination").dropdowns("A5:B6", [Dropdown(("B5",), words)])
    assert book.data() is RICH


def test_the_dropdowns_of_our_own_workbooks_given_again_change_no_byte() -> None:
    data = (bundled_tables() / WORKBOOKS[0]).read_bytes()
    book = EditedBook(data)
    lists: list[Any] = by_openpyxl(data, "Scope").data_validations.dataValidation
    again = [
        Dropdown(
            tuple(str(each.sqref).split()),
            tuple(each.formula1.strip('"').split(",")),
            each.errorTitle or "",
            each.error or "",
            each.errorStyle or "stop",
        )
        for each in lists
    ]
    assert again
    book.sheet("Scope").dropdowns("A1:Z99", again[::-1])
    assert book.data() is data


AREAS = st.builds(
    lambda top, left, height, width: f"{'ABCDEFGHIJ'[left]}{top}:{'ABCDEFGHIJ'[left + width]}{top + height}",
    st.integers(1, 8),
    st.integers(0, 5),
    st.integers(0, 4),
    st.integers(0, 4),
)


def cells_in(area: str) -> set[tuple[int, int]]:
    found = area_of(area)
    assert found is not None
    return {(r, c) for r in range(found.top, found.bottom + 1) for c in range(found.left, found.right + 1)}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(AREAS, st.lists(st.tuples(AREAS, st.sampled_from("abc")), max_size=2)), max_size=5))
def test_any_sequence_of_lists_offers_what_a_plain_record_says(
    steps: list[tuple[str, list[tuple[str, str]]]],
) -> None:
    book = EditedBook(make_workbook({"Scope": [["x"]]}))
    sheet: EditedSheet = book.sheet("Scope")
    expected: Cells = {}
    for area, wanted in steps:
        within = cells_in(area)
        expected = {place: word for place, word in expected.items() if place not in within}
        dropdowns = []
        free = set(within)
        for other, word in wanted:
            mine = free & cells_in(other)
            free -= mine
            expected |= dict.fromkeys(mine, f'"{word}"')
            if mine:
                dropdowns.append(Dropdown(tuple(f"{'_ABCDEFGHIJ'[c]}{r}" for r, c in sorted(mine)), (word,)))
        sheet.dropdowns(area, dropdowns)
    assert offered(book.data(), "Scope") == expected


@given(AREAS)
def test_an_area_is_written_as_it_is_read(area: str) -> None:
    found = area_of(area)
    assert found is not None
    assert area_of(written_area(found)) == found
