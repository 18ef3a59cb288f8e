"""What was edited in a decision table or sheet of criteria: its head, its columns, its rows cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.grid import IF, Column, Grid, Row, grid_of, row_text
from dmn_dli.diff.matching import Matched, Sheet, by_key, criterion_rows, moved
from dmn_dli.excel.layouts import VALUES_ROW
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.table import DecisionTable


@frozen
class Versions:
    """Two versions of a table or sheet of criteria, and which of their columns and rows correspond."""

    old: Grid
    new: Grid
    columns: Matched[Column]
    rows: Matched[Row]


def table_changes(old: DecisionTable, new: DecisionTable) -> Iterator[Change]:
    """The changes of a decision, from its head down to its rules in the new order."""
    yield from _changes(versions(old, new))


def criteria_changes(old: CriteriaSheet, new: CriteriaSheet) -> Iterator[Change]:
    """The changes of a sheet of criteria likewise; a row with another number was renumbered."""
    yield from _changes(versions(old, new))


def versions(old: Sheet, new: Sheet) -> Versions:
    """What of two versions corresponds: columns by heading, rules by id, criteria by `criterion_rows`."""
    before, after = grid_of(old), grid_of(new)
    if isinstance(old, CriteriaSheet) and isinstance(new, CriteriaSheet):
        rows = _criteria(old, new, before, after)
    else:
        rows = by_key(before.rows, after.rows, lambda rule: rule.id)
    return Versions(before, after, _matched_columns(before, after), rows)


def _criteria(old: CriteriaSheet, new: CriteriaSheet, before: Grid, after: Grid) -> Matched[Row]:
    matched = criterion_rows(old, new)
    sides = (old, before), (new, after)
    rows = {id(row): shown for sheet, grid in sides for row, shown in zip(sheet.rows, grid.rows, strict=True)}
    return Matched(
        tuple((rows[id(former)], rows[id(row)]) for former, row in matched.pairs),
        tuple(rows[id(row)] for row in matched.removed),
        tuple(rows[id(row)] for row in matched.added),
    )


def _changes(both: Versions) -> Iterator[Change]:
    old, new, columns, rows = both.old, both.new, both.columns, both.rows
    yield from _head(old, new)
    for former, column in columns.pairs:
        if former.key != column.key:
            kind = ChangeKind.CLAUSE_READS if column.kind == IF else ChangeKind.CLAUSE_CHANGED
            yield _column_change(kind, old, new, former, column)
        then, now = (each.values.text if each.values else "" for each in (former, column))
        if then != now:
            subject = column.heading.text
            places = _values_place(old, former), _values_place(new, column)
            yield Change(ChangeKind.VALUES, subject, then, now, new.name, "", *places)
    for column in columns.removed:
        yield _column_change(ChangeKind.CLAUSE_REMOVED, old, new, column, None)
    for column in columns.added:
        yield _column_change(ChangeKind.CLAUSE_ADDED, old, new, None, column)
    yield from _rows(old, new, columns, rows)


def _head(old: Grid, new: Grid) -> Iterator[Change]:
    a1 = cell_name(old.sheet, "A1"), cell_name(new.sheet, "A1")
    if old.name != new.name:
        yield Change(new.kinds.renamed, new.name, old.name, new.name, new.name, "", *a1)
    if old.question != new.question:
        places = cell_name(old.sheet, "B1"), cell_name(new.sheet, "B1")
        yield Change(ChangeKind.QUESTION, "question", old.question, new.question, new.name, "", *places)
    if old.word != new.word:
        places = cell_name(old.sheet, "A2"), cell_name(new.sheet, "A2")
        yield Change(ChangeKind.HIT_POLICY, "hit policy", old.word, new.word, new.name, "", *places)


def _rows(old: Grid, new: Grid, columns: Matched[Column], rows: Matched[Row]) -> Iterator[Change]:
    kinds = new.kinds
    for row in rows.removed:
        place = cell_name(old.sheet, row.cell.reference)
        yield Change(kinds.row_removed, "", row_text(old, row), None, new.name, row.id, place)
    former_of = {id(row): former for former, row in rows.pairs}
    shifted = set(moved([row.id for row in old.rows], [row.id for row in new.rows]))
    for row in new.rows:
        place = cell_name(new.sheet, row.cell.reference)
        former = former_of.get(id(row))
        if former is None:
            yield Change(kinds.row_added, "", None, row_text(new, row), new.name, row.id, "", place)
            continue
        old_place = cell_name(old.sheet, former.cell.reference)
        if former.id != row.id:
            kind = ChangeKind.CRITERION_RENUMBERED
            yield Change(kind, "number", former.id, row.id, new.name, row.id, old_place, place)
        elif row.id in shifted:
            places = f"row {former.cell.row}", f"row {row.cell.row}"
            if former.cell.row == row.cell.row:
                places = _below(old, former), _below(new, row)
            yield Change(kinds.row_moved, "", *places, new.name, row.id, old_place, place)
        yield from _cells(old, new, former, row, columns)


def _below(grid: Grid, row: Row) -> str:
    """Where a row stands among the others: what changed for one that kept its place while they moved."""
    position = [each.id for each in grid.rows].index(row.id)
    if not position:
        return f"the first {grid.corner.casefold()}"
    return f'below "{grid.rows[position - 1].id}"'


def _cells(old: Grid, new: Grid, former: Row, row: Row, columns: Matched[Column]) -> Iterator[Change]:
    for before, after in columns.pairs:
        then, now = former.cells[before.position], row.cells[after.position]
        if then.text.strip() != now.text.strip():
            yield Change(
                ChangeKind.CELL,
                after.heading.text,
                then.text,
                now.text,
                new.name,
                row.id,
                cell_name(old.sheet, then.reference),
                cell_name(new.sheet, now.reference),
                after.kind,
            )


def _matched_columns(old: Grid, new: Grid) -> Matched[Column]:
    """Columns by heading; of those left over the ones in the same place were given a new heading."""
    matched = by_key(old.columns, new.columns, lambda column: column.key)
    renamed = by_key(matched.removed, matched.added, lambda column: (column.kind, column.place))
    pairs = sorted((*matched.pairs, *renamed.pairs), key=lambda pair: pair[1].heading.column)
    return Matched(tuple(pairs), renamed.removed, renamed.added)


def _column_change(
    kind: ChangeKind, old: Grid, new: Grid, former: Column | None, column: Column | None
) -> Change:
    shown = column or former
    assert shown is not None
    return Change(
        kind,
        f"{shown.kind} {shown.heading.text}",
        former.heading.text if former else None,
        column.heading.text if column else None,
        new.name,
        "",
        cell_name(old.sheet, former.heading.reference) if former else "",
        cell_name(new.sheet, column.heading.reference) if column else "",
    )


def _values_place(grid: Grid, column: Column) -> str:
    return cell_name(grid.sheet, Cell(VALUES_ROW, column.heading.column).reference)
