"""A payer's first workbook, begun from another payer's: the tables stay, what is the other's own does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dmn_dli.diff.grid import NOTE, THEN, Column, Grid, grid_of
from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.keeping.new.cells import (
    CITATION,
    HISTORY,
    WORDING,
    history_rows,
    put_notes,
    put_sheet,
    sheets_named,
    shortened,
)
from dmn_dli.keeping.new.file import NewFile, version_name
from dmn_dli.keeping.new.version import Earlier, begin, opened, stuck_remarks
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.repair import plain_word
from dmn_dli.model.to_fill_in import to_fill_in
from dmn_dli.model.workbook import Workbook
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.sheet import Value

_OWN = {
    "citation": CITATION,
    "payer wording": WORDING,
    "refer to": to_fill_in("where the document sends its reader, or null"),
    "note": None,
}
"""The THEN and NOTE columns that speak of the other payer's document, and what stands there instead."""


def payer_from(
    source: Earlier, dictionary: Dictionary, payer: str, name: str | None, effective: date
) -> NewFile:
    """A draft with the tables, criteria and cases of another payer's version.

    Its citations, wording, notes, history and the fields of its Policy sheet are cleared, or say that they
    are to be filled in. Raises InputError where the file cannot be changed.
    """
    other, book = source.workbook, opened(source)
    fields: dict[str, Value] = {"Payer": payer, "Payer name": name, "Effective from": effective}
    fields |= dict.fromkeys(("Policy number", "Title", "Notes"))
    stuck = begin(book, source, fields, effective)
    grids = [*map(grid_of, other.tables), *map(grid_of, other.criteria)]
    cleared = sum(_clear(book, grid) for grid in grids)
    _begin_lists(book, source)
    told = [cell_name(sheet, cell.reference) for sheet, cell in _naming(other, grids)]
    remarks = (
        *source.remarks,
        (
            f"Begun from {other.name}: its tables, criteria, rule ids and cases are taken over. Go through "
            "every row: nothing says yet that this payer's document has it."
        ),
        (
            f"Cleared, or marked to be filled in: {cleared} citations, payer wordings and notes, the fields "
            "of the sheet Policy, the Change History and the sheet Notes."
        ),
        *((f"These cells name the other payer: {shortened(told)}.",) if told else ()),
        *stuck_remarks(stuck),
    )
    return NewFile(version_name(payer, effective), in_house_style(book.data(), dictionary), remarks)


def _own(column: Column) -> bool:
    return column.kind in (THEN, NOTE) and plain_word(column.heading.text) in _OWN


def _clear(book: EditedBook, grid: Grid) -> int:
    """Write over what is the other payer's own in a table; blank cells stay. Gives the number of cells."""
    sheet, cleared = book.sheet(grid.sheet), 0
    for column in filter(_own, grid.columns):
        for cell in (row.cells[column.position] for row in grid.rows):
            if not cell.blank:
                sheet.put((cell.row, cell.column), _OWN[plain_word(column.heading.text)])
                cleared += 1
    return cleared


def _begin_lists(book: EditedBook, source: Earlier) -> None:
    """A Change History and a sheet Notes of the new payer's own in place of the other's."""
    sheets = source.package.sheets
    notes = (sheet for sheet in sheets if f"{plain_word(sheet.name)} ".startswith("notes "))
    for sheet in (*sheets_named(sheets, HISTORY), *notes):
        book.remove_sheet(sheet.name)
    put_sheet(book, HISTORY, history_rows(f"First version, begun from the tables of {source.workbook.name}"))
    put_notes(book)


def _naming(workbook: Workbook, grids: list[Grid]) -> Iterator[tuple[str, Cell]]:
    """The cells that are taken over and name the other payer: by its id, name, or policy's number."""
    fields = workbook.policy
    names = {fields.payer, fields.payer_name, (fields.payer_name or "").split(" ")[0], fields.policy_number}
    words = "|".join(re.escape(name) for name in sorted(filter(None, names)))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for grid in grids:
        columns = [column for column in grid.columns if not _own(column) and column.stands]
        for row in grid.rows:
            cells = (row.cells[column.position] for column in columns)
            yield from ((grid.sheet, cell) for cell in cells if pattern.search(cell.text))
    if workbook.cases is not None:
        for case in workbook.cases.rows:
            cells = (each for each in (case.cell, *case.values) if pattern.search(each.text))
            yield from ((workbook.cases.sheet, cell) for cell in cells)
