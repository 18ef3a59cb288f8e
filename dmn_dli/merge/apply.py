"""A merge put into OURS' file: what THEIRS adds, takes out, moves and changes; the rest stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import frozen

from dmn_dli.merge.arrange import arrange, columns_of, rows_of
from dmn_dli.merge.books import Versions
from dmn_dli.merge.grids import Grid, Key, MergedBook, MergedGrid, SheetKind, Side
from dmn_dli.merge.parts_of_edits import interleaved
from dmn_dli.model.cell import Cell, CellKind, column_letters
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.sheet import EditedSheet, Place, Value


@frozen
class Standing:
    """Where the rows and columns of a merged sheet stand, by their keys."""

    rows: Mapping[Key, int]
    columns: Mapping[Key, int]

    def place(self, row: Key | None, column: Key | None) -> Place | None:
        """A cell's place; of a row its first cell, of a column its first; None where neither is there."""
        at = (1 if row is None else self.rows.get(row), 1 if column is None else self.columns.get(column))
        if at[0] is None or at[1] is None or row is column is None:
            return None
        return at[0], at[1]


def apply(
    book: EditedBook, theirs: EditedBook, merged: MergedBook, versions: Versions
) -> Mapping[str, Standing]:
    """Make a workbook, which is OURS', what the merge says; where the rows and columns of its sheets are.

    theirs: the other workbook, from which whole sheets are taken. Standings are by the names of `versions`.
    """
    standings = {name: Standing(grid.rows, grid.columns) for name, grid in versions.ours.items()}
    for name, grid in merged.grids.items():
        ours, their = versions.ours[name], versions.theirs[name]
        if is_all_of_theirs(grid, their):
            _take_sheet(book, theirs, ours.name, their.name)
            standings[name] = Standing(their.rows, their.columns)
        else:
            standings[name] = _apply_grid(book.sheet(ours.name), grid, ours)
    _apply_sheets(book, theirs, merged, versions)
    for name, side in merged.sheets:
        if side is Side.THEIRS:
            standings[name] = Standing(versions.theirs[name].rows, versions.theirs[name].columns)
    return {name: standings[name] for name, _ in merged.sheets}


def final_names(merged: MergedBook, versions: Versions) -> dict[str, str]:
    """What each sheet's tab is called after the merge, by the names of `versions`."""
    before = {**versions.base, **versions.theirs, **versions.ours}
    return {name: merged.renamed.get(name, grid.name) for name, grid in before.items()}


def is_all_of_theirs(grid: MergedGrid, theirs: Grid) -> bool:
    """Whether a sheet of free text is THEIRS alone: then it comes whole, with its formulas and looks."""
    changed = bool(grid.cells) or any(side is Side.THEIRS for _, side in (*grid.rows, *grid.columns))
    return (
        theirs.kind is SheetKind.TEXT
        and changed
        and not grid.conflicts
        and all(edit.side is Side.THEIRS for edit in grid.edits)
    )


def _take_sheet(book: EditedBook, theirs: EditedBook, name: str, their_name: str) -> None:
    position = book.sheet_names.index(name)
    book.remove_sheet(name)
    book.import_sheet(theirs, their_name, position)
    if their_name != name:
        book.rename_sheet(their_name, name)


def _apply_sheets(book: EditedBook, theirs: EditedBook, merged: MergedBook, versions: Versions) -> None:
    """Rename tabs, bring whole sheets in, take others out, and order the tabs; what nobody read stays."""
    for name, new in merged.renamed.items():
        book.rename_sheet(versions.ours[name].name, new)
    for name, side in merged.sheets:
        if side is Side.THEIRS:
            book.import_sheet(theirs, versions.theirs[name].name)
    names = final_names(merged, versions)
    staying = {name for name, _ in merged.sheets}
    for name in versions.ours:
        if name not in staying:
            book.remove_sheet(names[name])
    wanted = [names[name] for name, _ in merged.sheets]
    order = tuple(interleaved(wanted, book.sheet_names))
    if book.sheet_names != order:
        book.order_sheets(order)


def _apply_grid(sheet: EditedSheet, merged: MergedGrid, ours: Grid) -> Standing:
    moving = [key for key, _ in merged.columns] != sorted(ours.columns, key=ours.columns.__getitem__)
    across = _lift_question(sheet, ours) if moving else False
    columns = arrange(columns_of(sheet), ours.columns, merged.columns, _same_kind)
    rows = arrange(rows_of(sheet), ours.rows, merged.rows, lambda _, other: not other.head)
    for (row, column), cell in merged.cells.items():
        if not is_formula(cell):
            put(sheet, (rows[row], columns[column]), cell)
    if moving:
        _ask(sheet, merged.question or ours.question, 2, across=max(columns.values()) if across else 0)
    elif merged.question is not None:
        _ask(sheet, merged.question, ours.question.column if ours.question else 2)
    return Standing(rows, columns)


def _lift_question(sheet: EditedSheet, ours: Grid) -> bool:
    """Take the question of row 1 away, which is no column's, while columns move; whether it was merged."""
    if ours.question is None:
        return False
    reference = ours.question.reference
    areas = [area for area in sheet.merges() if area.split(":")[0] == reference]
    for area in areas:
        sheet.unmerge(area)
    sheet.put((1, ours.question.column), None)
    return bool(areas)


def _ask(sheet: EditedSheet, question: Cell | None, column: int, *, across: int = 0) -> None:
    """Write the question into row 1, merged as far as a column where that is asked for."""
    if question is not None:
        put(sheet, (1, column), question)
    if across > column:
        sheet.merge(f"{column_letters(column)}1:{column_letters(across)}1")


def is_formula(cell: Cell | None) -> bool:
    """Whether a cell cannot be taken over: the formula would speak of other cells in another file."""
    return cell is not None and cell.kind is CellKind.FORMULA


def _same_kind(new: Key, other: Key) -> bool:
    """Whether two columns are of one kind, which is the first word of their names."""
    return new.name.partition(" ")[0] == other.name.partition(" ")[0]


def put(sheet: EditedSheet, place: Place, cell: Cell | None) -> None:
    """Write what a cell of another file holds; a day keeps the format by which it is seen as one."""
    value = value_of(cell)
    sheet.put(place, value)
    if cell is not None and isinstance(value, date):
        sheet.look(place, Look(number_format=cell.number_format))


def value_of(cell: Cell | None) -> Value:
    """What is to be written for a cell that was read; an error value as its text."""
    if cell is None or cell.blank:
        return None
    match cell.kind:
        case CellKind.NUMBER:
            try:
                return Decimal(cell.text)
            except InvalidOperation:
                return cell.text
        case CellKind.BOOLEAN:
            return cell.text == "true"
        case CellKind.DATE:
            try:
                return date.fromisoformat(cell.text)
            except ValueError:  # with a time of day
                return cell.text
    return cell.text
