"""The examples on the page about merging are what a merge makes of them."""

from __future__ import annotations

import re

import pytest

from dmn_dli.excel.sheet import Sheet
from dmn_dli.merge.books import aligned, merge_books
from dmn_dli.merge.grids import CORNER, Grid, Key, MergedGrid, head_row
from dmn_dli.merge.reading import grid_of
from dmn_dli.model.cell import Cell, CellKind
from tests.docs.pages import ROOT, read

PAGE = read(ROOT / "docs" / "merge.md")
_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_EXAMPLES = [
    [cell.strip() for cell in row.split("|")] for row in _ROW.findall(PAGE) if row.count("|") in (3, 4)
]
ORDERS = [row for row in _EXAMPLES if len(row) == 5 and re.fullmatch(r"`[a-z]+`", row[0])]
CELLS = [row for row in _EXAMPLES if len(row) == 4 and row[0] == "`< 60`"]
VALUES = [row for row in _EXAMPLES if len(row) == 4 and re.match(r'`["a\[]', row[0])]
SERVICE, SCOPE = Key("if service"), Key("then scope")


def _table(rules: str, condition: str = "", values: str = "") -> Grid:
    """A table of hit policy F with a rule for each letter."""
    lines = [["Table", "What?"], ["F", "IF", "THEN"], ["Rule", "Service", "Scope"], ["values", values]]
    lines += [[rule, condition or "-", rule] for rule in rules]
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, text)
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line, 1)
        if text.strip()
    }
    return grid_of(Sheet("Table", cells))


def _merged(*versions: Grid) -> MergedGrid:
    base, ours, theirs = ({"Table": version} for version in versions)
    return merge_books(aligned(base, ours, theirs)).grids["Table"]


def _plain(cell: str) -> str:
    return cell.strip("`")


def test_the_page_has_its_examples() -> None:
    assert (len(ORDERS), len(CELLS), len(VALUES)) == (9, 5, 7)


@pytest.mark.parametrize("row", ORDERS, ids=lambda row: "-".join(map(_plain, row[:3])))
def test_orders_are_merged_as_the_page_shows(row: list[str]) -> None:
    merged = _merged(*(_table(_plain(each)) for each in row[:3]))
    order = "".join(key.name for key, _ in merged.rows if not key.head)
    conflict = row[3].startswith("conflict, ")
    assert order == _plain(row[3].removeprefix("conflict, "))
    assert {each.kind for each in merged.conflicts} == ({"row order"} if conflict else set())


@pytest.mark.parametrize("row", CELLS, ids=lambda row: "-".join(map(_plain, row[:3])))
def test_cells_are_merged_as_the_page_shows(row: list[str]) -> None:
    versions = [_table("a", _plain(each) or " ") for each in row[:3]]
    merged = _merged(*versions)
    place = Key("a"), SERVICE
    cell = merged.cells.get(place, versions[1].cells.get(place))
    conflict, _, value = row[3].rpartition(", ")
    assert (cell.text if cell else "blank") == _plain(value)
    assert [each.kind for each in merged.conflicts] == (["cell"] if conflict else [])


@pytest.mark.parametrize("row", VALUES, ids=lambda row: "-".join(map(_plain, row[:3])))
def test_lists_of_values_are_merged_as_the_page_shows(row: list[str]) -> None:
    versions = [_table("a", values=_plain(each)) for each in row[:3]]
    merged = _merged(*versions)
    place = head_row(4), SERVICE
    if row[3] == "conflict":
        assert [(each.row, each.column) for each in merged.conflicts] == [place]
        assert place not in merged.cells
    else:
        cell = merged.cells.get(place, versions[1].cells[place])
        assert cell is not None
        assert cell.text == _plain(row[3])
        assert merged.conflicts == ()
    assert (place[0], CORNER) not in merged.cells
