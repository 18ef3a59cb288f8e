"""Cells that are written are read back by openpyxl and by our reader, and nothing else changes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dmn_dli.model.cell import CellKind
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.sheet import Place, Value
from dmn_dli.store.folder import bundled_tables
from tests.excel.build import make_workbook, rewrite
from tests.ooxml.read import by_openpyxl, by_our_reader, changed_parts, parts_of
from tests.payers import WORKBOOKS

SHEET = "xl/worksheets/sheet2.xml"
DATA = make_workbook()


def put(place: Place, value: Value, data: bytes = DATA) -> bytes:
    book = EditedBook(data)
    book.sheet("Scope").put(place, value)
    return book.data()


def cell_of(xml: str, data: bytes = DATA) -> bytes:
    """The workbook, with cell B5 of Scope written in this XML."""
    return rewrite(data, sheet2_xml=lambda text: re.sub(r'<c r="B5".*?(</c>|/>)', xml, text, count=1))


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("relapsed", CellKind.TEXT, "relapsed"),
        ("=1+1", CellKind.TEXT, "=1+1"),
        (" a  b\nc ", CellKind.TEXT, " a  b\nc "),
        ("<&>\"'", CellKind.TEXT, "<&>\"'"),
        ("\x01\x0b\r", CellKind.TEXT, "\x01\x0b\r"),
        ("_x0041_ _x005F_ _x_", CellKind.TEXT, "_x0041_ _x005F_ _x_"),
        ("\U0001f600 é", CellKind.TEXT, "\U0001f600 é"),
        (12, CellKind.NUMBER, "12"),
        (Decimal("0.10"), CellKind.NUMBER, "0.1"),
        (Decimal("1E+2"), CellKind.NUMBER, "100"),
        (Decimal("1E-30"), CellKind.NUMBER, "0." + 29 * "0" + "1"),
        (True, CellKind.BOOLEAN, "true"),
        (False, CellKind.BOOLEAN, "false"),
        (None, CellKind.BLANK, ""),
        ("", CellKind.BLANK, ""),
    ],
)
def test_a_value_is_read_back_and_no_other_part_changes(value: Value, kind: CellKind, text: str) -> None:
    after = put((5, 2), value)
    cell = by_our_reader(after, "Scope").at(5, 2)
    assert (cell.kind, cell.text) == (kind, text)
    assert changed_parts(DATA, after) == [SHEET]
    assert put((5, 2), value, after) is after


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=10, max_size=40))
def test_any_text_is_read_back_and_writing_it_again_changes_nothing(texts: list[str]) -> None:
    book = EditedBook(DATA)
    for row, text in enumerate(texts, 9):
        book.sheet("Scope").put((row, 3), text)
    after = book.data()
    sheet = by_our_reader(after, "Scope")
    again = EditedBook(after)
    for row, text in enumerate(texts, 9):
        cell = sheet.at(row, 3)
        assert cell.text == (normalize("NFC", text) if cell.kind is CellKind.TEXT else "")
        again.sheet("Scope").put((row, 3), text)
    assert again.data() is after


@pytest.mark.parametrize("start", ["", '<workbookPr date1904="1"/>'])
def test_a_date_is_the_day_in_the_files_own_calendar(start: str) -> None:
    data = rewrite(DATA, xl_workbook_xml=lambda xml: re.sub("<workbookPr */>", start, xml) if start else xml)
    book = EditedBook(data)
    book.sheet("Scope").put((5, 2), date(2025, 2, 12))
    book.sheet("Scope").look((5, 2), Look(number_format="yyyy-mm-dd"))
    cell = by_our_reader(book.data(), "Scope").at(5, 2)
    assert (cell.kind, cell.text) == (CellKind.DATE, "2025-02-12")


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="B5" t="str"><v>a_x0041_</v></c>', "aA"),
        ('<c r="B5" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>', "ab"),
        ('<c r="B5" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>no</t></rPh></is></c>', "a"),
        ('<c r="B5"><v>7.0000000000000007E-2</v></c>', Decimal("0.07")),
        ('<c r="B5" t="b"><v>1</v></c>', True),
        ('<c r="B5" t="d"><v>2025-02-12</v></c>', date(2025, 2, 12)),
        ('<c r="B5"><v>45700</v></c>', date(2025, 2, 12)),
        ('<c r="B5" t="n"/>', None),
        ('<c r="B5" t="inlineStr"><is><t></t></is></c>', None),
    ],
)
def test_the_value_that_a_cell_holds_already_changes_no_byte(xml: str, value: Value) -> None:
    data = cell_of(xml)
    assert put((5, 2), value, data) is data


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="B5"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="B5"><v>1</v></c>', True),
        ('<c r="B5"><v>1</v></c>', "1"),
        ('<c r="B5" t="b"><v>1</v></c>', 1),
        ('<c r="B5" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="B5" t="e" vm="1"><v>#VALUE!</v></c>', "x"),
    ],
)
def test_what_only_looks_like_the_value_is_written_anew(xml: str, value: Value) -> None:
    after = put((5, 2), value, cell_of(xml))
    written = by_openpyxl(after, "Scope")["B5"]
    assert (written.value, type(written.value)) == (value, type(value))
    assert b"vm=" not in parts_of(after)[SHEET]


_SOME = [*WORKBOOKS[:1], *(pytest.param(each, marks=pytest.mark.slow) for each in WORKBOOKS[1:])]


@pytest.mark.parametrize("name", _SOME)
def test_every_cell_of_a_payers_workbook_given_its_own_value_changes_no_byte(name: str) -> None:
    data = (bundled_tables() / name).read_bytes()
    book = EditedBook(data)
    for sheet in load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                value: Any = cell.value
                assert cell.row is not None
                assert cell.column is not None
                book.sheet(sheet.title).put((cell.row, cell.column), value)
    assert book.data() is data


def test_a_cell_keeps_its_style_or_takes_that_of_another() -> None:
    data = EditedBook(DATA)
    data.sheet("Scope").look((5, 2), Look(bold=True))
    book = EditedBook(data.data())
    book.sheet("Scope").put((5, 2), "other")
    book.sheet("Scope").put((6, 2), "other", like=(5, 2))
    book.sheet("Scope").put((9, 9), None, like=(5, 2))
    sheet = by_openpyxl(book.data(), "Scope")
    assert [sheet[place].font.b for place in ("B5", "B6", "I9", "C5")] == [True, True, True, False]


def test_a_new_cell_has_the_style_of_its_row_else_of_its_column() -> None:
    styled = EditedBook(DATA)
    styled.sheet("Scope").look((5, 2), Look(italic=True))
    italic = re.search(rb'r="B5" (?:t="\w+" )?s="(\d+)"', parts_of(styled.data())[SHEET])
    assert italic is not None
    columns = f'<cols><col min="7" max="9" width="9" style="{int(italic[1])}"/></cols><sheetData>'
    row = f'<row r="20" s="{int(italic[1])}" customFormat="1"/></sheetData>'
    data = rewrite(
        styled.data(),
        sheet2_xml=lambda xml: xml.replace("<sheetData>", columns).replace("</sheetData>", row),
    )
    book = EditedBook(data)
    for place in ((6, 8), (20, 1), (6, 10)):
        book.sheet("Scope").put(place, "x")
    sheet = by_openpyxl(book.data(), "Scope")
    assert [sheet[place].font.i for place in ("H6", "A20", "J6")] == [True, True, False]


def bare_references(xml: str) -> str:
    return re.sub(r'<(c|row) r="\w+"', r"<\1", xml)


@pytest.mark.parametrize("place", [(5, 2), (5, 4), (5, 9), (7, 1), (9, 2)])
def test_rows_and_cells_that_do_not_say_where_they_stand_are_counted(place: Place) -> None:
    data = rewrite(make_workbook(), sheet2_xml=bare_references)
    after = put(place, "here", data)
    before = dict(by_our_reader(data, "Scope").cells)
    found = dict(by_our_reader(after, "Scope").cells)
    assert found.pop(place).text == "here"
    before.pop(place, None)
    assert found == before


def test_prefixes_of_the_part_are_used() -> None:
    def prefixed(xml: str) -> str:
        return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")

    data = rewrite(make_workbook(), sheet2_xml=prefixed)
    after = put((9, 3), "here", data)
    assert by_our_reader(after, "Scope").at(9, 3).text == "here"
    assert b'<x:c r="C9" t="inlineStr"><x:is><x:t>here</x:t></x:is></x:c>' in parts_of(after)[SHEET]


def test_what_the_part_says_of_its_extent_follows() -> None:
    assert by_openpyxl(put((20, 9), 1), "Scope").dimensions == "A1:I20"


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (1_048_577, 1), (1, 16_385)])
def test_a_place_that_no_sheet_has_is_refused(place: Place) -> None:
    with pytest.raises(ValueError, match="There is no"):
        put(place, "x")


def test_a_number_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        put((5, 2), Decimal("NaN"))


def test_no_sheet_of_that_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        EditedBook(DATA).sheet("scope")
