"""Rows and columns are put in, taken out and reordered; all that speaks of them in the file follows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.sheet import EditedSheet
from tests.excel.build import make_workbook, rewrite
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.rich_books import rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of

MAIN = "xl/worksheets/sheet3.xml"
FIGURES = "xl/worksheets/sheet7.xml"
RICH = rich_book()

MAY_CHANGE = (
    MAIN,
    FIGURES,
    *("xl/charts/", "xl/comments2.xml", "xl/drawings/", "xl/threadedComments/", "xl/workbook.xml"),
)

Edit = Callable[[EditedSheet], None]


def changed(edit: Edit, data: bytes = RICH, sheet: str = "Determination") -> bytes:
    book = EditedBook(data)
    edit(book.sheet(sheet))
    return book.data()


def part(data: bytes, name: str) -> str:
    return parts_of(data)[name].decode()


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet.insert_rows(6, 2, like=5),
        lambda sheet: sheet.remove_rows(6),
        lambda sheet: sheet.order_rows(5, [2, 0, 1]),
        lambda sheet: sheet.insert_columns(4, like=3),
        lambda sheet: sheet.remove_columns(5),
        lambda sheet: sheet.order_columns(2, [1, 0]),
    ],
)
def test_what_does_not_speak_of_the_cells_stays_byte_for_byte(data: bytes, edit: Edit) -> None:
    after = changed(edit, data)
    other_parts_are_same(data, after, (*MAY_CHANGE, "xl/comments1.xml"))
    is_whole(after)
    by_our_reader(after, "Determination")
    by_openpyxl(after, "Determination")


def test_what_stands_below_and_what_spans_the_place_follows_new_rows() -> None:
    after = changed(lambda sheet: sheet.insert_rows(6, 2, like=5))
    xml = part(after, MAIN)
    for expected in (
        '<dimension ref="A1:G9"/>',
        '<conditionalFormatting sqref="B5:C9">',
        "<formula>LEN(TRIM(B5))=0</formula>",
        'showErrorMessage="1" sqref="B5:B9"',
        '<hyperlink ref="G5" location="Scope!A5" display="Section 1"/>',
        '<hyperlink ref="G8" r:id="rId5"/>',
        "<xm:sqref>B5:C9</xm:sqref>",
        "<xm:f>Determination!C5:C9</xm:f>",
        '<mergeCell ref="B1:G1"/>',
    ):
        assert expected in xml
    names = part(after, "xl/workbook.xml")
    assert "Determination!$A$1:$G$9</definedName>" in names
    assert "Determination!$C$5:$C$9</definedName>" in names
    assert "<f>COUNTA(Determination!A5:A9)</f>" in part(after, FIGURES)
    assert "<c:f>Determination!$C$5:$C$9</c:f>" in part(after, "xl/charts/chart1.xml")
    assert part(after, "xl/drawings/drawing1.xml").count("<xdr:row>7</xdr:row>") == 2


def test_new_rows_look_as_their_like_and_are_blank() -> None:
    after = changed(lambda sheet: sheet.insert_rows(6, 2, like=5))
    row = '<row r="7" ht="30" customHeight="1">'
    cells = "".join(f'<c r="{column}7" s="1"/>' for column in "ABCDEFG")
    assert f"{row}{cells}</row>" in part(after, MAIN)


def test_a_rule_added_below_the_last_has_the_dropdowns_of_the_last() -> None:
    like = changed(lambda sheet: sheet.insert_rows(8, like=7))
    bare = changed(lambda sheet: sheet.insert_rows(8))
    assert 'sqref="B5:B8"' in part(like, MAIN)
    assert "COUNTA(Determination!A5:A8)" in part(like, FIGURES)
    assert 'sqref="B5:B7"' in part(bare, MAIN)


def test_a_rule_added_above_the_first_has_the_dropdowns_of_the_first() -> None:
    xml = part(changed(lambda sheet: sheet.insert_rows(5, like=5)), MAIN)
    assert 'sqref="B5:B8"' in xml
    assert "<formula>LEN(TRIM(B5))=0</formula>" in xml


def test_notes_and_their_boxes_go_with_their_cells() -> None:
    after = changed(lambda sheet: sheet.insert_rows(5, like=5))
    assert re.findall(r'<comment ref="(\w+)"', part(after, "xl/comments2.xml")) == ["B3", "C6", "E6"]
    threads = part(after, "xl/threadedComments/threadedComment1.xml")
    assert '<threadedComment ref="C6"' in threads
    boxes = part(after, "xl/drawings/vmlDrawing2.vml")
    assert re.findall(r"<x:Row>(\d+)", boxes) == ["2", "5", "5"]
    assert "3, 15, 5, 2, 7, 31, 13, 4" in boxes
    assert "width:420pt;height:300pt" in boxes


def test_what_belongs_to_rows_that_are_taken_out_goes() -> None:
    after = changed(lambda sheet: sheet.remove_rows(5))
    xml = part(after, MAIN)
    assert "sparkline" not in xml
    assert "Section 1" not in xml
    assert "<formula>LEN(TRIM(B5))=0</formula>" in xml
    assert 'sqref="B5:B6"' in xml
    assert re.findall(r'<comment ref="(\w+)"', part(after, "xl/comments2.xml")) == ["B3"]
    assert part(after, "xl/drawings/vmlDrawing2.vml").count("<v:shape ") == 1
    assert "threadedComment ref" not in part(after, "xl/threadedComments/threadedComment1.xml")
    assert "<f>Determination!#REF!&amp;" in part(after, FIGURES)


def test_a_text_in_a_formula_is_no_reference() -> None:
    after = changed(lambda sheet: sheet.insert_rows(5))
    assert '<f>Determination!D6&amp;" Determination!D5 "&amp;' in part(after, FIGURES)


def test_frozen_rows_stay_the_ones_that_were_frozen() -> None:
    heads = part(changed(lambda sheet: sheet.insert_rows(2)), MAIN)
    rules = part(changed(lambda sheet: sheet.insert_rows(5)), MAIN)
    assert '<pane ySplit="5" topLeftCell="A6"' in heads
    assert '<pane ySplit="4" topLeftCell="A5"' in rules


def test_widths_go_with_their_columns_and_new_ones_are_as_wide_as_their_like() -> None:
    moved = by_openpyxl(changed(lambda sheet: sheet.order_columns(1, [1, 0])), "Determination")
    assert [moved.column_dimensions[name].width for name in "AB"] == [22.5, 10.7109375]
    added = by_openpyxl(changed(lambda sheet: sheet.insert_columns(2, like=1)), "Determination")
    assert [added.column_dimensions[name].width for name in "ABC"] == [10.7109375, 10.7109375, 22.5]


def test_an_area_is_taken_apart_where_its_columns_part() -> None:
    xml = part(changed(lambda sheet: sheet.order_columns(2, [3, 0, 2, 1])), MAIN)
    assert '<conditionalFormatting sqref="C5:C7 E5:E7">' in xml
    assert "<formula>LEN(TRIM(C5))=0</formula>" in xml


def test_there_and_back_again_is_the_same_file() -> None:
    def there_and_back(sheet: EditedSheet) -> None:
        sheet.insert_rows(4, 3)
        sheet.insert_columns(2, 2)
        sheet.order_rows(8, [2, 0, 1])
        sheet.order_rows(8, [1, 2, 0])
        sheet.remove_columns(2, 2)
        sheet.remove_rows(4, 3)

    data = make_workbook()
    assert changed(there_and_back, data) is data


def test_formulas_that_cells_share_are_written_out_before_they_part() -> None:
    rows = (
        '<row r="8"><c r="A8"><f t="shared" ref="A8:A10" si="0">B8*$C$1</f><v>1</v></c></row>'
        '<row r="9"><c r="A9"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="10"><c r="A10"><f t="shared" si="0"/><v>3</v></c></row></sheetData>'
    )
    data = rewrite(make_workbook(), sheet2_xml=lambda xml: xml.replace("</sheetData>", rows))
    after = by_openpyxl(changed(lambda sheet: sheet.order_rows(8, [1, 2, 0]), data, "Scope"), "Scope")
    assert [after.cell(row, 1).value for row in (8, 9, 10)] == ["=B8*$C$1", "=B9*$C$1", "=B10*$C$1"]
    after = by_openpyxl(changed(lambda sheet: sheet.remove_rows(8), data, "Scope"), "Scope")
    assert [after.cell(row, 1).value for row in (8, 9)] == ["=B8*$C$1", "=B9*$C$1"]


def test_a_formula_that_fills_an_area_follows_with_it() -> None:
    row = '<row r="8"><c r="A8"><f t="array" ref="A8:A9">B8:B9</f><v>1</v></c></row></sheetData>'
    data = rewrite(make_workbook(), sheet2_xml=lambda xml: xml.replace("</sheetData>", row))
    xml = part(changed(lambda sheet: sheet.insert_rows(2), data, "Scope"), "xl/worksheets/sheet2.xml")
    assert '<c r="A9"><f t="array" ref="A9:A10">B9:B10</f>' in xml


def test_the_order_of_reckoning_goes_once_formulas_move() -> None:
    after = changed(lambda sheet: sheet.insert_rows(1), sheet="Notes & Ann's figures")
    assert "xl/calcChain.xml" not in parts_of(after)
    assert "calcChain" not in part(after, "[Content_Types].xml")
    assert "calcChain" not in part(after, "xl/_rels/workbook.xml.rels")
    kept = changed(lambda sheet: sheet.insert_rows(1), sheet="Policy")
    assert "xl/calcChain.xml" in parts_of(kept)


def test_a_sheet_whose_name_needs_quotes_is_known_in_formulas() -> None:
    name = "It's (2)"
    data = make_workbook({name: [["a"], ["b"]], "Other": [["='It''s (2)'!A2&\"'It''s (2)'!A2\""]]})
    after = changed(lambda sheet: sheet.insert_rows(1), data, name)
    assert by_openpyxl(after, "Other")["A1"].value == "='It''s (2)'!A3&\"'It''s (2)'!A2\""


def test_a_range_formatted_as_a_table_follows() -> None:
    history = "Change History"
    grown = changed(lambda sheet: sheet.insert_rows(3, like=2), sheet=history)
    assert part(grown, "xl/tables/table1.xml").count('ref="A1:D3"') == 2
    wider = changed(lambda sheet: sheet.insert_columns(2), sheet=history)
    columns = re.findall(r'<tableColumn id="(\d)" name="(\w+)"', part(wider, "xl/tables/table1.xml"))
    assert columns == [("1", "date"), ("5", "Column1"), ("2", "who"), ("3", "what"), ("4", "why")]
    assert by_openpyxl(wider, history)["B1"].value == "Column1"
    fewer = changed(lambda sheet: sheet.remove_columns(1, 2), sheet=history)
    assert re.findall(r'name="(\w+)"/', part(fewer, "xl/tables/table1.xml")) == ["what", "why"]


def test_a_table_keeps_a_row_below_its_head_and_goes_with_its_head() -> None:
    history = "Change History"
    bare = changed(lambda sheet: sheet.remove_rows(2), sheet=history)
    assert 'ref="A1:D2"' in part(bare, "xl/tables/table1.xml")
    gone = changed(lambda sheet: sheet.remove_rows(1), sheet=history)
    assert "xl/tables/table1.xml" not in parts_of(gone)
    assert "tablePart" not in part(gone, "xl/worksheets/sheet5.xml")
    assert "table1" not in part(gone, "[Content_Types].xml")


def test_a_new_heading_of_a_table_is_its_columns_name_in_formulas_too() -> None:
    after = changed(lambda sheet: sheet.put((1, 2), "by [whom]?\n(name)"), sheet="Change History")
    assert 'name="by [whom]?_x000a_(name)"' in part(after, "xl/tables/table1.xml")
    assert "History[[#This Row],[by '[whom']?\n(name)]]</f>" in part(after, FIGURES)
    again = changed(lambda sheet: sheet.put((1, 2), "who"), after, sheet="Change History")
    assert "History[[#This Row],[who]]</f>" in part(again, FIGURES)


def test_a_heading_of_a_table_that_is_made_blank_or_given_twice_gets_a_name_of_its_own() -> None:
    def spoil(sheet: EditedSheet) -> None:
        sheet.put((1, 2), None)
        sheet.put((1, 3), "why")

    after = changed(spoil, sheet="Change History")
    names = re.findall(r'<tableColumn id="\d" name="(\w+)"', part(after, "xl/tables/table1.xml"))
    assert names == ["date", "Column1", "why", "why2"]
    assert by_openpyxl(after, "Change History")["B1"].value == "Column1"


def test_formulas_cannot_name_what_is_gone_of_a_table() -> None:
    column = changed(lambda sheet: sheet.remove_columns(2), sheet="Change History")
    assert "&amp;#REF!</f>" in part(column, FIGURES)
    table = changed(lambda sheet: sheet.remove_rows(1), sheet="Change History")
    assert "&amp;#REF!</f>" in part(table, FIGURES)


def test_a_formula_that_others_share_may_be_overwritten() -> None:
    rows = (
        '<row r="8"><c r="A8"><f t="shared" ref="A8:A9" si="0">B8*2</f><v>1</v></c></row>'
        '<row r="9"><c r="A9"><f t="shared" si="0"/><v>2</v></c></row></sheetData>'
    )
    data = rewrite(make_workbook(), sheet2_xml=lambda xml: xml.replace("</sheetData>", rows))
    after = by_openpyxl(changed(lambda sheet: sheet.put((8, 1), "x"), data, "Scope"), "Scope")
    assert [after.cell(row, 1).value for row in (8, 9)] == ["x", "=B9*2"]
    other = changed(lambda sheet: sheet.put((9, 1), "x"), data, "Scope")
    assert b'<f t="shared" ref="A8:A9" si="0">B8*2</f>' in parts_of(other)["xl/worksheets/sheet2.xml"]


def test_a_formula_that_cannot_be_read_is_told_with_its_sheet() -> None:
    row = '<row r="9"><c r="A9"><f>A1#{</f><v>2</v></c></row></sheetData>'
    data = rewrite(make_workbook(), sheet2_xml=lambda xml: xml.replace("</sheetData>", row))
    with pytest.raises(BrokenBookError, match=r"Scope: The formula A1#\{"):
        changed(lambda sheet: sheet.insert_rows(2), data, "Scope")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda sheet: sheet.insert_rows(0), "must be >= 1"),
        (lambda sheet: sheet.insert_rows(5, 0), "must be >= 1"),
        (lambda sheet: sheet.remove_columns(1, 0), "must be >= 1"),
        (lambda sheet: sheet.order_rows(5, [0, 0]), "once"),
        (lambda sheet: sheet.insert_rows(2, 1_048_576), "no room"),
        (lambda sheet: sheet.insert_columns(2, 16_384), "no room"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(edit: Edit, words: str) -> None:
    book = EditedBook(RICH)
    with pytest.raises(ValueError, match=words):
        edit(book.sheet("Determination"))
    assert book.data() is RICH
