"""Cells that change when a version of a policy is begun from another: fields, days of cases, the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dmn_dli.cases.columns import EXPECT, WHY
from dmn_dli.excel.days import read_day
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, CellKind, cell_name
from dmn_dli.model.repair import plain_word
from dmn_dli.model.to_fill_in import to_fill_in
from dmn_dli.model.workbook import CaseSheet, PolicyFields
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.sheet import EditedSheet, Value

Rows = Sequence[Sequence[Value]]

DATES = Look(number_format="yyyy-mm-dd")

CITATION = to_fill_in("where the document says so")
WORDING = to_fill_in("the document's own words, or null where it prints none")

HISTORY = "Change History"
HEADINGS = ("date", "who", "what", "why")

_NOTES: Rows = (
    ("Subject", "In our words", "Source in the policy"),
    (
        "This workbook",
        (
            "Begun as an example. Take the policy's own criteria, number by number, and delete what it does "
            "not have; `dmn-dli check` with the file's name says what is left to fill in. This sheet is for "
            "definitions and background, and decides nothing."
        ),
    ),
)

_DAY = len("2025-02-12")

_MOST = 20
"""How many cells are named one by one."""


def put_fields(sheet: EditedSheet, fields: PolicyFields, values: Mapping[str, Value]) -> None:
    """Write fields of the Policy sheet, each beside its name; one that the sheet lacks is added below.

    A day stays what the cell held before: a date, or text in the form of one. None blanks a cell.
    """
    for name, value in values.items():
        cell = fields.places.get(name) or fields.blank.get(name)
        if cell is None and value is None:
            continue
        if cell is None:
            cell = Cell(sheet.last_row + 1, 2)
            sheet.put((cell.row, 1), name, like=(2, 1))
            sheet.put((cell.row, 2), None, like=(2, 2))
        _put_day(sheet, cell, value) if isinstance(value, date) else sheet.put((cell.row, cell.column), value)


def _put_day(sheet: EditedSheet, cell: Cell, day: date) -> None:
    place = cell.row, cell.column
    if cell.kind is CellKind.TEXT:
        sheet.put(place, day.isoformat())
        return
    sheet.put(place, day)
    if cell.kind is not CellKind.DATE:
        sheet.look(place, DATES)


def move_cases(sheet: EditedSheet, cases: CaseSheet, by: timedelta) -> tuple[str, ...]:
    """Move the days among the cases' facts; what is expected stays.

    Gives the cells that could not be moved.
    """
    stuck = []
    for position, heading in enumerate(cases.headings):
        text = plain_word(heading.text)
        if text == WHY or text.startswith(EXPECT):
            continue
        for cell in (row.values[position] for row in cases.rows):
            day = read_day(cell.text) if cell.kind in (CellKind.DATE, CellKind.TEXT) else None
            if day is None or len(cell.text) != _DAY:
                continue
            try:
                _put_day(sheet, cell, day + by)
            except OverflowError:  # a day at the end of the calendar, by which "never" is meant
                stuck.append(cell_name(cases.sheet, cell.reference))
    return tuple(stuck)


def history_columns(sheet: Sheet) -> Mapping[str, int]:
    """The columns of the Change History's headings, in small letters."""
    return {plain_word(cell.text): cell.column for cell in sheet.rows.get(1, ())}


def history_rows(what: str) -> Rows:
    """A Change History with its first line, of which all but what was done is to be filled in."""
    line = (to_fill_in("the day"), to_fill_in("your name"), what, to_fill_in("the document and its date"))
    return [HEADINGS, line]


def put_line(sheet: EditedSheet, columns: Mapping[str, int], row: int, line: Sequence[Value]) -> None:
    """Write a line of the Change History; a column that the sheet lacks is left out."""
    for heading, value in zip(HEADINGS, line, strict=True):
        if heading in columns and value is not None:
            place = row, columns[heading]
            above = (row - 1, columns[heading]) if row > 2 else None
            sheet.put(place, value, like=above)
            if isinstance(value, date):
                sheet.look(place, DATES)


def put_sheet(book: EditedBook, name: str, rows: Rows) -> EditedSheet:
    """A sheet of these rows at the end of a workbook; days look like days."""
    sheet = book.add_sheet(name)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            sheet.put((row, column), value)
            if isinstance(value, date):
                sheet.look((row, column), DATES)
    return sheet


def put_notes(book: EditedBook) -> None:
    """A sheet Notes with what its columns are for, wide enough to be read."""
    sheet = put_sheet(book, "Notes", _NOTES)
    sheet.row_height(2, 48)
    for column, width in enumerate((28, 90, 40), 1):
        sheet.column_width(column, width)
        for row in range(1, len(_NOTES) + 1):
            sheet.look((row, column), Look(bold=row == 1, wrap=True, vertical="top"))


def shortened(cells: Sequence[str]) -> str:
    """The first of many cells, and how many there are besides."""
    more = f" and {len(cells) - _MOST} more" if len(cells) > _MOST else ""
    return ", ".join(cells[:_MOST]) + more


def sheets_named(sheets: Sequence[Sheet], name: str) -> Iterator[Sheet]:
    """The sheets of a name, whatever its letter case."""
    return (sheet for sheet in sheets if plain_word(sheet.name) == plain_word(name))
