"""From a file's bytes to the grids of all its sheets: by what rows and columns are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dmn_dli.excel.criteria import PART_OF, is_criteria, looks_like_criteria
from dmn_dli.excel.files import WorkbookUnreadableError
from dmn_dli.excel.layouts import FIRST_RULE_ROW, HEADING_ROW, KIND_ROW, ColumnKind
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.table import hit_policy, looks_like_table
from dmn_dli.excel.workbook import open_package
from dmn_dli.merge.grids import CORNER, Grid, Key, SheetKind, head_row
from dmn_dli.model.cell import Cell
from dmn_dli.model.repair import plain_word, repair_blanks
from dmn_dli.runtime.words import folded

_LISTS: Mapping[str, tuple[SheetKind, tuple[str, ...]]] = {
    "policy": (SheetKind.FIELDS, ("field",)),
    "cases": (SheetKind.CASES, ("case",)),
    "facts": (SheetKind.LIST, ("fact",)),
    "assumptions": (SheetKind.LIST, ("condition",)),
    "accepted": (SheetKind.LIST, ("code", "where")),
    "change history": (SheetKind.HISTORY, ()),
    "findings": (SheetKind.LIST, ()),
    "conflicts": (SheetKind.LIST, ()),
}
"""Sheets with headings in row 1, and the headings under which the name of a row stands: none for all."""


def read_grids(data: bytes, name: str) -> dict[str, Grid]:
    """All sheets of a workbook or dictionary in the order of their tabs, by their names; none of no bytes.

    name: the file's, for messages. Raises WorkbookUnreadableError where the file, or a sheet of it, cannot be
    read: what nobody sees cannot be merged.
    """
    if not data:
        return {}
    package, refusal = open_package(data, name, Place(name))
    if package is None or refusal:
        raise WorkbookUnreadableError(refusal)
    return {sheet.name: grid_of(sheet) for sheet in package.sheets}


def grid_of(sheet: Sheet) -> Grid:
    """A sheet as a merge sees it; whatever it holds, no cell is left out."""
    title = plain_word(sheet.name)
    if title in _LISTS:
        return _list(sheet, *_LISTS[title])
    if title == "notes" or title.startswith("notes "):
        return _text(sheet)
    if looks_like_criteria(sheet):
        return _table(sheet, SheetKind.CRITERIA, ordered=True)
    if looks_like_table(sheet):
        policy = hit_policy(sheet.at(KIND_ROW, 1).text)
        ordered = policy is not None and (policy.first_wins or policy.order_counts or policy.ranked)
        return _table(sheet, SheetKind.TABLE, ordered=ordered)
    return _text(sheet)


def _table(sheet: Sheet, kind: SheetKind, *, ordered: bool) -> Grid:
    """A decision table or sheet of criteria, whether or not its head is as it is due."""
    asked = next((cell for cell in sheet.rows.get(1, ()) if cell.column > 1), None)
    cells = [cell for cell in sheet.cells.values() if cell is not asked]
    names = {
        column: f"{plain_word(sheet.at(KIND_ROW, column).text)} {_word(sheet.at(HEADING_ROW, column))}"
        for column in sorted({cell.column for cell in cells} - {1})
    }
    columns = {CORNER: 1, **_numbered(names)}
    ids = {row: _word(sheet.at(row, 1)) for row in sheet.rows if row >= FIRST_RULE_ROW}
    rows = {head_row(number): number for number in range(1, FIRST_RULE_ROW)} | _numbered(ids)
    named_by = {CORNER}
    if kind is SheetKind.CRITERIA or is_criteria(sheet):
        # The number of a group stands in its members too.
        named_by.add(Key(f"{ColumnKind.GROUP.value.casefold()} {plain_word(PART_OF)}"))
    held = _cells(cells, rows, columns)
    return Grid(sheet.name, kind, rows, columns, held, ordered, asked, frozenset(named_by))


def _list(sheet: Sheet, kind: SheetKind, headings: tuple[str, ...]) -> Grid:
    """A sheet with headings in row 1."""
    used = sorted({cell.column for cell in sheet.cells.values()})
    columns = _numbered({column: _word(sheet.at(1, column)) for column in used})
    naming = [columns[Key(heading)] for heading in headings if Key(heading) in columns]
    names = {row: _said(sheet, row, naming or used) for row in sheet.rows if row > 1}
    rows = {head_row(1): 1, **_numbered(names)}
    named_by = frozenset(key for key, column in columns.items() if column in naming)
    cells = _cells(sheet.cells.values(), rows, columns)
    return Grid(sheet.name, kind, rows, columns, cells, named_by=named_by)


def _text(sheet: Sheet) -> Grid:
    """Any other sheet: its rows and columns are known by their places, blank ones among them."""
    rows = {Key(str(row)): row for row in range(1, sheet.last_row + 1)}
    width = max((cell.column for cell in sheet.cells.values()), default=0)
    columns = {Key(str(column)): column for column in range(1, width + 1)}
    return Grid(sheet.name, SheetKind.TEXT, rows, columns, _cells(sheet.cells.values(), rows, columns))


def _said(sheet: Sheet, row: int, columns: Iterable[int]) -> str:
    return " | ".join(_word(sheet.at(row, column)) for column in columns)


def _word(cell: Cell) -> str:
    """A name as names are compared: blanks repaired, no letter case; other characters are its own."""
    text: str = folded(repair_blanks(cell.text)[0])
    return text


def _numbered(names: Mapping[int, str]) -> dict[Key, int]:
    """A key for each row or column: of several with one name the first, the second, and so on."""
    seen: dict[str, int] = {}
    keys: dict[Key, int] = {}
    for number, name in names.items():
        nth = seen.get(name, 0)
        seen[name] = nth + 1
        keys[Key(name, nth)] = number
    return keys


def _cells(
    cells: Iterable[Cell], rows: Mapping[Key, int], columns: Mapping[Key, int]
) -> dict[tuple[Key, Key], Cell]:
    row_of, column_of = ({number: key for key, number in each.items()} for each in (rows, columns))
    return {(row_of[cell.row], column_of[cell.column]): cell for cell in cells}
