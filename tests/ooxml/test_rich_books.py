"""The rich workbooks are such as programs read, so that what is proven with them means something."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.excel.archive import objection_to
from tests.excel.build import GOOD_NAME, codes
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.rich_books import NAMES
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import parts_of


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
def test_each_is_a_workbook_of_ours_without_a_finding(data: bytes) -> None:
    assert objection_to(data, GOOD_NAME) is None
    is_whole(data)
    assert codes(data) == []
    assert [table.name for table in read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).tables] == [
        "Scope",
        "Determination",
    ]


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_openpyxl_opens_each(data: bytes) -> None:
    book = load_workbook(BytesIO(data))
    assert tuple(book.sheetnames) == NAMES
    assert book["Determination"]["E5"].comment.text == "A long remark in a large box."
    assert book["Change History"].tables["History"].ref == "A1:D2"


def test_what_openpyxl_would_lose_is_in_the_one_that_excel_saved() -> None:
    parts = parts_of(RICH_BOOKS["Excel"])
    sheet = parts["xl/worksheets/sheet3.xml"]
    assert all(word in sheet for word in (b"x14:sparklineGroup ", b"x14:cfRule", b"legacyDrawing"))
    assert b'txBox="1"' in parts["xl/drawings/drawing1.xml"]
    assert b"x14:dataValidation " in parts["xl/worksheets/sheet4.xml"]
    assert {"xl/persons/person.xml", "customXml/item1.xml", "xl/calcChain.xml"} <= parts.keys()
