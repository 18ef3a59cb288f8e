"""How a merge speaks of rows, columns and cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized

from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, VALUES_ROW
from dmn_dli.merge.grids import CORNER, Grid, Key, SheetKind, head_row
from dmn_dli.model.cell import Cell, column_letters

REMOVED = "(removed)"
BLANK = "(blank)"
_LONGEST = 12
"""Rows that are named one by one."""

_CORNERS = {1: "name", KIND_ROW: "hit policy"}
"""What stands in column A of the head."""

_HEADS = {KIND_ROW: "row 2", HEADING_ROW: "heading", VALUES_ROW: "values"}


def row_name(grid: Grid, row: Key) -> str:
    """A row as people call it: its id, field or name; its place where it has none."""
    if row.head and grid.kind in (SheetKind.TABLE, SheetKind.CRITERIA):
        number = int(row.name[1:])
        return _HEADS.get(number, f"row {number}")
    if row.head:
        return "headings"
    said = [grid.at(row, column).text for column in _naming(grid)]
    name = " ".join(" ".join(text.split()) for text in said if text)
    return name or f"row {grid.rows[row]}"


def column_name(grid: Grid, column: Key) -> str:
    """A column as people call it: its heading; its letters where it has none."""
    if grid.kind is not SheetKind.TEXT:
        tables = grid.kind in (SheetKind.TABLE, SheetKind.CRITERIA)
        heading = grid.at(head_row(HEADING_ROW if tables else 1), column).text
        if heading:
            return " ".join(heading.split())
    return f"column {column_letters(grid.columns[column])}"


def place_name(grid: Grid, row: Key, column: Key) -> str:
    """A cell as people call it: its row's name and its column's; the name and hit policy of a table."""
    corner = _CORNERS.get(int(row.name[1:])) if column == CORNER and row.head else None
    return corner or f"{row_name(grid, row)}, {column_name(grid, column)}"


def cell_text(cell: Cell | None) -> str:
    """What a cell holds."""
    return "" if cell is None else cell.text


def told(cell: Cell | None) -> str:
    """What a cell holds, for a sentence."""
    text = cell_text(cell)
    return " ".join(text.split()) or BLANK


def places(grid: Grid, rows: Iterable[Key], order: Iterable[Key]) -> str:
    """Where rows stand: `M-07 below M-06; M-09 first`."""
    found: list[str] = []
    wanted = set(rows)
    above: Key | None = None
    for each in order:
        if each in wanted:
            first = above is None or above.head
            name = row_name(grid, each)
            found.append(f"{name} first" if first else f"{name} below {row_name(grid, above or each)}")
        above = each
    return "; ".join(_few(found))


def names(grid: Grid, rows: Iterable[Key]) -> str:
    """Rows in their order, by their names."""
    return ", ".join(_few([row_name(grid, row) for row in rows]))


def few(rows: Sized) -> bool:
    """Whether so many are named one by one."""
    return len(rows) <= _LONGEST


def _few(said: Sequence[str]) -> Sequence[str]:
    """As many as are named one by one, and how many there are besides."""
    more = len(said) - _LONGEST
    return said if more <= 0 else [*said[:_LONGEST], f"{more} more"]


def row_text(grid: Grid, row: Key) -> str:
    """What a row says: `Donor age: < 60; Scope: covered`; cells that say nothing left out."""
    return "; ".join(
        f"{column_name(grid, column)}: {told(grid.at(row, column))}"
        for column in grid.columns
        if column not in _naming(grid) and cell_text(grid.at(row, column)) not in ("", "-")
    )


def _naming(grid: Grid) -> Iterable[Key]:
    """The columns of a row's name, left to right."""
    if grid.kind in (SheetKind.TABLE, SheetKind.CRITERIA):
        return (CORNER,)
    if grid.kind is SheetKind.TEXT:
        return ()
    return [column for column in grid.columns if column in grid.named_by or not grid.named_by]
