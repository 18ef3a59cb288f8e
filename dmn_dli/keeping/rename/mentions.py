"""Texts that speak of the old name and stay: remarks, requirements, questions, notes, the Change History."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from dmn_dli.cases.columns import Role
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.layouts import FIRST_RULE_ROW, HEADING_ROW, KIND_ROW
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.keeping.rename.data import Mention
from dmn_dli.keeping.rename.facts import case_columns
from dmn_dli.keeping.rename.reading import Reading
from dmn_dli.keeping.rename.scope import DictionaryFile
from dmn_dli.model.cell import CellKind
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.ooxml.book import EditedBook

Places = Set[tuple[str, int, int]]
"""Cells by the name of the tab, the row and the column."""

_READ_OF_FACTS = ("fact", "label", "type", "allowed values", "nullable", "changeable")


class Notes:
    """The notes on the cells of a changed file, by the sheets' old names."""

    def __init__(self, data: bytes, tabs: Mapping[str, str]) -> None:
        """tabs: sheets that are called otherwise in the changed file."""
        self._book = EditedBook(data)
        self._tabs = tabs

    def on(self, sheet: Sheet) -> Mapping[tuple[int, int], str]:
        """What the notes on a sheet say, by row and column."""
        return {} if sheet.is_chart else self._book.sheet(self._tabs.get(sheet.name, sheet.name)).notes()


def mentions(reading: Reading, notes: Notes, old: str, changed: Places) -> Iterator[Mention]:
    """The free texts of a workbook that hold the old name, and the notes on cells that still do.

    changed: the cells that the renaming changes.
    """
    book = reading.workbook
    grids: list[DecisionTable | CriteriaSheet] = [*book.tables, *book.criteria]
    linked = {
        *changed,
        *(place for table in grids for place in _grid(reading, table)),
        *_cases(reading),
    }
    if book.dictionary is not None:
        linked |= set(_facts(reading.sheets[book.dictionary.sheet]))
    return _found(reading.shown, reading.sheets, notes, old, linked)


def dictionary_mentions(file: DictionaryFile, notes: Notes, old: str, changed: Places) -> Iterator[Mention]:
    """The same of a dictionary's file."""
    linked = {*changed, *_facts(file.sheets[file.dictionary.sheet])}
    return _found(file.shown, file.sheets, notes, old, linked)


def _found(
    file: str, sheets: Mapping[str, Sheet], notes: Notes, old: str, linked: Places
) -> Iterator[Mention]:
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
    for sheet in sheets.values():
        said = notes.on(sheet)
        for place in sorted({*sheet.cells, *said}):
            cell = sheet.at(*place)
            free = cell.kind is CellKind.TEXT and (sheet.name, cell.row, cell.column) not in linked
            if free and pattern.search(cell.text):
                yield Mention(file, sheet.name, cell, cell.text)
            note = said.get(place, "")
            if pattern.search(note):
                yield Mention(file, sheet.name, cell, note, note=True)


def _grid(reading: Reading, table: DecisionTable | CriteriaSheet) -> Iterator[tuple[str, int, int]]:
    """The cells of a table that are read as names, tests or values."""
    sheet = reading.sheets[table.sheet]
    tested = {clause.cell.column for clause in table.inputs}
    valued: set[int] = set()
    if isinstance(table, DecisionTable):
        valued = {output.cell.column for output in table.outputs if output.values}
    else:
        for row in table.rows:
            valued |= {cell.column for cell in (row.part_of, row.needs, row.means)}
    for cell in sheet.cells.values():
        head = cell.column == 1 or cell.row == KIND_ROW
        inside = cell.column in tested and cell.row >= HEADING_ROW
        if head or inside or (cell.column in valued and cell.row >= FIRST_RULE_ROW - 1):
            yield sheet.name, cell.row, cell.column


def _cases(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """The headings of cases, and the cells with facts and statuses."""
    cases = reading.workbook.cases
    if cases is None:
        return
    for position, column in enumerate(case_columns(reading)):
        yield cases.sheet, column.heading.row, column.heading.column
        if column.role in (Role.FACT, Role.CRITERION, Role.MISSING):
            for row in cases.rows:
                yield cases.sheet, row.values[position].row, row.values[position].column


def _facts(sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """The cells of a Facts sheet that are read."""
    read = {
        cell.column for cell in read_headings(sheet, Place(""), []) if plain_word(cell.text) in _READ_OF_FACTS
    }
    return ((sheet.name, cell.row, cell.column) for cell in sheet.cells.values() if cell.column in read)
