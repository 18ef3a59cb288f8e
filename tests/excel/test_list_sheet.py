"""Sheets that the program writes for reading look alike, and hold text as text and numbers as numbers."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel.annotate import Remark, annotated
from dmn_dli.excel.list_sheet import ListRow, write_list
from dmn_dli.ooxml.book import EditedBook
from tests.excel.build import GOOD, make_workbook
from tests.ooxml.whole import is_whole

HEADINGS = (("Who", 12.0), ("What", 20.0), ("Where", 16.0))


def listed(*rows: ListRow, title: str = "All of them") -> Worksheet:
    book = EditedBook.empty()
    write_list(book.add_sheet("List"), title, HEADINGS, rows)
    data = book.data()
    is_whole(data)
    return load_workbook(BytesIO(data))["List"]


def is_for_reading(sheet: Worksheet, titles: str) -> bool:
    page = sheet.page_setup
    fits = sheet.sheet_properties.pageSetUpPr
    return (
        sheet.sheet_view.showGridLines is False
        and (page.orientation, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 1, 0)
        and bool(fits and fits.fitToPage)
        and sheet.print_title_rows == titles
    )


def test_a_list_has_a_title_and_headings_that_stay_and_is_printed_on_wide_pages() -> None:
    sheet = listed(ListRow(("a", "b", "c")))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["All of them", None, None],
        ["Who", "What", "Where"],
        ["a", "b", "c"],
    ]
    assert sheet.freeze_panes == "A3"
    assert is_for_reading(sheet, "$2:$2")
    head, body = sheet["A2"], sheet["A3"]
    assert (head.font.b, head.font.color.rgb, head.fill.fgColor.rgb) == (True, "FFFFFFFF", "FF374151")
    assert (body.border.bottom.style, body.border.top.style, body.alignment.wrap_text) == ("hair", None, True)


def test_a_list_without_a_title_begins_with_its_headings() -> None:
    sheet = listed(ListRow(("a", "b", "c")), title="")
    assert (sheet["A1"].value, sheet["A2"].value, sheet.freeze_panes) == ("Who", "a", "A2")
    assert is_for_reading(sheet, "$1:$1")


def test_a_link_is_underlined_and_leads_to_its_cell_and_no_other_is() -> None:
    sheet = listed(ListRow(("a", "b", "c"), link=(3, "List!A1")))
    assert sheet["C3"].hyperlink.location == "List!A1"
    assert [cell.font.u for cell in sheet[3]] == [None, None, "single"]


def test_a_colour_marks_the_first_two_cells_of_its_row_alone() -> None:
    sheet = listed(ListRow(("a", "b", "c"), colour="FFF2A8"), ListRow(("d", "e", "f")))
    assert [(cell.fill.fgColor.rgb, cell.font.b) for cell in sheet[3][:2]] == [("FFFFF2A8", True)] * 2
    assert {cell.fill.fill_type for cell in (sheet["C3"], *sheet[4])} == {None}


@pytest.mark.parametrize("text", ["=1+1", "-", "+49", "@name", "'quoted"])
def test_text_that_looks_like_a_formula_stays_text_now_and_when_it_is_edited(text: str) -> None:
    cell: Any = listed(ListRow((text, "", "")))["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_can_be_summed_as_long_as_a_cell_holds_all_their_digits() -> None:
    long = Decimal("99999999999999999999.01")
    sheet = listed(ListRow((12_345, Decimal("-1234.50"), long)))
    assert [cell.value for cell in sheet[3]] == [12_345, -1234.5, "99,999,999,999,999,999,999.01"]
    assert [cell.number_format for cell in sheet[3][:2]] == ["#,##0", "#,##0.00######"]


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    sheet = listed(
        ListRow(("a", "b", "c")), ListRow(("a", "word " * 30, "c")), ListRow(("a", "x" * 9_000, ""))
    )
    heights = [sheet.row_dimensions[row].height for row in (3, 4, 5)]
    assert heights == [19, 110, 400]


def test_the_sheet_findings_of_an_annotated_copy_is_such_a_list() -> None:
    remark = Remark("error", "DT510", "No rule answers.", "Add a rule.", "Determination", "B5")
    sheet = load_workbook(BytesIO(annotated(make_workbook(GOOD), [remark], "One error.")))["Findings"]
    assert is_for_reading(sheet, "$2:$2")
    assert (sheet["C3"].font.u, sheet["C3"].hyperlink.location) == ("single", "Determination!B5")
    assert sheet["E3"].border.bottom.style == "hair"
