"""A side with all of its edits is the side, with none the base, and with some both as far as they go."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.merge.grids import Grid, Key, SheetKind
from dmn_dli.merge.parts_of_edits import Piece, pieces, with_pieces
from dmn_dli.model.cell import Cell, CellKind

Table = dict[str, dict[str, str]]
"""Rows by name, each with its cells by the column's name."""


def _grid(table: Table, columns: Sequence[str]) -> Grid:
    rows = {Key(name): place for place, name in enumerate(table, 1)}
    across = {Key(name): place for place, name in enumerate(columns, 1)}
    cells = {
        (Key(row), Key(column)): Cell(rows[Key(row)], across[Key(column)], CellKind.TEXT, text)
        for row, held in table.items()
        for column, text in held.items()
    }
    return Grid("Scope", SheetKind.TABLE, rows, across, cells, ordered=True)


def _said(grid: Grid) -> tuple[list[str], set[str], Table]:
    said: Table = {row.name: {} for row in grid.rows}
    for (row, column), cell in grid.cells.items():
        said[row.name][column.name] = cell.text
    return [row.name for row in grid.rows], {column.name for column in grid.columns}, said


@st.composite
def _grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.lists(st.sampled_from("xyz"), unique=True, min_size=1))
    rows = draw(st.lists(st.sampled_from("abcde"), unique=True))
    return _grid({row: {column: draw(st.sampled_from("12")) for column in columns} for row in rows}, columns)


@given(_grids(), _grids())
def test_all_pieces_make_the_side_and_none_leave_the_base(base: Grid, side: Grid) -> None:
    old, new = {"Scope": base}, {"Scope": side}
    taken = pieces(old, new)
    assert _said(with_pieces(old, new, taken)["Scope"]) == _said(side)
    assert _said(with_pieces(old, new, ())["Scope"]) == _said(base)


def test_a_piece_is_taken_and_the_others_are_left() -> None:
    base = _grid({"a": {"x": "1"}, "b": {"x": "1"}, "c": {"x": "1"}}, "x")
    side = _grid({"a": {"x": "2"}, "c": {"x": "1"}, "d": {"x": "3"}}, "x")
    found = pieces({"Scope": base}, {"Scope": side})
    assert found == tuple(Piece("Scope", Key(name)) for name in "abd")
    some = with_pieces({"Scope": base}, {"Scope": side}, found[1:])["Scope"]
    assert _said(some)[2] == {"a": {"x": "1"}, "c": {"x": "1"}, "d": {"x": "3"}}


def test_sheets_of_one_side_are_pieces_and_free_text_is_none() -> None:
    table = _grid({"a": {"x": "1"}}, "x")
    notes = Grid("Notes", SheetKind.TEXT, {}, {}, {})
    more = Grid("Notes", SheetKind.TEXT, {Key("1"): 1}, {Key("1"): 1}, {})
    old, new = {"Notes": notes, "Gone": table}, {"Notes": more, "New": table}
    assert pieces(old, new) == (Piece("Gone"), Piece("New"))
    assert set(with_pieces(old, new, [Piece("New")])) == {"Notes", "Gone", "New"}
    assert set(with_pieces(old, new, [Piece("Gone")])) == {"Notes"}
