"""Charts on sheets of their own are neither merged nor dropped in silence."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dmn_dli.merge.merging import Merged, merge_versions, version
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.runtime.input_error import InputError
from tests.cli.tables import ACME
from tests.excel.build import make_workbook

PLAIN = make_workbook(ACME)


def _charted(*names: str) -> bytes:
    book = load_workbook(BytesIO(PLAIN))
    for name in names:
        book.create_chartsheet(name)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    return merge_versions(version(base, "base"), version(ours, "ours"), version(theirs, "theirs"))


def _conflicts(merged: Merged) -> list[tuple[str, ...]]:
    return [(each.sheet, each.kind, each.base, each.ours, each.theirs) for each in merged.conflicts]


def test_a_chart_that_theirs_adds_or_removes_is_a_conflict() -> None:
    assert _conflicts(_merge(PLAIN, PLAIN, _charted("Trend"))) == [
        ("Trend", "chart sheet", "", "", "(a chart)")
    ]
    gone = _merge(_charted("Trend"), _charted("Trend"), PLAIN)
    assert _conflicts(gone) == [("Trend", "chart sheet", "(a chart)", "(a chart)", "(removed)")]
    assert EditedBook(gone.data).sheet_names[-1] == "Trend"


def test_charts_of_ours_and_those_that_both_have_are_no_conflict() -> None:
    assert _conflicts(_merge(PLAIN, _charted("Trend"), PLAIN)) == []
    assert _conflicts(_merge(_charted("Trend"), PLAIN, _charted("Trend"))) == []
    assert _conflicts(_merge(PLAIN, _charted("Trend"), _charted("Trend"))) == []


def test_a_sheet_of_theirs_with_the_name_of_a_chart_of_ours_is_a_conflict() -> None:
    theirs = EditedBook(PLAIN)
    theirs.add_sheet("trend").put((1, 1), "What changed")
    merged = _merge(PLAIN, _charted("Trend"), theirs.data())
    assert _conflicts(merged) == [("trend", "chart sheet", "", "(a chart)", "(a sheet with cells)")]
    assert merged.edits == ()


def test_a_tab_that_theirs_gives_the_name_of_a_chart_of_ours_keeps_its_own() -> None:
    theirs = EditedBook(PLAIN)
    theirs.rename_sheet("Notes", "Trend")
    merged = _merge(PLAIN, _charted("Trend"), theirs.data())
    assert _conflicts(merged) == [("Notes", "sheet name", "Notes", "Notes", "Trend")]
    assert merged.edits == ()


def test_a_chart_named_conflicts_is_refused_by_name() -> None:
    with pytest.raises(InputError, match='ours: The sheet "Conflicts" is a chart'):
        _merge(PLAIN, _charted("Conflicts"), PLAIN)
