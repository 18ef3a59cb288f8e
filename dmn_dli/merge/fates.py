"""Which rows and columns of a sheet stay: what one side has removed goes, unless the other has changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from attrs import frozen

from dmn_dli.excel.layouts import ColumnKind
from dmn_dli.merge.grids import Conflict, Edit, Grid, Key, SheetVersions, Side
from dmn_dli.merge.order import surely_moved
from dmn_dli.merge.words import REMOVED, column_name, places, row_name, row_text, told
from dmn_dli.model.cell import Cell
from dmn_dli.runtime.words import composed

ROW_REMOVED, COLUMN_REMOVED = "row removed", "column removed"
_TESTED = f"{ColumnKind.INPUT.value.casefold()} "


@frozen
class Changes:
    """The cells that a side has changed, in rows and columns that the base has too."""

    rows: Mapping[Key, Sequence[Key]]
    columns: Mapping[Key, Sequence[Key]]


@frozen
class Fates:
    """The rows and columns that stay, and what is to be said of those that were added or removed."""

    rows: AbstractSet[Key]
    columns: AbstractSet[Key]
    ours: Changes
    conflicts: tuple[Conflict, ...]
    edits: tuple[Edit, ...]


def same(one: Cell | None, other: Cell | None) -> bool:
    """Whether two cells hold the same: kind and text, in Unicode NFC."""
    if one is None or other is None:
        return (one is None or one.blank) and (other is None or other.blank)
    return one.kind is other.kind and (one.text == other.text or composed(one.text) == composed(other.text))


def changes(base: Grid, side: Grid) -> Changes:
    """What a side has changed, added and removed rows and columns left aside."""
    rows: defaultdict[Key, list[Key]] = defaultdict(list)
    columns: defaultdict[Key, list[Key]] = defaultdict(list)
    places = [place for place, cell in side.cells.items() if not same(base.cells.get(place), cell)]
    for row, column in (*places, *(place for place in base.cells if place not in side.cells)):
        if row in base.rows and row in side.rows and column in base.columns and column in side.columns:
            rows[row].append(column)
            columns[column].append(row)
    return Changes(dict(rows), dict(columns))


def fates(sheet: SheetVersions) -> Fates:
    """What becomes of each row and column."""
    conflicts: list[Conflict] = []
    edits: list[Edit] = []
    ours, theirs = changes(sheet.base, sheet.ours), changes(sheet.base, sheet.theirs)
    sides = (Side.OURS, sheet.ours, ours), (Side.THEIRS, sheet.theirs, theirs)
    rows, columns = set(sheet.ours.rows), set(sheet.ours.columns)
    for (side, grid, changed), (other, others, _) in (sides, sides[::-1]):
        moved = surely_moved(sheet.base.rows, grid.rows) if sheet.ordered else frozenset()
        for row in grid.rows:
            if row in others.rows:
                continue
            if row not in sheet.base.rows:
                edits.append(_added_row(side, sheet, grid, row))
                rows.add(row)
            elif row in changed.rows or row in moved:
                texts = _row_texts(sheet.base, grid, row, changed.rows.get(row, ()))
                name = row_name(sheet.base, row)
                conflicts.append(_conflict(sheet, ROW_REMOVED, name, side, texts, row=row))
            else:
                said = f"{row_name(sheet.base, row)} removed"
                edits.append(Edit(other, sheet.ours.name, said, row))
                rows.discard(row)
        for column in grid.columns:
            if column in others.columns:
                continue
            touched = [*changed.columns.get(column, ()), *_filled(sheet, grid, column)]
            if column not in sheet.base.columns:
                said = f"column {column_name(grid, column)} added"
                edits.append(Edit(side, sheet.ours.name, said, column=column))
                columns.add(column)
            elif touched:
                texts = _column_texts(sheet.base, grid, column, touched)
                name = column_name(sheet.base, column)
                conflicts.append(_conflict(sheet, COLUMN_REMOVED, name, side, texts, column=column))
            else:
                said = f"column {column_name(sheet.base, column)} removed"
                edits.append(Edit(other, sheet.ours.name, said, column=column))
                columns.discard(column)
    edits += _alike(sheet)
    return Fates(rows, columns, ours, tuple(conflicts), tuple(edits))


def _added_row(side: Side, sheet: SheetVersions, grid: Grid, row: Key) -> Edit:
    text = row_text(grid, row)
    said = f"{row_name(grid, row)} added" + (f": {text}" if text else "")
    return Edit(side, sheet.ours.name, said, row)


def _alike(sheet: SheetVersions) -> Iterator[Edit]:
    """What both sides have added or removed."""
    for row in sheet.ours.rows:
        if row in sheet.theirs.rows and row not in sheet.base.rows and not row.head:
            yield _added_row(Side.OURS, sheet, sheet.ours, row)
    for column in sheet.ours.columns:
        if column in sheet.theirs.columns and column not in sheet.base.columns and sheet.base.columns:
            said = f"column {column_name(sheet.ours, column)} added"
            yield Edit(Side.OURS, sheet.ours.name, said, column=column)
    for row in sheet.base.rows:
        if row not in sheet.ours.rows and row not in sheet.theirs.rows:
            yield Edit(Side.OURS, sheet.ours.name, f"{row_name(sheet.base, row)} removed", row)
    for column in sheet.base.columns:
        if column not in sheet.ours.columns and column not in sheet.theirs.columns:
            said = f"column {column_name(sheet.base, column)} removed"
            yield Edit(Side.OURS, sheet.ours.name, said, column=column)


def _filled(sheet: SheetVersions, grid: Grid, column: Key) -> Iterator[Key]:
    """New rows of a side that say something in a column; `-` says nothing."""
    for row in grid.rows:
        if row not in sheet.base.rows:
            cell = grid.at(row, column)
            if not (cell.blank or (column.name.startswith(_TESTED) and cell.text.strip() == "-")):
                yield row


def _row_texts(base: Grid, grid: Grid, row: Key, columns: Iterable[Key]) -> tuple[str, str]:
    """What the base and a side say in the cells of a row that were changed; where it stands if none was."""
    columns = list(columns)
    if not columns:
        return places(base, (row,), base.rows), places(grid, (row,), grid.rows)
    before, after = (
        "; ".join(f"{column_name(each, column)}: {told(each.at(row, column))}" for column in columns)
        for each in (base, grid)
    )
    return before, after


def _column_texts(base: Grid, grid: Grid, column: Key, rows: Iterable[Key]) -> tuple[str, str]:
    before, after = (
        "; ".join(f"{row_name(each, row)}: {told(each.at(row, column))}" for row in rows if row in each.rows)
        for each in (base, grid)
    )
    return before, after


def _conflict(
    sheet: SheetVersions,
    kind: str,
    name: str,
    changed: Side,
    texts: tuple[str, str],
    *,
    row: Key | None = None,
    column: Key | None = None,
) -> Conflict:
    """That one side has removed what the other, `changed`, has changed; name: of the row or column."""
    before, after = texts
    removed = f"{name} {REMOVED}"
    ours, theirs = (after, removed) if changed is Side.OURS else (removed, after)
    return Conflict(sheet.ours.name, kind, before, ours, theirs, row, column)
