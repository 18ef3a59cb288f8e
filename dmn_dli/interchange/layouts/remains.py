"""What a layout does not use of a file, kept as notes and told: nothing of it is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.grid import Grid

_MOST_ROWS = 2_000
_MOST_COLUMNS = 60
_MOST_CELLS = 50


def kept_as_notes(grid: Grid, guesses: list[Guess], why: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a sheet that is no table, as text; how much of it is kept is told."""
    said = f"{why} It is kept as notes."
    if grid.last_row > _MOST_ROWS or grid.last_column > _MOST_COLUMNS:
        said = f"{why} Its first {_MOST_ROWS:,} rows and {_MOST_COLUMNS} columns are kept as notes."
    guesses.append(Guess(grid.name, said))
    rows = range(1, min(grid.last_row, _MOST_ROWS) + 1)
    columns = range(1, min(grid.last_column, _MOST_COLUMNS) + 1)
    return tuple(tuple(grid.at(row, column).text for column in columns) for row in rows)


def unused(grid: Grid, used: Iterable[tuple[int, int]]) -> Iterator[Guess]:
    """Each cell of a sheet that no table took, with what it holds."""
    taken = set(used)
    left = [cell for place, cell in grid.sheet.cells.items() if place not in taken]
    for cell in left[:_MOST_CELLS]:
        flat = " ".join(cell.text.split())
        text = flat if len(flat) <= 80 else flat[:77] + "..."
        yield Guess(grid.place(cell.row, cell.column), f'"{text}" belongs to no table; it is left out.')
    if len(left) > _MOST_CELLS:
        first, last = left[_MOST_CELLS].reference, left[-1].reference
        said = f"{len(left) - _MOST_CELLS:,} more cells belong to no table, from {first} to {last}."
        yield Guess(grid.name, said)
