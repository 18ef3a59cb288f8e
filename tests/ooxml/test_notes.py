"""Notes are added, changed and taken away; what others say, and how large they say it, stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.ooxml.book import EditedBook
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.rich_books import rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of, with_parts

EACH = pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

DETERMINATION = ("xl/comments2.xml", "xl/drawings/vmlDrawing2.vml")
"""The parts that hold the notes of the sheet Determination."""


def notes(data: bytes, sheet: str) -> dict[str, tuple[str, str]]:
    """The notes of a sheet as openpyxl reads them: author and text."""
    cells: Any = (cell for row in by_openpyxl(data, sheet).iter_rows() for cell in row)
    return {c.coordinate: (c.comment.author, c.comment.text) for c in cells if c.comment is not None}


def boxes(data: bytes, part: str) -> dict[tuple[int, int], str]:
    """The style of each note's box in a drawing, by row and column as it counts them."""
    text = parts_of(data)[part].decode()
    shapes = re.findall(r"<v:shape .*?</v:shape>", text, re.DOTALL)
    found = {}
    for shape in shapes:
        row, column = (int(re.findall(f"<x:{name}>(\\d+)<", shape)[0]) for name in ("Row", "Column"))
        found[row, column] = re.sub(r"\s+", "", re.findall("style=[\"']([^\"']*)", shape)[0])
    return found


@EACH
def test_a_note_is_added_beside_those_that_are_there(data: bytes) -> None:
    book = EditedBook(data)
    book.sheet("Determination").note((3, 2), "What Scope says.\nAs printed.")
    after = book.data()
    other_parts_are_same(data, after, DETERMINATION)
    assert notes(after, "Determination") == {
        **notes(data, "Determination"),
        "B3": ("Ann Nurse", "What Scope says.\nAs printed."),
    }
    book.sheet("Determination").note((7, 3), "New", author="Bea")
    after = book.data()
    other_parts_are_same(data, after, DETERMINATION)
    assert notes(after, "Determination")["C7"] == ("Bea", "New")
    old, new = boxes(data, DETERMINATION[1]), boxes(after, DETERMINATION[1])
    assert new.keys() == {*old, (6, 2)}
    assert {at: new[at] for at in old if at != (2, 1)} == {at: old[at] for at in old if at != (2, 1)}


@EACH
def test_the_same_note_again_changes_no_byte(data: bytes) -> None:
    book = EditedBook(data)
    sheet = book.sheet("Determination")
    assert sheet.note_text((5, 5)) == "A long remark in a large box."
    sheet.note((5, 5), "A long remark in a large box.", author="Somebody", width=10)
    sheet.note((6, 6), None)
    assert book.data() == data


@EACH
def test_a_sheet_without_notes_gets_the_parts_for_them(data: bytes) -> None:
    book = EditedBook(data)
    book.sheet("Policy").note((2, 1), 'The payer\'s "short" id & name <x>')
    after = book.data()
    assert notes(after, "Policy") == {"A2": ("dmn-dli", 'The payer\'s "short" id & name <x>')}
    new = (
        "[Content_Types].xml",
        "xl/comments3.xml",
        "xl/drawings/vmlDrawing3.vml",
        "xl/worksheets/_rels/sheet1",
    )
    other_parts_are_same(data, after, (*new, "xl/worksheets/sheet1.xml"))
    is_whole(after)
    by_our_reader(after, "Policy")
    tail = parts_of(after)["xl/worksheets/sheet1.xml"].decode().rpartition("sheetData>")[2]
    assert "legacyDrawing" in tail
    assert tail.find("pageMargins") < tail.find("legacyDrawing")


@EACH
def test_taking_the_last_note_away_leaves_the_file_as_it_was(data: bytes) -> None:
    book = EditedBook(data)
    book.sheet("Policy").note((2, 1), "Passing")
    book.sheet("Policy").note((2, 1), None)
    assert book.data() == data
    again = EditedBook(with_a_note(data))
    again.sheet("Policy").note((2, 1), None)
    assert parts_of(again.data()) == parts_of(data)


def with_a_note(data: bytes) -> bytes:
    book = EditedBook(data)
    book.sheet("Policy").note((2, 1), "Passing")
    return book.data()


def test_a_note_that_is_taken_away_takes_its_box_with_it() -> None:
    data = rich_book()
    book = EditedBook(data)
    book.sheet("Determination").note((5, 5), None)
    after = book.data()
    other_parts_are_same(data, after, DETERMINATION)
    assert notes(after, "Determination").keys() == {"B3", "C5"}
    assert boxes(after, DETERMINATION[1]).keys() == {(2, 1), (4, 2)}


def test_a_threaded_comment_is_left_as_it_is() -> None:
    data = rich_book()
    book = EditedBook(data)
    sheet = book.sheet("Determination")
    assert sheet.is_threaded((5, 3))
    assert not sheet.is_threaded((5, 5))
    sheet.note((5, 3), "Mine")
    sheet.note((5, 3), None)
    assert book.data() == data


def test_a_longer_text_has_a_higher_box_and_no_anchor_that_says_otherwise() -> None:
    book = EditedBook(rich_book())
    book.sheet("Determination").note((5, 5), "word " * 100)
    book.sheet("Determination").note((7, 1), "short", width=200)
    drawing = boxes(book.data(), DETERMINATION[1])
    assert "width:255pt;height:175.5pt" in drawing[4, 4]
    assert "width:150pt;height:35.25pt" in drawing[6, 0]
    assert parts_of(book.data())[DETERMINATION[1]].count(b"<x:Anchor>") == 2


def test_a_drawing_with_line_breaks_left_open_is_read_all_the_same() -> None:
    data = with_parts(rich_book(), {"vmlDrawing2": lambda text: text.replace("></div>", ">a<br>b</div>")})
    book = EditedBook(data)
    book.sheet("Determination").note((7, 3), "New")
    assert boxes(book.data(), DETERMINATION[1]).keys() == {(2, 1), (4, 2), (4, 4), (6, 2)}


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Policy", "Scope", "Determination"]),
            st.tuples(st.integers(1, 6), st.integers(1, 4)),
            st.none() | st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1),
        ),
        max_size=8,
    )
)
def test_any_sequence_of_notes_leaves_what_was_said_last(
    edits: list[tuple[str, tuple[int, int], str | None]],
) -> None:
    data = rich_book()
    book = EditedBook(data)
    expected = {
        (name, (cell.row, cell.column)): cell.comment.text
        for name in ("Policy", "Scope", "Determination")
        for row in by_openpyxl(data, name).iter_rows()
        for cell in row
        if cell.comment is not None
    }
    for name, place, text in edits:
        if (name, place) == ("Determination", (5, 3)):
            continue
        book.sheet(name).note(place, text)
        expected.pop((name, place), None)
        if text is not None:
            expected[name, place] = text
    again = EditedBook(book.data())
    found = {
        (name, place): text
        for name in ("Policy", "Scope", "Determination")
        for place, text in again.sheet(name).notes().items()
    }
    assert found == expected
