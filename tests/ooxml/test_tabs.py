"""Sheets as wholes: put in, taken out, renamed, reordered, and all that speaks of them follows."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.ooxml.book import EditedBook
from tests.excel.build import codes
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.rich_books import FIGURES, NAMES, rich_book
from tests.ooxml.zipped import other_parts_are_same, parts_of

EACH = pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

BOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "docProps/app.xml")
"""The parts that say which sheets there are."""


def local_names(data: bytes) -> dict[str, list[str]]:
    """The names that each sheet defines for itself, as openpyxl reads them."""
    book: Any = load_workbook(BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        own = [sheet.print_title_rows, sheet.print_title_cols, sheet.print_area, *sheet.defined_names]
        if any(own):
            found[sheet.title] = [str(each) for each in own if each]
    return found


def formulas(data: bytes) -> list[str]:
    """What the sheet of figures computes."""
    book = EditedBook(data)
    name = next(each for each in book.sheet_names if each.startswith("Notes & "))
    cells: Any = by_openpyxl(data, name)["B"]
    return [cell.value for cell in cells if cell.value is not None]


def opened(data: bytes) -> tuple[str, str]:
    """The sheet that is in front, and the sheet whose tab is the first in sight."""
    text = parts_of(data)["xl/workbook.xml"].decode()
    names = EditedBook(data).sheet_names
    at = [re.findall(f'{word}="(\\d+)"', text) for word in ("activeTab", "firstSheet")]
    active, first = (names[int(found[0]) if found else 0] for found in at)
    return active, first


@EACH
def test_a_sheet_is_added_where_it_is_wanted(data: bytes) -> None:
    book = EditedBook(data)
    sheet = book.add_sheet("Plan notes", 1)
    sheet.put((1, 1), "Plan notes")
    after = book.data()
    assert book.sheet_names == (NAMES[0], "Plan notes", *NAMES[1:])
    other_parts_are_same(data, after, (*BOOK, "xl/worksheets/sheet8.xml"))
    assert by_openpyxl(after, "Plan notes")["A1"].value == "Plan notes"
    assert by_our_reader(after, "Plan notes").cells[1, 1].text == "Plan notes"
    assert local_names(after) == local_names(data)
    assert opened(after) == (opened(data) if "bookViews" in str(parts_of(data)) else ("Policy", "Policy"))


@pytest.mark.parametrize(
    "name",
    ["", " ", "scope", "History", "a/b", "a:b", "[a]", "'a", "a" * 32, "What?", "x\x00"],
)
def test_a_name_that_excel_does_not_take_is_refused(name: str) -> None:
    book = EditedBook(rich_book())
    with pytest.raises(ValueError, match=r"name|sheet"):
        book.add_sheet(name)
    with pytest.raises(ValueError, match=r"name|sheet"):
        book.rename_sheet("Policy", name)
    assert book.data() == rich_book()


@EACH
def test_a_sheet_that_is_put_in_and_taken_out_leaves_the_sheets_as_they_were(data: bytes) -> None:
    book = EditedBook(data)
    book.add_sheet("Findings", 0)
    book.remove_sheet("Findings")
    other_parts_are_same(data, book.data(), ("docProps/app.xml",))


def test_taking_a_sheet_out_takes_what_is_its_own_and_leaves_what_is_shared() -> None:
    data = rich_book()
    book = EditedBook(data)
    book.remove_sheet("Determination")
    after = book.data()
    gone = parts_of(data).keys() - parts_of(after).keys()
    assert gone == {
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
        "xl/media/image1.png",
        "xl/drawings/vmlDrawing2.vml",
        "xl/comments2.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/printerSettings/printerSettings1.bin",
    }
    assert not any(name in parts_of(after)["[Content_Types].xml"].decode() for name in gone)
    assert local_names(after) == {FIGURES: ["$1:$1"]}
    assert formulas(after) == [
        "=COUNTA(#REF!)",
        "=COUNTA('Scope'!$A$5:$A$6)+ROWS(Grades)",
        "=SUM(#REF!)",
        '=#REF!&" Determination!D5 "&History[[#This Row],[who]]',
    ]
    text = parts_of(after)["xl/workbook.xml"].decode()
    assert '<definedName name="Grades">#REF!</definedName>' in text
    assert opened(after) == ("Cases", "Scope")
    by_our_reader(after, "Scope")


def test_two_sheets_with_one_picture_share_it_until_both_are_gone() -> None:
    book = EditedBook(rich_book())
    book.import_sheet(renamed(rich_book(), "Determination", "Second"), "Second")
    pictures = [name for name in parts_of(book.data()) if "media/" in name]
    assert len(pictures) == 2
    book.remove_sheet("Second")
    assert [name for name in parts_of(book.data()) if "media/" in name] == ["xl/media/image1.png"]


def renamed(data: bytes, old: str, new: str) -> EditedBook:
    book = EditedBook(data)
    book.rename_sheet(old, new)
    return book


def test_a_table_that_goes_with_its_sheet_is_gone_in_formulas_too() -> None:
    book = EditedBook(rich_book())
    book.remove_sheet("Change History")
    assert "xl/tables/table1.xml" not in parts_of(book.data())
    assert formulas(book.data())[-1] == '=Determination!D5&" Determination!D5 "&#REF!'


@EACH
def test_all_that_speaks_of_a_sheet_follows_its_new_name(data: bytes) -> None:
    book = EditedBook(data)
    book.rename_sheet("Determination", "What's due")
    after = book.data()
    assert formulas(after) == [
        "=COUNTA('What''s due'!A5:A7)",
        "=COUNTA('Scope'!$A$5:$A$6)+ROWS(Grades)",
        "=SUM('Scope:What''s due'!H1)",
        "='What''s due'!D5&\" Determination!D5 \"&History[[#This Row],[who]]",
    ]
    parts = {name: part.decode("latin-1") for name, part in parts_of(after).items()}
    chart = next(part for name, part in parts.items() if "charts/" in name)
    assert "<c:f>'What''s due'!$C$5:$C$7</c:f>" in chart
    assert "Determination!" not in parts["xl/workbook.xml"]
    assert "'What''s due'!$C$5:$C$7</" in parts["xl/workbook.xml"]
    assert "<xm:f>'What''s due'!C5:C7</xm:f>" in parts["xl/worksheets/sheet3.xml"]
    assert local_names(after).keys() == {"What's due", FIGURES}
    changed = ("xl/workbook.xml", "docProps/app.xml", "xl/charts/chart1.xml", "xl/worksheets/sheet")
    other_parts_are_same(data, after, changed)
    book.rename_sheet("What's due", "Determination")
    assert codes(book.data()) == []
    assert book.sheet_names == NAMES


def test_links_and_lists_of_x14_follow_a_new_name() -> None:
    book = EditedBook(rich_book())
    book.rename_sheet("Scope", "Service")
    parts = parts_of(book.data())
    assert b"location=\"'Service'!A5\"" in parts["xl/worksheets/sheet3.xml"]
    assert b"COUNTIF('Service'!$B$5:$B$6,B5)&gt;5" in parts["xl/worksheets/sheet3.xml"]
    assert b"<xm:f>'Service'!$B$5:$B$6</xm:f>" in parts["xl/worksheets/sheet4.xml"]


def test_a_name_in_other_letter_case_is_a_new_name_too() -> None:
    book = EditedBook(rich_book())
    book.rename_sheet("Scope", "SCOPE")
    assert book.sheet_names[1] == "SCOPE"
    assert formulas(book.data())[1] == "=COUNTA('SCOPE'!$A$5:$A$6)+ROWS(Grades)"


@EACH
def test_names_and_the_open_sheet_follow_when_tabs_are_reordered(data: bytes) -> None:
    book = EditedBook(data)
    book.order_sheets(NAMES[::-1])
    after = book.data()
    assert book.sheet_names == NAMES[::-1]
    assert local_names(after) == local_names(data)
    other_parts_are_same(data, after, ("xl/workbook.xml", "docProps/app.xml"))
    if "bookViews" in str(parts_of(data)):
        assert opened(after) == opened(data)
    book.order_sheets(NAMES)
    other_parts_are_same(data, book.data(), ("docProps/app.xml",))


def test_an_order_that_leaves_a_sheet_out_is_refused() -> None:
    with pytest.raises(ValueError, match="each of them once"):
        EditedBook(rich_book()).order_sheets(NAMES[1:])


@EACH
def test_one_sheet_alone_is_chosen(data: bytes) -> None:
    book = EditedBook(data)
    book.choose_sheet("Policy")
    after = book.data()
    assert opened(after) == ("Policy", "Policy")
    chosen = [name for name in NAMES if by_openpyxl(after, name).sheet_view.tabSelected]
    assert chosen == ["Policy"]
    book.choose_sheet("Policy")
    assert book.data() == after
