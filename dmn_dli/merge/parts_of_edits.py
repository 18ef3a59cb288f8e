"""A side of a merge with some of its edits only: what it would be if nobody had made the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from dmn_dli.merge.grids import Edit, Grid, Grids, Key, SheetKind

T = TypeVar("T")


@frozen
class Piece:
    """What is taken over or left as a whole: a row with all its cells, a column, the order, a sheet.

    sheet: its name in `Versions`. row, column: None of both is the sheet itself, where a side has it alone;
    order: that of its rows.
    """

    sheet: str
    row: Key | None = None
    column: Key | None = None
    order: bool = False


_WITHOUT_EFFECT = (SheetKind.TEXT, SheetKind.HISTORY)
"""Sheets that decide nothing: their edits are never to blame."""


def pieces(base: Grids, side: Grids) -> tuple[Piece, ...]:
    """What a side changed that may have to do with what a workbook decides."""
    found: list[Piece] = []
    for name in dict.fromkeys((*base, *side)):
        old, new = base.get(name), side.get(name)
        if old is None or new is None:
            found.append(Piece(name))
        elif new.kind not in _WITHOUT_EFFECT:
            found += _pieces(name, old, new)
    return tuple(found)


def _pieces(name: str, old: Grid, new: Grid) -> Iterator[Piece]:
    columns = old.columns.keys() ^ new.columns.keys()
    yield from (Piece(name, column=each) for each in (*old.columns, *new.columns) if each in columns)
    both = old.columns.keys() & new.columns.keys()
    for row in dict.fromkeys((*old.rows, *new.rows)):
        lone = (row in old.rows) != (row in new.rows)
        if lone or any(_says(old, row, column) != _says(new, row, column) for column in both):
            yield Piece(name, row)
    if new.ordered and _common(old.rows, new.rows) != _common(new.rows, old.rows):
        yield Piece(name, order=True)


def with_pieces(base: Grids, side: Grids, taken: Collection[Piece]) -> dict[str, Grid]:
    """The base with these pieces of a side."""
    found: dict[str, Grid] = {}
    for name in dict.fromkeys((*base, *side)):
        old, new = base.get(name), side.get(name)
        if old is None or new is None:
            chosen = new if Piece(name) in taken else old
        elif new.kind in _WITHOUT_EFFECT:
            chosen = new
        else:
            chosen = _mixed(name, old, new, taken)
        if chosen is not None:
            found[name] = chosen
    return found


def _mixed(name: str, old: Grid, new: Grid, taken: Collection[Piece]) -> Grid:
    rows = {
        each for each in (*old.rows, *new.rows) if each in (new if Piece(name, each) in taken else old).rows
    }
    columns = {
        each
        for each in (*old.columns, *new.columns)
        if each in (new if Piece(name, column=each) in taken else old).columns
    }
    leading, other = (new, old) if Piece(name, order=True) in taken or not new.ordered else (old, new)
    in_order = [each for each in interleaved(leading.rows, other.rows) if each in rows]
    across = [each for each in interleaved(new.columns, old.columns) if each in columns]
    cells = {}
    for row in in_order:
        for column in across:
            of_new = Piece(name, row) in taken or Piece(name, column=column) in taken
            cell = (new if of_new else old).cells.get((row, column))
            if cell is not None:
                cells[row, column] = cell
    return evolve(
        new,
        rows={each: place for place, each in enumerate(in_order, 1)},
        columns={each: place for place, each in enumerate(across, 1)},
        cells=cells,
    )


def interleaved(leading: Iterable[T], other: Iterable[T]) -> list[T]:
    """All names of both, in the order of the first; what the second has alone stands behind its neighbour."""
    order = list(leading)
    known = set(order)
    before: T | None = None
    for each in other:
        if each not in known:
            order.insert(0 if before is None else order.index(before) + 1, each)
        before = each
    return order


def words(piece: Piece, edits: Iterable[Edit], tab: str) -> Sequence[str]:
    """What the edits of a piece say, behind the sheet's name; without any the row's or column's name.

    tab: what the sheet is called in the edits.
    """
    found = [
        f"{each.sheet}: {each.said}"
        for each in edits
        if each.sheet == tab
        and (piece.row is None or each.row == piece.row)
        and (piece.column is None or each.column == piece.column)
    ]
    named = piece.row or piece.column
    return found or [f"{tab}: {named.name}" if named else tab]


def _says(grid: Grid, row: Key, column: Key) -> tuple[str, str] | None:
    cell = grid.cells.get((row, column))
    return None if cell is None else (cell.kind.value, cell.text)


def _common(rows: Iterable[Key], others: Collection[Key]) -> list[Key]:
    return [each for each in rows if each in others]
