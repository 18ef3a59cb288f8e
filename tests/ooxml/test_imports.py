"""A sheet of one workbook comes into another with all that belongs to it, and looks there as it did."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from dmn_dli.ooxml.book import EditedBook
from tests.excel.build import make_workbook
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.rich_books import FIGURES, rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of, with_parts

EACH = pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def plain() -> bytes:
    """A workbook with one sheet of its own, whose styles are numbered otherwise."""
    return make_workbook({"Policy": [["Field", "Value"], ["Payer", "acme"]]})


def imported(target: bytes, source: bytes, name: str) -> bytes:
    book = EditedBook(target)
    book.import_sheet(EditedBook(source), name)
    return book.data()


def looks(data: bytes, sheet: str) -> dict[str, tuple[object, ...]]:
    """What each cell holds and how it looks, by openpyxl."""
    cells: Any = (cell for row in by_openpyxl(data, sheet).iter_rows() for cell in row)
    return {
        cell.coordinate: (
            cell.value,
            cell.number_format,
            (cell.font.name, cell.font.sz, cell.font.b, cell.font.color and cell.font.color.rgb),
            (cell.fill.patternType, cell.fill.fgColor.rgb),
            (cell.border.left.style, cell.alignment.vertical, cell.alignment.wrapText),
            cell.comment and (cell.comment.author, cell.comment.text),
        )
        for cell in cells
        if cell.has_style or cell.value is not None or cell.comment
    }


@EACH
@pytest.mark.parametrize("name", ["Determination", "Change History", "Cases", FIGURES])
def test_cells_and_looks_come_as_they_were(data: bytes, name: str) -> None:
    after = imported(plain(), data, name)
    is_whole(after)
    assert looks(after, name) == looks(data, name)
    assert by_our_reader(after, name).cells == by_our_reader(data, name).cells
    one, other = by_openpyxl(after, name), by_openpyxl(data, name)
    assert one.merged_cells.ranges == other.merged_cells.ranges
    assert (one.print_title_rows, one.print_area) == (other.print_title_rows, other.print_area)
    assert {k: v.width for k, v in one.column_dimensions.items()} == {
        k: v.width for k, v in other.column_dimensions.items()
    }


def test_parts_beside_the_sheet_come_under_free_names() -> None:
    source = EditedBook(rich_book())
    source.rename_sheet("Determination", "Second")
    data = rich_book()
    book = EditedBook(data)
    book.import_sheet(source, "Second", 1)
    after = book.data()
    new = parts_of(after).keys() - parts_of(data).keys()
    assert new == {
        "xl/worksheets/sheet8.xml",
        "xl/worksheets/_rels/sheet8.xml.rels",
        "xl/comments3.xml",
        "xl/drawings/drawing3.xml",
        "xl/drawings/_rels/drawing3.xml.rels",
        "xl/drawings/vmlDrawing3.vml",
        "xl/media/image2.png",
        "xl/threadedComments/threadedComment2.xml",
        "xl/printerSettings/printerSettings2.bin",
    }
    changed = ("xl/workbook.xml", "xl/_rels/workbook", "[Content_Types].xml", "docProps/app.xml")
    other_parts_are_same(data, after, (*changed, "xl/calcChain", *new))
    parts, was = parts_of(after), parts_of(data)
    assert parts["xl/drawings/vmlDrawing3.vml"] == was["xl/drawings/vmlDrawing2.vml"]
    assert parts["xl/drawings/drawing3.xml"] == was["xl/drawings/drawing1.xml"]
    assert re.findall(b'Target="([^"]*)"', parts["xl/drawings/_rels/drawing3.xml.rels"]) == [
        b"/xl/media/image2.png"
    ]
    assert EditedBook(after).sheet("Second").is_threaded((5, 3))
    assert b"<xm:f>'Second'!C5:C7</xm:f>" in parts["xl/worksheets/sheet8.xml"]


def test_styles_that_are_there_are_not_repeated() -> None:
    source = EditedBook(rich_book())
    source.rename_sheet("Determination", "Second")
    book = EditedBook(rich_book())
    book.import_sheet(source, "Second")
    assert parts_of(book.data())["xl/styles.xml"] == parts_of(rich_book())["xl/styles.xml"]
    once = imported(plain(), rich_book(), "Determination")
    twice = EditedBook(once)
    twice.import_sheet(source, "Second")
    assert parts_of(twice.data())["xl/styles.xml"] == parts_of(once)["xl/styles.xml"]


def test_the_colours_of_conditional_formats_come_too() -> None:
    data = imported(plain(), rich_book(), "Determination")
    rules: Any = [
        rule for area in by_openpyxl(data, "Determination").conditional_formatting for rule in area.rules
    ]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFF8B4B4"]


def test_texts_in_runs_of_several_looks_keep_them() -> None:
    data = imported(plain(), rich_book(), "Determination")
    sheet = next(part for name, part in parts_of(data).items() if name.endswith("sheet2.xml"))
    assert b't="s"' not in sheet
    assert b"<is><r><rPr><b/>" in sheet


def test_who_speaks_in_a_thread_comes_with_it() -> None:
    ann = "{11111111-2222-3333-4444-555555555555}"
    alone = parts_of(imported(plain(), rich_book(), "Determination"))
    assert alone["xl/persons/person.xml"] == parts_of(rich_book())["xl/persons/person.xml"]
    assert b"2017/10/relationships/person" in alone["xl/_rels/workbook.xml.rels"]
    others = with_parts(rich_book(), {"persons": lambda text: text.replace("1111-2222", "1111-0000")})
    book = EditedBook(others)
    source = EditedBook(rich_book())
    source.rename_sheet("Determination", "Second")
    book.import_sheet(source, "Second")
    assert re.findall(
        r'<person .*? id="([^"]*)"', parts_of(book.data())["xl/persons/person.xml"].decode()
    ) == [
        ann.replace("1111-2222", "1111-0000"),
        ann,
    ]


def test_a_formatted_table_gets_a_number_and_a_name_of_its_own() -> None:
    source = EditedBook(rich_book())
    source.rename_sheet("Change History", "Older history")
    sheet = source.sheet("Older history")
    sheet.put((5, 1), "spare")
    book = EditedBook(rich_book())
    book.import_sheet(source, "Older history")
    table = parts_of(book.data())["xl/tables/table2.xml"].decode()
    assert 'id="2" name="History_2" displayName="History_2"' in table
    assert parts_of(book.data())["xl/tables/table1.xml"] == parts_of(rich_book())["xl/tables/table1.xml"]


def test_days_stay_the_same_days_in_the_other_calendar() -> None:
    since_1904 = with_parts(
        rich_book(),
        {"xl/workbook.xml": lambda text: text.replace("<workbookPr ", '<workbookPr date1904="1" ')},
    )
    data = imported(since_1904, plain_with_a_date(), "Dates")
    assert by_our_reader(data, "Dates").cells[1, 1].text == "2025-02-12"
    back = imported(plain(), data, "Dates")
    assert by_our_reader(back, "Dates").cells[1, 1].text == "2025-02-12"


def plain_with_a_date() -> bytes:
    return make_workbook({"Dates": [[date(2025, 2, 12), 45000]]})


def test_a_taken_name_is_refused_before_anything_is_changed() -> None:
    book = EditedBook(rich_book())
    with pytest.raises(ValueError, match='a sheet "Scope" already'):
        book.import_sheet(EditedBook(rich_book()), "Scope")
    with pytest.raises(KeyError):
        book.import_sheet(EditedBook(rich_book()), "Nowhere")
    assert book.data() == rich_book()


def test_a_pivot_table_stays_behind_and_its_cells_come() -> None:
    source = with_parts(
        rich_book(),
        {
            "sheet5.xml.rels": lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rId9" Target="../pivotTables/pivotTable1.xml" Type="http://schemas.'
                'openxmlformats.org/officeDocument/2006/relationships/pivotTable"/></Relationships>',
            )
        },
    )
    after = imported(plain(), source, "Change History")
    relations = parts_of(after)["xl/worksheets/_rels/sheet2.xml.rels"]
    assert relations.count(b"<Relationship ") == 1
    assert by_openpyxl(after, "Change History")["B2"].value == "A. Nurse"
