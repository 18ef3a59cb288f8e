"""A sheet of somebody else's workbook: its cells, and the looks by which some layouts speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from dmn_dli.excel.sheet import Sheet
from dmn_dli.interchange.imported import Guess
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell, CellKind, cell_name
from dmn_dli.model.repair import trim

Places = frozenset[tuple[int, int]]


@frozen(slots=False)
class Grid:
    """A sheet of a file that is imported.

    sheet: its cells; a formula's cell holds the value that was last reckoned. formulas, comments: what stands
    behind cells. double_right, double_below: places with a double line at that side.
    """

    sheet: Sheet
    formulas: Mapping[tuple[int, int], str] = field(factory=dict)
    comments: Mapping[tuple[int, int], str] = field(factory=dict)
    double_right: Places = frozenset()
    double_below: Places = frozenset()

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.sheet.name

    @cached_property
    def last_row(self) -> int:
        """The last row that holds a value; 0 in an empty sheet."""
        return self.sheet.last_row

    @cached_property
    def last_column(self) -> int:
        """The last column that holds a value; 0 in an empty sheet."""
        return max((column for _, column in self.sheet.cells), default=0)

    def at(self, row: int, column: int) -> Cell:
        """The cell there; a blank one where the file holds none, or a merge covers it."""
        return self.sheet.at(row, column)

    def text(self, row: int, column: int) -> str:
        """The cell's text without outer blanks."""
        return trim(self.sheet.at(row, column).text)

    def merge(self, row: int, column: int) -> Area | None:
        """The merged range that the cell lies in."""
        return next((area for area in self._merges.get(row, ()) if area.holds(row, column)), None)

    def filled(self, row: int, column: int) -> Cell:
        """The cell there, or the one whose merge covers it: a merged cell repeats its value."""
        area = self.merge(row, column)
        return self.at(row, column) if area is None else self.at(area.top, area.left)

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row that hold something."""
        return self.sheet.rows.get(row, ())

    def place(self, row: int, column: int) -> str:
        """The cell's address, with its sheet."""
        return cell_name(self.name, Cell(row, column).reference)

    @cached_property
    def _merges(self) -> Mapping[int, tuple[Area, ...]]:
        found: dict[int, list[Area]] = {}
        for area in self.sheet.merged:
            for row in range(area.top, min(area.bottom, self.last_row) + 1):
                found.setdefault(row, []).append(area)
        return {row: tuple(areas) for row, areas in found.items()}


@frozen
class ForeignFile:
    """The sheets of a file, and what is to be said of how it was read."""

    name: str
    grids: tuple[Grid, ...]
    guesses: tuple[Guess, ...] = ()


def looks(grid: Grid) -> Iterator[Guess]:
    """What a sheet has besides values: each that an import does not carry over, or that may mislead."""
    sheet = grid.sheet
    if sheet.hidden:
        yield Guess(grid.name, "The sheet is hidden; it is imported as the others are.")
    if sheet.is_chart:
        yield Guess(grid.name, "The sheet is a chart; it is left out.")
    hidden = sorted(row for row in sheet.hidden_rows if row in sheet.rows)
    if hidden:
        yield Guess(grid.name, f"Hidden rows are imported as the others are: {_listed(hidden)}.")
    columns = [
        column
        for first, last in sheet.hidden_columns
        for column in range(first, min(last, grid.last_column) + 1)
    ]
    if columns:
        letters = [Cell(1, column).reference[:-1] for column in columns]
        yield Guess(grid.name, f"Hidden columns are imported as the others are: {_listed(letters)}.")
    for area in sheet.filters:
        yield Guess(
            f"{grid.name}!{area.reference}", "A filter is active; the rows it hides are imported too."
        )
    for row, column in sorted(sheet.struck):
        yield Guess(grid.place(row, column), "The text is struck through; it is imported as it stands.")
    for place, formula in sorted(grid.formulas.items()):
        cell = grid.at(*place)
        if cell.kind is CellKind.FORMULA:
            said = f"The formula {_short(formula)} has no value in the file; open it in Excel and save it."
        else:
            said = f"The formula {_short(formula)} is taken as its last value, {_short(cell.text)}."
        yield Guess(grid.place(*place), said)
    for place, comment in sorted(grid.comments.items()):
        yield Guess(grid.place(*place), f"A comment is not carried over: {_short(comment)}.")


def _listed(things: list[int] | list[str]) -> str:
    more = f" and {len(things) - 20} more" if len(things) > 20 else ""
    return ", ".join(str(each) for each in things[:20]) + more


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= 120 else f'"{flat[:117]}..."'
