"""What both sides changed differently: listed, coloured, noted, objected to until somebody has decided."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.excel.conflicts import HEADINGS, SHEET
from dmn_dli.keeping.conflict_marks import COLOUR, without_settled_marks
from dmn_dli.merge.merging import Merged, merge_versions, version
from dmn_dli.ooxml.book import EditedBook
from tests.cli.tables import ACME
from tests.excel.build import make_workbook
from tests.merge.three import NAME, Sheets, edited, merged, versions, with_row

OURS = edited("Determination", {(6, 3): ">= 3", (8, 7): "=Ours"})
THEIRS = edited("Determination", {(6, 3): "> 2", (8, 7): "+Theirs"})


def _book(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def _lines(data: bytes) -> list[tuple[object, ...]]:
    return list(_book(data)[SHEET].iter_rows(values_only=True))


def _coloured(data: bytes, sheet: str) -> list[str]:
    formats = _book(data)[sheet].conditional_formatting
    return [
        str(area.sqref) for area in formats for rule in area.rules if rule.dxf.fill.bgColor.rgb[2:] == COLOUR
    ]


def _again(data: bytes, theirs: Sheets, base: Sheets) -> Merged:
    return merge_versions(
        version(make_workbook(base), "base"), version(data, "ours"), version(make_workbook(theirs), "theirs")
    )


def test_a_conflict_is_listed_with_all_three_values_and_ours_stays() -> None:
    result = merged(OURS, THEIRS)
    assert _lines(result.data) == [
        HEADINGS,
        ("Determination", "C6", "cell", ">= 2", ">= 3", "> 2"),
        ("Determination", "G8", "cell", "Cells are unmixed.", "=Ours", "+Theirs"),
    ]
    book = _book(result.data)
    assert book["Determination"]["C6"].value == ">= 3"
    assert book[SHEET]["E3"].data_type != "f"
    assert book.active is not None
    assert book.active.title == SHEET
    assert [each.cell for each in result.conflicts] == ["C6", "G8"]


def test_a_conflict_is_coloured_noted_and_linked() -> None:
    data = merged(OURS, THEIRS).data
    sheet = _book(data)["Determination"]
    assert _coloured(data, "Determination") == ["C6 G8"]
    note = sheet["C6"].comment
    assert note is not None
    assert all(
        each in note.text for each in ("Before: >= 2", "Ours: >= 3", "Theirs: > 2", "delete the sheet")
    )
    link = _book(data)[SHEET]["B2"].hyperlink
    assert link is not None
    assert link.location == "Determination!C6"


def test_check_objects_until_the_sheet_is_gone() -> None:
    def codes(data: bytes) -> list[str]:
        return [each.code.code for each in read_workbook_bytes(data, NAME, NAME).findings]

    data = merged(OURS, THEIRS).data
    assert "DT178" in codes(data)
    book = EditedBook(data)
    book.remove_sheet(SHEET)
    assert "DT178" not in codes(book.data())


def test_a_conflict_on_a_row_that_moved_is_listed_where_the_row_stands_then() -> None:
    theirs = with_row(
        THEIRS, "Determination", 5, "D-0", "-", "4", "-", "investigational", "no", "No.", "Title"
    )
    result = merged(OURS, theirs)
    assert [each.cell for each in result.conflicts] == ["C7", "G9"]
    assert _coloured(result.data, "Determination") == ["C7 G9"]


def test_when_the_sheet_is_deleted_the_marks_go_and_other_notes_stay() -> None:
    book = EditedBook(make_workbook(OURS))
    book.sheet("Determination").note((6, 3), "Ask Dr. Ito.")
    book.sheet("Scope").note((5, 2), "Mine.")
    base, theirs = (version(make_workbook(each), "x") for each in (ACME, THEIRS))
    marked = merge_versions(base, version(book.data(), "ours"), theirs).data
    text = EditedBook(marked).sheet("Determination").note_text((6, 3))
    assert text is not None
    assert text.startswith("Ask Dr. Ito.\n\n")
    settled = EditedBook(marked)
    without_settled_marks(settled)
    assert settled.data() == marked
    settled.remove_sheet(SHEET)
    without_settled_marks(settled)
    assert settled.sheet("Determination").notes() == {(6, 3): "Ask Dr. Ito."}
    assert settled.sheet("Scope").notes() == {(5, 2): "Mine."}
    assert _coloured(settled.data(), "Determination") == []


def test_a_merge_over_conflicts_keeps_those_that_nobody_has_settled() -> None:
    first = merged(OURS, THEIRS)
    later = with_row(ACME, "Determination", 5, "D-0", "-", "4", "-", "investigational", "no", "No.", "Title")
    second = _again(first.data, later, ACME)
    assert (second.earlier, [each.cell for each in second.conflicts]) == (2, ["C7", "G9"])
    assert _coloured(second.data, "Determination") == ["C7 G9"]
    again = _again(second.data, later, later)
    assert [each.cell for each in again.conflicts] == ["C7", "G9"]


def test_a_conflict_that_one_branch_has_settled_is_settled() -> None:
    first = merged(OURS, THEIRS).data
    settled = EditedBook(first)
    settled.remove_sheet(SHEET)
    base, ours, theirs = version(first, "base"), version(first, "ours"), version(settled.data(), "theirs")
    assert merge_versions(base, ours, theirs).conflicts == ()
    assert merge_versions(base, theirs, ours).conflicts == ()


def test_a_sheet_that_theirs_brings_along_comes_without_settled_marks() -> None:
    settled = EditedBook(merged(OURS, THEIRS).data)
    settled.remove_sheet(SHEET)
    settled.rename_sheet("Determination", "Another")
    settled.sheet("Another").put((1, 1), "Another")
    base = {name: rows for name, rows in ACME.items() if name != "Determination"}
    three = (make_workbook(base), make_workbook(base), settled.data())
    data = merge_versions(*(version(each, "x") for each in three)).data
    assert EditedBook(data).sheet("Another").notes() == {}
    assert _coloured(data, "Another") == []


def test_the_same_files_give_the_same_bytes() -> None:
    three = versions(OURS, THEIRS)
    assert merge_versions(*three).data == merge_versions(*three).data


def test_nothing_to_merge_changes_no_byte() -> None:
    ours = make_workbook(OURS)
    base = version(make_workbook(ACME), "base")
    assert merge_versions(base, version(ours, "ours"), base).data == ours
