"""The rows below a sheet's head, row 5 to the last that holds a value: rules of a table, or criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.excel.columns import Column, column_kind
from dmn_dli.excel.layouts import CRITERIA, FIRST_RULE_ROW, KIND_ROW, ColumnKind, Layout
from dmn_dli.excel.place import Place, short, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import IN_FORCE
from dmn_dli.runtime.nearest import did_you_mean

_STATUS, _RETIRED = "status", "retired"

RULES_LIMIT = 10_000
"""Rules that a table may have: no proof is tried of more. The largest that people keep have some hundred."""


@frozen
class Grid:
    """What is read as a row: the columns of a sheet, and how their cells are treated.

    plain: numbers of the columns whose cells are tests, expressions or words, which are read in plain
        characters; `blanks` of those where only blanks are repaired; the others keep their text as it is.
    due: the columns that may hold no blank cell.
    """

    sheet: Sheet
    place: Place
    layout: Layout
    columns: tuple[Column, ...]
    plain: Set[int]
    due: tuple[Column, ...]
    blanks: Set[int] = frozenset()

    def finding(self, code: Code, message: str, cell: Cell | str, rules: tuple[str, ...] = ()) -> Finding:
        """A finding in the words of the sheet's layout."""
        return self.layout.finding(self.place, code, message, cell, rules)


@frozen
class Row:
    """A row as read: its id, and its cells in the order of the columns."""

    id: str
    cell: Cell
    cells: tuple[tuple[Column, Cell], ...]
    retired: bool

    def of(self, kind: ColumnKind) -> tuple[Cell, ...]:
        """The cells of the columns of a kind, left to right."""
        return tuple(cell for column, cell in self.cells if column.kind is kind)


