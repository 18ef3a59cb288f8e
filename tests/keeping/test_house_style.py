"""The house style in the bytes of files: twice is once, values stay, and so does whatever is not ours."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.excel import WorkbookUnreadableError
from dmn_dli.excel.workbook import read_workbook_bytes
from dmn_dli.keeping.house_style import in_house_style, restyled
from dmn_dli.keeping.house_style import table as style
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.book import EditedBook
from tests.excel.build import FACTS, GOOD, GOOD_NAME, WITH_CRITERIA, make_workbook, put, rewrite, spoil
from tests.keeping.plans import OURS, dictionary_of, our_dictionary, package_of
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.rich_books import FIGURES, NAMES, rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of


def bare(data: bytes) -> bytes:
    """A workbook with the same values and no look at all."""
    sheets = load_workbook(BytesIO(data)).worksheets
    return make_workbook({sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in sheets})


_OURS = {path.stem: (path.read_bytes(), our_dictionary()) for path in OURS}
_OTHERS = {
    **{name: (data, dictionary_of()) for name, data in RICH_BOOKS.items()},
    "bare": (make_workbook(WITH_CRITERIA), dictionary_of()),
    "dictionary": (make_workbook({"Facts": FACTS}), None),
}

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

_STRIPPED = [name for name in _OURS if name != "facts"]

PARTS_OF_LOOKS = (
    "xl/worksheets/",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/comments",
    "xl/drawings/vmlDrawing",
    "xl/drawings/commentsDrawing",
    "[Content_Types].xml",
)
"""Parts that hold cells, looks, names of print titles, and notes."""


def values(data: bytes) -> dict[tuple[str, str], tuple[object, str]]:
    """What every cell holds by our reader, and its kind."""
    return {
        (sheet.name, cell.reference): (cell.kind, cell.text)
        for sheet in package_of(data).sheets
        for cell in sheet.cells.values()
    }


def values_by_openpyxl(data: bytes) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(BytesIO(data), rich_text=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("name", _OTHERS)
def test_twice_is_once_values_stay_and_check_finds_the_same(name: str) -> None:
    judge(*_OTHERS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", _STRIPPED)
def test_our_own_workbooks_without_any_look_get_it(name: str) -> None:
    judge(bare(_OURS[name][0]), our_dictionary())


def judge(data: bytes, dictionary: Dictionary | None) -> None:
    """Fail unless twice is once, values stay but for row 4 of facts, and the same is found."""
    styled = restyled(data, lambda: dictionary, GOOD_NAME)
    is_whole(styled.data)
    assert in_house_style(styled.data, dictionary) == styled.data
    restated = {(each.sheet, each.cell) for each in styled.restated}
    for read in (values, values_by_openpyxl):
        before, after = read(data), read(styled.data)
        assert {place for place in {*before, *after} if before.get(place) != after.get(place)} == restated
    one, other = (read_workbook_bytes(each, GOOD_NAME, GOOD_NAME) for each in (data, styled.data))
    assert [finding.text for finding in one.findings] == [finding.text for finding in other.findings]


@pytest.mark.parametrize("name", _OURS)
def test_our_own_workbooks_are_in_the_house_style(name: str) -> None:
    data, dictionary = _OURS[name]
    assert in_house_style(data, dictionary) == data


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
def test_parts_that_hold_no_looks_stay_byte_for_byte(data: bytes) -> None:
    styled = in_house_style(data, dictionary_of())
    other_parts_are_same(data, styled, (*PARTS_OF_LOOKS, "xl/worksheets/_rels/"))


def test_sheets_that_are_no_tables_stay_byte_for_byte() -> None:
    before, after = (parts_of(data) for data in (rich_book(), in_house_style(rich_book(), dictionary_of())))
    for name in ("Notes", FIGURES):
        part = f"xl/worksheets/sheet{NAMES.index(name) + 1}.xml"
        assert before[part] == after[part]


def notes(data: bytes) -> dict[tuple[str, str], str]:
    """Every note, by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in load_workbook(BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def boxes(data: bytes) -> set[str]:
    """The drawings of all boxes of notes, with their places and sizes."""
    parts = parts_of(data).items()
    drawings = [text.decode() for name, text in parts if name.endswith(".vml")]
    return {shape for text in drawings for shape in re.findall("<v:shape .*?</v:shape>", text, re.DOTALL)}


def test_notes_of_people_stay_in_their_boxes() -> None:
    data = in_house_style(rich_book(), dictionary_of())
    before, after = notes(rich_book()), notes(data)
    assert before
    assert {place: after[place] for place in before} == before
    assert after.keys() > before.keys()
    assert boxes(rich_book())
    assert boxes(data) >= boxes(rich_book())


def test_our_notes_follow_the_dictionary_and_stay_where_people_wrote_on() -> None:
    styled = in_house_style(make_workbook(), dictionary_of())
    assert "Allowed: 0, 1, 2, 3, 4 grade" in notes(styled)["Determination", "C3"]
    facts = [*FACTS[:2], [*FACTS[2][:3], "[0..5]", *FACTS[2][4:]]]
    assert (
        "Allowed: [0..5] grade" in notes(in_house_style(styled, dictionary_of(facts)))["Determination", "C3"]
    )
    there = notes(styled)["Determination", "C3"]
    continued = in_house_style(_with_note(styled, f"{there}\nAnna: of which day?"), dictionary_of())
    assert notes(continued)["Determination", "C3"].endswith("Anna: of which day?")


def _with_note(data: bytes, text: str) -> bytes:
    book = EditedBook(data)
    book.sheet("Determination").note((3, 3), text)
    return book.data()


def test_a_bare_table_gets_the_whole_look() -> None:
    data = in_house_style(make_workbook(WITH_CRITERIA), dictionary_of())
    sheet: Any = load_workbook(BytesIO(data))["Determination"]
    cell = sheet["B5"]
    assert (cell.number_format, cell.font.name, cell.font.size) == ("@", style.FONT, style.SIZE)
    assert (cell.alignment.vertical, cell.alignment.wrap_text) == ("top", True)
    assert sheet["B2"].fill.fgColor.rgb[-6:] == "DCE8F5"
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.sheet_properties.tabColor.rgb)[-6:] == style.FINAL_TAB
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B1:G1"]
    assert sheet.column_dimensions["E"].width == style.WIDTHS["reason"]
    assert len(sheet.conditional_formatting) == 4
    assert {str(each.sqref) for each in sheet.data_validations.dataValidation} >= {"A2", "B5:B17", "G5:G17"}


