"""A sheet as Excel stored it: its cells, and what hides, merges, filters or strikes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell

AREA_LIMIT = 1_000_000
"""Cells, blank ones among them, that a table or list may span: a stray one far out makes few into many."""


@frozen(slots=False)
class Sheet:
    """One worksheet.

    cells: those that hold something, by (row, column), in reading order.
    struck: places of cells with text that is struck through, wholly or in part.
    unseen: places of cells whose text has the colour of its ground, or a format that shows nothing.
    hidden_columns: runs of columns (first, last); `filters` the areas whose filter has criteria.
    is_chart: whether it is a chart on a sheet of its own, which has no cells.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    struck: frozenset[tuple[int, int]] = frozenset()
    unseen: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[Area, ...] = ()
    filters: tuple[Area, ...] = ()
    is_chart: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell there; a blank one where the file holds none."""
        return self.cells.get((row, column)) or Cell(row, column)

    @cached_property
    def rows(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells of each row that holds any, rows and columns ascending."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells.values():
            rows.setdefault(cell.row, []).append(cell)
        return {number: tuple(cells) for number, cells in rows.items()}

    @property
    def last_row(self) -> int:
        """The last row that holds a value; 0 in an empty sheet."""
        return max(self.rows, default=0)

    def used(self, area: Area) -> Iterator[Cell]:
        """The cells of an area that hold something, in reading order."""
        return (cell for cell in self.cells.values() if area.holds(cell.row, cell.column))

    def spans_too_much(self, rows: int, columns: int) -> str:
        """That so many rows and columns are more than are looked at, in words; nothing where they are not."""
        if rows * columns <= AREA_LIMIT:
            return ""
        return (
            f"The sheet spans {rows:,} rows and {columns:,} columns; "
            f"at most {AREA_LIMIT:,} cells, blank ones among them, are looked at."
        )

    def covered(self, row: int, column: int) -> bool:
        """Whether a merge hides the cell behind its upper left neighbour."""
        if not self.merged:
            return False
        if row not in self._merged_in:
            self._merged_in[row] = tuple(area for area in self.merged if area.top <= row <= area.bottom)
        return any(
            area.holds(row, column) and (row, column) != (area.top, area.left)
            for area in self._merged_in[row]
        )

    @cached_property
    def _merged_in(self) -> dict[int, tuple[Area, ...]]:
        """The merges that reach into a row, for the rows asked about so far."""
        return {}


@frozen
class Package:
    """All sheets of a file in the order of their tabs, and the names of those that could not be read."""

    sheets: tuple[Sheet, ...]
    damaged: tuple[str, ...] = field(default=())
