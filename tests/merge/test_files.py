"""What a merge says is what the merged file holds; everything else of OURS' file is as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from dmn_dli.merge.merging import merge_versions, version
from dmn_dli.ooxml.book import EditedBook
from tests.cli.tables import ACME
from tests.excel.build import Rows, make_workbook
from tests.merge.models import Book, Table, edited_book, table
from tests.merge.naive import merged_book, merged_table
from tests.merge.three import merged
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.zipped import other_parts_are_same

_Lines = list[list[str]]


def _lines(of: Table) -> _Lines:
    """A table as it stands on a sheet, the question in row 1."""
    lines = [[of.at(row, column) for column in of.columns] for row in of.rows]
    lines[0] = [lines[0][0], of.question, *lines[0][2:]]
    return _trimmed(lines)


def _trimmed(lines: Sequence[Sequence[str]]) -> _Lines:
    """The lines without blank cells at their ends, and without blank lines at the end."""
    found = []
    for line in lines:
        kept = list(line)
        while kept and not kept[-1]:
            kept.pop()
        found.append(kept)
    while found and not found[-1]:
        found.pop()
    return found


def _workbook(book: Book) -> bytes:
    return make_workbook(
        {of.tab: [[text or None for text in line] for line in _lines(of)] for of in book.values()}
    )


def _read(data: bytes, sheet: str) -> _Lines:
    found = by_our_reader(data, sheet)
    width = max((cell.column for cell in found.cells.values()), default=0)
    return _trimmed(
        [
            [found.at(row, column).text for column in range(1, width + 1)]
            for row in range(1, found.last_row + 1)
        ]
    )


def _judge(seed: int) -> None:
    random = Random(seed)
    base = {
        "Alpha": table(
            "Alpha", "F", random.randint(3, 6), ("if age", "if disease", "then scope", "note why")
        ),
        "Beta": table("Beta", "U", random.randint(3, 5), ("if grade", "then scope", "note reason")),
    }
    ours, theirs = edited_book(random, base), edited_book(random, base)
    result = merge_versions(
        *(
            version(_workbook(book), name)
            for book, name in ((base, "base"), (ours, "ours"), (theirs, "theirs"))
        )
    )
    order, tabs, _ = merged_book(base, ours, theirs)
    names = [name for name in EditedBook(result.data).sheet_names if name != "Conflicts"]
    assert names == [tabs[name] for name in order], seed
    number = 0
    for name in order:
        empty = Table(tabs[name], "", (), ())
        if name in ours and name in theirs:
            expected = merged_table(base.get(name, empty), ours[name], theirs[name])
            number += len(expected.conflicts)
            wanted = expected.table
        else:
            wanted = (ours if name in ours else theirs)[name]
        assert _read(result.data, tabs[name]) == _lines(wanted), (seed, name)
    assert len(result.conflicts) >= number, seed


def test_the_merged_file_holds_what_the_merge_of_the_tables_is() -> None:
    for seed in range(15):
        _judge(seed)


@pytest.mark.slow
def test_hundreds_of_merged_files_hold_what_the_merge_of_the_tables_is() -> None:
    for seed in range(400):
        _judge(seed)


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
def test_what_people_put_beside_tables_stays_byte_for_byte(data: bytes) -> None:
    book = EditedBook(data)
    book.sheet("Scope").put((5, 4), "Title, page 2")
    ours = EditedBook(data)
    ours.sheet("Scope").put((6, 4), "Title, page 3")
    before = ours.data()
    base, mine, theirs = version(data, "base"), version(before, "ours"), version(book.data(), "theirs")
    result = merge_versions(base, mine, theirs)
    assert result.conflicts == ()
    position = book.sheet_names.index("Scope") + 1
    other_parts_are_same(before, result.data, [f"xl/worksheets/sheet{position}.xml", "xl/workbook.xml"])
    assert [by_our_reader(result.data, "Scope").at(row, 4).text for row in (5, 6)] == [
        "Title, page 2",
        "Title, page 3",
    ]


def test_a_new_row_brings_its_note_and_looks_as_its_neighbour() -> None:
    theirs = EditedBook(make_workbook(ACME))
    sheet = theirs.sheet("Scope")
    sheet.insert_rows(6, like=5)
    for column, text in enumerate(("S-9", "boost", "not addressed", "Title"), 1):
        sheet.put((6, column), text)
    sheet.note((6, 2), "As of May.")
    data = make_workbook(ACME)
    result = merge_versions(version(data, "b"), version(data, "o"), version(theirs.data(), "t"))
    assert EditedBook(result.data).sheet("Scope").notes() == {(6, 2): "As of May."}
    assert by_openpyxl(result.data, "Scope")["A6"].value == "S-9"


def test_notes_of_both_sides_are_kept_and_those_taken_away_go() -> None:
    first = EditedBook(make_workbook(ACME))
    for place in ((5, 2), (6, 2), (6, 3)):
        first.sheet("Scope").note(place, "First.")
    base = first.data()
    ours, theirs = EditedBook(base), EditedBook(base)
    theirs.sheet("Scope").note((5, 2), None)
    for book, word in ((ours, "Ours."), (theirs, "Theirs.")):
        book.sheet("Scope").note((6, 2), word)
    theirs.sheet("Plan notes").note((5, 3), "New.")
    result = merge_versions(version(base, "b"), version(ours.data(), "o"), version(theirs.data(), "t"))
    notes = EditedBook(result.data)
    assert notes.sheet("Scope").notes() == {(6, 2): "Ours.\n\nTheirs.", (6, 3): "First."}
    assert notes.sheet("Plan notes").notes() == {(5, 3): "New."}


def test_notes_of_the_house_style_are_not_doubled_and_remarks_below_them_are_kept() -> None:
    def noted(text: str) -> bytes:
        book = EditedBook(make_workbook(ACME))
        book.sheet("Scope").note((3, 2), text)
        return book.data()

    def note(base: str, ours: str, theirs: str) -> str | None:
        three = (version(noted(text), "x") for text in (base, ours, theirs))
        return EditedBook(merge_versions(*three).data).sheet("Scope").note_text((3, 2))

    one, two, three = (f"Service (string)\nAllowed: {words}" for words in ("a", "a, b", "a, c"))
    assert note(one, two, three) == two
    assert note(one, one, three) == three
    assert note(one, f"{one}\nAsk.", three) == f"{three}\n\nAsk."
    assert note(one, two, f"{one}\nAsk.") == f"{two}\n\nAsk."


def test_numbers_days_and_words_keep_their_kinds() -> None:
    rows: Rows = [*ACME["Cases"], ["new", date(2025, 7, 1), "boost", 1, 0.25, "not addressed"]]
    result = merged(ACME, {**ACME, "Cases": rows})
    sheet = by_openpyxl(result.data, "Cases")
    assert [sheet.cell(8, column).value for column in (4, 5)] == [1, 0.25]
    assert str(sheet.cell(8, 2).value).startswith("2025-07-01")
    assert by_our_reader(result.data, "Cases").at(8, 2).text == "2025-07-01"


@pytest.mark.parametrize("before", [2, 3, 5])
def test_a_new_column_leaves_the_question_merged_above_all_columns(before: int) -> None:
    book = EditedBook(make_workbook(ACME))
    book.sheet("Scope").merge("B1:D1")
    base = book.data()
    book = EditedBook(base)
    sheet = book.sheet("Scope")
    sheet.insert_columns(before, like=2 if before == 2 else before - 1)
    for row, text in enumerate(("NOTE", "Page", None, "1", "2"), 2):
        sheet.put((row, before), text)
    if before == 2:
        sheet.put((1, 2), ACME["Scope"][0][1])
        sheet.put((1, 3), None)
    ours = EditedBook(base)
    ours.sheet("Scope").put((5, 4), "Title, page 2")
    result = merge_versions(version(base, "b"), version(ours.data(), "o"), version(book.data(), "t"))
    merged_sheet = EditedBook(result.data).sheet("Scope")
    assert (result.conflicts, merged_sheet.merges()) == ((), ("B1:E1",))
    assert by_our_reader(result.data, "Scope").at(1, 2).text == ACME["Scope"][0][1]
    assert by_our_reader(result.data, "Scope").at(3, before).text == "Page"
