"""An annotated copy is the workbook with the findings in it, and with all else that people put there."""

from __future__ import annotations

from typing import Any

import pytest

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.excel.annotate import NotCopiedError, Remark, annotated
from dmn_dli.excel.seal import is_sealed
from tests.excel.build import GOOD_NAME
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl
from tests.ooxml.rich_books import rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of, with_parts, zipped

EACH = pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

REMARKS = (
    Remark("error", "DT510", "No rule answers.", "Add a rule.", "Determination", "E5", ("M-1",), "M-1 | x"),
    Remark("warning", "DT604", "It is unused.", "Take it out.", "Determination", "E5"),
    Remark("warning", "DT604", "It is unused.", "Take it out.", "Determination", "C1"),
    Remark("info", "DT188", "=1+1", "", "Scope"),
    Remark("waived", "DT511", "Two rules fire.", "Change one.", "Determination", "C5"),
    Remark("info", "DT190", "The folder has no dictionary.", "Add one."),
)

TOUCHED = (
    *("[Content_Types].xml", "_rels/.rels", "docProps/", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
    *("xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/comments1.xml"),
    *("xl/comments2.xml", "xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml"),
    *("xl/worksheets/sheet8.xml", "xl/worksheets/_rels/sheet8.xml.rels"),
)
"""What a copy with these remarks may change: what tells of sheets, the sheets 2 and 3, and a new one."""


def notes(data: bytes, sheet: str) -> dict[str, str]:
    cells: Any = (cell for row in by_openpyxl(data, sheet).iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment is not None}


@EACH
def test_all_that_is_not_remarked_upon_stays_byte_for_byte(data: bytes) -> None:
    copy = annotated(data, REMARKS, "Six findings.")
    is_whole(copy)
    other_parts_are_same(data, copy, TOUCHED)
    sheet = parts_of(copy)["xl/worksheets/sheet3.xml"]
    kept = (b"x14:sparklineGroup ", b"x14:cfRule", b"drawing r:id", b"legacyDrawing")
    assert all(word in sheet for word in kept)
    one, other = (read_workbook_bytes(each, GOOD_NAME, GOOD_NAME) for each in (data, copy))
    assert (one.tables, one.cases, one.policy, one.findings) == (
        other.tables,
        other.cases,
        other.policy,
        other.findings,
    )


@EACH
def test_remarks_follow_what_notes_say_and_stand_in_the_first_of_merged_cells(data: bytes) -> None:
    copy = annotated(data, REMARKS, "Six findings.")
    found = notes(copy, "Determination")
    assert found["E5"] == (
        "A long remark in a large box.\n\nFound by dmn-dli check:\nerror DT510\nNo rule answers. Add a rule."
        "\n\nwarning DT604\nIt is unused. Take it out."
    )
    assert found["B1"] == "Found by dmn-dli check:\nwarning DT604\nIt is unused. Take it out."
    assert found["B3"] == notes(data, "Determination")["B3"]
    assert notes(copy, "Scope")["A1"] == "Found by dmn-dli check:\ninfo DT188\n=1+1"


def test_a_threaded_comment_is_left_to_those_who_speak_in_it() -> None:
    copy = annotated(rich_book(), REMARKS, "Six findings.")
    assert notes(copy, "Determination")["C5"] == notes(rich_book(), "Determination")["C5"]
    assert "Determination!C5" in [row[2].value for row in by_openpyxl(copy, "Findings").iter_rows()]


@EACH
def test_annotating_twice_is_annotating_once(data: bytes) -> None:
    once = annotated(data, REMARKS, "Six findings.")
    assert annotated(once, REMARKS, "Six findings.") == once
    assert is_sealed(once)


@EACH
def test_without_remarks_nothing_of_the_earlier_ones_is_left(data: bytes) -> None:
    clean = annotated(annotated(data, REMARKS, "Six findings."), (), "Nothing to object.")
    assert notes(clean, "Determination") == notes(data, "Determination")
    assert notes(clean, "Scope") == notes(data, "Scope")
    formats = [str(each.sqref) for each in by_openpyxl(clean, "Determination").conditional_formatting]
    assert formats == ["B5:C7"]


def test_a_file_that_cannot_be_changed_whole_has_no_copy() -> None:
    signed = zipped({**parts_of(rich_book()), "_xmlsignatures/sig1.xml": b"<Signature/>"})
    broken = with_parts(rich_book(), {"sheet3.xml$": lambda text: text[:-30]})
    for data, why in ((signed, "holds a digital signature"), (broken, "cannot be"), (b"hello", "cannot be")):
        with pytest.raises(NotCopiedError, match=why):
            annotated(data, REMARKS, "")
