"""What a merge brings is in the house style where OURS is, and what it marked goes when all is decided."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.excel.conflicts import SHEET
from dmn_dli.keeping.conflict_marks import MARKER
from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.merge.merging import Merged, merge_versions, version
from dmn_dli.ooxml.book import EditedBook
from tests.cli.tables import ACME
from tests.excel.build import make_workbook
from tests.merge.three import DICTIONARY, Sheets, edited, with_row
from tests.ooxml.read import by_our_reader

WORDS = read_dictionary_bytes(DICTIONARY, "facts.xlsx", "facts.xlsx")[0]
REASON = "A reason that goes over several lines of its cell, as those of payers do. " * 4
THEIRS = with_row(
    {**ACME, "Boost codes": [["Boost codes", "Which?"], *ACME["Procedure codes"][1:]]},
    "Determination",
    6,
    *("D-9", "-", "4", "-", "investigational", "no", REASON, "Title"),
)


def _styled(sheets: Sheets) -> bytes:
    return in_house_style(make_workbook(sheets), WORDS)


def _merge(ours: bytes, theirs: Sheets) -> Merged:
    base, other = version(make_workbook(ACME), "base"), version(make_workbook(theirs), "theirs")
    return merge_versions(base, version(ours, "ours"), other, dictionary=WORDS)


def test_new_rows_and_sheets_are_in_the_house_style_where_ours_is() -> None:
    data = _merge(_styled(edited("Plan notes", {(5, 4): "Page 1"})), THEIRS).data
    assert in_house_style(data, WORDS) == data
    assert by_our_reader(data, "Determination").at(6, 1).text == "D-9"
    assert "Boost codes" in EditedBook(data).sheet_names


def test_where_ours_is_not_in_the_house_style_nothing_is_styled() -> None:
    base, theirs = version(make_workbook(ACME), "base"), version(make_workbook(THEIRS), "theirs")
    assert merge_versions(base, base, theirs, dictionary=WORDS) == merge_versions(base, base, theirs)


def test_the_values_of_row_4_that_theirs_writes_stay_whatever_the_dictionary_says() -> None:
    base = _styled(ACME)
    ours, theirs = EditedBook(base), EditedBook(base)
    ours.sheet("Plan notes").put((5, 4), "Page 1")
    theirs.sheet("Determination").put((4, 3), "0, 1, 2, 3, 4, 5")
    merged = merge_versions(
        version(base, "base"),
        version(in_house_style(ours.data(), WORDS), "ours"),
        version(theirs.data(), "theirs"),
        dictionary=WORDS,
    )
    assert by_our_reader(merged.data, "Determination").at(4, 3).text == "0, 1, 2, 3, 4, 5"


@pytest.mark.parametrize("decided", [">= 3", "> 2"])
def test_a_decided_conflict_leaves_no_mark_behind_when_the_file_is_formatted(decided: str) -> None:
    ours = _styled(edited("Determination", {(6, 3): ">= 3"}))
    marked = _merge(ours, edited("Determination", {(6, 3): "> 2"})).data
    assert in_house_style(marked, WORDS) == marked
    book = EditedBook(marked)
    book.remove_sheet(SHEET)
    book.sheet("Determination").put((6, 3), decided)
    data = in_house_style(book.data(), WORDS)
    assert in_house_style(data, WORDS) == data
    plain = EditedBook(ours)
    plain.sheet("Determination").put((6, 3), decided)
    wanted = EditedBook(in_house_style(plain.data(), WORDS))
    found = EditedBook(data)
    assert found.sheet_names == wanted.sheet_names
    for name in wanted.sheet_names:
        assert found.sheet(name).notes() == wanted.sheet(name).notes()
    with ZipFile(BytesIO(data)) as archive:
        assert not any(MARKER.encode() in archive.read(name) for name in archive.namelist())