def last_row(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """The last row with a value in one of the columns; 0 where there is none below the head."""
    return max(_used_rows(sheet, columns), default=0)


def read_rows(grid: Grid, found: list[Finding]) -> tuple[Row, ...]:
    """The rows in their order; what is wrong with them is added to `found`."""
    sheet, place, layout, columns = grid.sheet, grid.place, grid.layout, grid.columns
    rows = _used_rows(sheet, columns)
    if len(rows) > RULES_LIMIT:
        message = (
            f"The {layout.whole} has {len(rows):,} {layout.rows}; "
            f"at most {RULES_LIMIT:,} are read and proven."
        )
        found.append(place.finding(codes.TOO_MANY_RULES, message, f"A{rows[RULES_LIMIT]}"))
        return ()
    wide = sheet.spans_too_much(len(rows), len(columns))
    if wide:
        found.append(place.finding(codes.TOO_LARGE, wide))
        return ()
    after_gap = False
    previous = FIRST_RULE_ROW - 1
    read: list[Row] = []
    for row in rows:
        if _begins_another_table(sheet, row):
            message = f"Another table begins in A{row}; a sheet holds one {layout.kind}."
            found.append(
                place.finding(codes.OUTSIDE, message, f"A{row}", remedy="Move it to a sheet of its own.")
            )
            break
        if row > previous + 1:
            after_gap = True
            found.append(_gap(grid, previous + 1, row))
        previous = row
        if after_gap and not _says_something(grid, row):
            continue
        read.append(_row(grid, row, found))
    if not read:
        message = f"No {layout.row} stands in row 5 or below."
        found.append(layout.finding(place, codes.NO_RULES, message, f"A{FIRST_RULE_ROW}"))
    found.extend(_duplicate_ids(read, grid))
    found.extend(_retired(read, place))
    return tuple(read)


def _used_rows(sheet: Sheet, columns: tuple[Column, ...]) -> list[int]:
    """The rows below the head that hold a value in one of the columns, ascending."""
    numbers = {1, *(column.number for column in columns)}
    return [
        row
        for row, cells in sheet.rows.items()
        if row >= FIRST_RULE_ROW and any(cell.column in numbers for cell in cells)
    ]


def _gap(grid: Grid, first: int, below: int) -> Finding:
    what = f"Row {first} is" if first == below - 1 else f"Rows {first} to {below - 1} are"
    message = (
        f"{what} blank, and row {below} goes on; "
        f"{grid.layout.rows} are expected one below the other without a gap."
    )
    return grid.finding(codes.GAP, message, f"A{first}")


def _begins_another_table(sheet: Sheet, row: int) -> bool:
    below = sheet.rows.get(row + KIND_ROW - 1, ())
    return any(column_kind(cell) for cell in below if cell.column > 1)


def _says_something(grid: Grid, row: int) -> bool:
    """Whether a row has an id and something to decide; below a gap, a stray remark has not."""
    return not grid.sheet.at(row, 1).blank and any(
        not grid.sheet.at(row, column.number).blank
        for column in grid.columns
        if column.kind is not ColumnKind.ANNOTATION
    )


def _row(grid: Grid, row: int, found: list[Finding]) -> Row:
    name = _id(grid, row, found)
    found.extend(_blanks(grid, row, name.text))
    cells: list[tuple[Column, Cell]] = []
    retired = False
    for column in grid.columns:
        cell = grid.sheet.at(row, column.number)
        if column.number in grid.plain:
            cell = grid.place.repaired(cell, found)
        elif column.number in grid.blanks:
            cell = grid.place.repaired_blanks(cell, found)
        else:
            cell = trimmed(cell)
        cells.append((column, cell))
        if column.kind is ColumnKind.ANNOTATION:
            said, is_status = plain_word(cell.text), plain_word(column.heading.text) == _STATUS
            retired |= is_status and said == _RETIRED
            found.extend(_status(grid, cell, said, column, name.text))
    return Row(name.text, name, tuple(cells), retired)


def _id(grid: Grid, row: int, found: list[Finding]) -> Cell:
    """The cell with the row's id; what keeps it from being one is added to `found`."""
    name = grid.place.repaired_blanks(grid.sheet.at(row, 1), found)
    if name.blank and not grid.sheet.covered(row, 1):
        message = f"Row {row} has no {grid.layout.row} id in column A."
        found.append(grid.finding(codes.NO_RULE_ID, message, name))
    elif name.kind in (CellKind.DATE, CellKind.TIME):
        message = (
            f"The {grid.layout.row}'s id is {name.text}: Excel took what was typed for a date or a time."
        )
        remedy = "Format the cell as Text, and type the id again."
        found.append(grid.place.finding(codes.NO_RULE_ID, message, name, remedy=remedy))
    return name


def _status(grid: Grid, cell: Cell, said: str, column: Column, row_id: str) -> Iterator[Finding]:
    """A status that is not known, and `retired` where it takes no row out of force."""
    what = grid.layout.row
    if plain_word(column.heading.text) != _STATUS:
        if said == _RETIRED:
            message = (
                f'The column "{column.heading.text}" calls the {what} "{row_id}" retired, but only a NOTE '
                f"column named Status takes a {what} out of force; the {what} still applies."
            )
            yield grid.finding(codes.RETIRED_ELSEWHERE, message, cell, (row_id,))
    elif said not in ("", IN_FORCE, _RETIRED) and cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
        message = f'Status of the {what} "{row_id}" is "{short(cell.text)}"; retired or nothing is expected.'
        hint = did_you_mean(cell.text, (_RETIRED, IN_FORCE))
        yield grid.finding(codes.RULE_STATUS, message + hint, cell, (row_id,))


def _blanks(grid: Grid, row: int, row_id: str) -> Iterator[Finding]:
    """Blank cells that are due; those behind a merge are reported with the merge."""
    sheet, place, what = grid.sheet, grid.place, grid.layout.row
    blank = [
        column
        for column in grid.due
        if sheet.at(row, column.number).blank and not sheet.covered(row, column.number)
    ]
    if len(grid.due) > 1 and len(blank) == len(grid.due):
        message = (
            f"Row {row} has none of the {what}'s conditions and results; each of its cells needs a value."
        )
        remedy = "Fill them in; a remark belongs in a NOTE column or on a sheet named Notes."
        yield place.finding(
            codes.BLANK_CELL, message, Cell(row, grid.due[0].number), remedy=remedy, rules=(row_id,)
        )
        return
    for column in blank:
        if column.kind is ColumnKind.INPUT:
            expected = "a condition, or - for any value,"
            remedy = f"Write - if the {what} holds for any value."
        elif grid.layout is CRITERIA:
            expected, remedy = "a requirement", "Write in a few plain words what is required."
        else:
            expected, remedy = "a result, or null for none,", "Write null if the rule gives no value."
        message = f'The cell under "{column.heading.text}" is blank; {expected} is expected.'
        yield place.finding(
            codes.BLANK_CELL, message, Cell(row, column.number), remedy=remedy, rules=(row_id,)
        )


def _duplicate_ids(rows: Sequence[Row], grid: Grid) -> Iterator[Finding]:
    what = grid.layout.row
    seen: dict[str, Row] = {}
    for row in rows:
        if row.cell.blank:
            continue
        first = seen.setdefault(row.id.casefold(), row)
        if first is not row:
            places = f"{first.cell.reference} and again in {row.cell.reference}"
            message = f'The {what} id "{row.id}" stands in {places}; each {what} needs an id of its own.'
            yield grid.finding(codes.DUPLICATE_RULE_ID, message, row.cell, (row.id,))


def _retired(rows: Sequence[Row], place: Place) -> Iterator[Finding]:
    """One finding that lists a sheet's rows that are out of force."""
    retired = [row for row in rows if row.retired]
    if retired:
        names = tuple(row.id for row in retired)
        message = f"Out of force, as the column Status says: {', '.join(names)}."
        yield place.finding(codes.RETIRED, message, retired[0].cell, rules=names)
