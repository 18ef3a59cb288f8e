"""Whatever people write wherever: the house style twice is once, and `check` finds what it found."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.excel.workbook import read_workbook_bytes
from dmn_dli.keeping.house_style import restyled
from dmn_dli.linking.link import link
from tests.excel.build import GOOD_NAME, WITH_CRITERIA, make_book, save
from tests.keeping.plans import dictionary_of
from tests.keeping.test_house_style import values

_CELLS = st.sampled_from(
    [
        None,
        "-",
        "other",
        "Service",
        "IF",
        "THEN",
        "NOTE",
        "GROUP",
        "Criteria",
        "Criteria.1",
        "Status",
        "retired",
        "none",
        "DLI",
        "values",
        "case",
        "default: other",
        "a, b\nc",
        "=1+1",
        " ",
        "null",
        "[0..4]",
        "text \u202e with <signs> & \u00a0blanks",
        0,
        2.1,
        1e7,
        True,
        date(2025, 2, 1),
        time(10, 30),
        "long words " * 40,
    ]
)
_FORMATS = st.sampled_from([None, "@", "0%", "0.00", "mmm-yy", "d-mmm", "yyyy-mm-dd", "General", "0.00E+00"])
_EDITS = st.lists(
    st.tuples(st.sampled_from([*WITH_CRITERIA]), st.integers(1, 12), st.integers(1, 11), _CELLS, _FORMATS),
    max_size=6,
)
_MERGES = st.lists(
    st.tuples(
        st.sampled_from([*WITH_CRITERIA]), st.sampled_from(["A1:B1", "C1:D1", "B1:C2", "B4:C4", "A6:A7"])
    ),
    max_size=1,
)


def _edited(edits: list[tuple[str, int, int, Any, str | None]], merges: list[tuple[str, str]]) -> bytes:
    book = make_book(WITH_CRITERIA)
    for name, row, column, value, number_format in edits:
        cell = book[name].cell(row, column)
        cell.value = value
        if number_format is not None:
            cell.number_format = number_format
    for name, area in merges:
        book[name].merge_cells(area)
    return save(book)


def _judge(edits: list[tuple[str, int, int, Any, str | None]], merges: list[tuple[str, str]]) -> None:
    data = _edited(edits, merges)
    dictionary = dictionary_of()
    styled = restyled(data, lambda: dictionary, GOOD_NAME)
    again = restyled(styled.data, lambda: dictionary, GOOD_NAME)
    assert again.data == styled.data
    assert not again.changed
    restated = {(each.sheet, each.cell) for each in styled.restated}
    before, after = values(data), values(styled.data)
    assert {place for place in {*before, *after} if before.get(place) != after.get(place)} == restated
    found = []
    for each in (data, styled.data):
        workbook = read_workbook_bytes(each, GOOD_NAME, GOOD_NAME)
        findings = (*workbook.findings, *link(workbook, dictionary).findings)
        # What stood in a row 4 that repeats the dictionary now is gone, and so is what was wrong with it.
        found.append(sorted(f.text for f in findings if (f.sheet, f.cell) not in restated))
    assert found[0] == found[1]


@settings(max_examples=6)
@given(_EDITS, _MERGES)
def test_twice_is_once_and_the_same_is_found(
    edits: list[tuple[str, int, int, Any, str | None]], merges: list[tuple[str, str]]
) -> None:
    _judge(edits, merges)


@pytest.mark.slow
@settings(max_examples=300)
@given(_EDITS, _MERGES)
def test_twice_is_once_and_the_same_is_found_of_many(
    edits: list[tuple[str, int, int, Any, str | None]], merges: list[tuple[str, str]]
) -> None:
    _judge(edits, merges)