def test_a_dictionary_is_formatted_too() -> None:
    sheet = load_workbook(BytesIO(in_house_style(make_workbook({"Facts": FACTS}), None)))["Facts"]
    assert (sheet.freeze_panes, sheet["A2"].font.bold, sheet["H1"].fill.fgColor.rgb[-6:]) == (
        "C2",
        True,
        style.HEAD_FILL,
    )


def test_row_4_is_told_before_and_after() -> None:
    (restated,) = restyled(put("Scope", B4="other"), dictionary_of).restated[:1]
    assert (restated.cell, restated.before, restated.after) == (
        "B4",
        "other",
        "donor lymphocyte infusion, other",
    )


def test_what_is_not_understood_is_left_and_the_rest_is_formatted() -> None:
    styled = restyled(spoil("Scope", lambda sheet: sheet.delete_rows(2)), dictionary_of)
    assert [each.sheet for each in styled.left] == ["Scope"]
    assert styled.changed


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04", make_workbook()[:-100]])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(WorkbookUnreadableError):
        in_house_style(data, None)


def test_a_damaged_sheet_is_refused_since_nobody_knows_what_it_is() -> None:
    with pytest.raises(WorkbookUnreadableError, match="Scope"):
        in_house_style(rewrite(make_workbook(), sheet2_xml=lambda text: text[:-30]), None)


def test_whatever_order_sheets_and_columns_have_twice_is_once() -> None:
    for sheets in (dict(reversed([*GOOD.items()])), {"Scope": GOOD["Scope"]}, {"Policy": GOOD["Policy"]}):
        data = in_house_style(make_workbook(sheets), dictionary_of())
        assert in_house_style(data, dictionary_of()) == data
