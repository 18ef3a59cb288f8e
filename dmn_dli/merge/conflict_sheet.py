"""The sheet Conflicts of a merged workbook: a line for each conflict, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import astuple, evolve

from dmn_dli.excel.conflicts import HEADINGS, SHEET, ListedConflict
from dmn_dli.keeping.conflict_marks import COLOUR
from dmn_dli.model.cell import cell_name
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Look, Print
from dmn_dli.runtime.plain import visible

_WIDTHS = (24, 10, 16, 44, 44, 44)
_TEXT = Look(number_format="@", font="Arial", size=10, vertical="top", wrap=True)
_HEAD = evolve(_TEXT, bold=True, ink="FFFFFF", fill="374151")
_LINK = evolve(_TEXT, ink="1D4ED8")
_CELL = HEADINGS.index("cell") + 1
_HIGHEST = 400
_LONGEST = 32_000
"""Characters that a cell takes."""


def list_conflicts(book: EditedBook, conflicts: Sequence[ListedConflict]) -> None:
    """Write the sheet, first and in front; without conflicts there is none afterwards."""
    names = [name for name in book.sheet_names if name.casefold() == SHEET.casefold()]
    for name in names:
        book.remove_sheet(name)
    if not conflicts:
        return
    sheets = set(book.worksheet_names)
    sheet = book.add_sheet(SHEET, 0)
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        sheet.put((1, column), heading)
        sheet.look((1, column), _HEAD)
        sheet.column_width(column, width)
    for row, conflict in enumerate(conflicts, 2):
        texts: tuple[str, ...] = astuple(conflict)
        sheet.row_height(row, _height(texts))
        for column, text in enumerate(texts, 1):
            sheet.put((row, column), visible(text, "\n")[:_LONGEST] or None)
            sheet.look((row, column), _TEXT)
        if conflict.sheet in sheets:
            target = cell_name(conflict.sheet, conflict.cell or "A1")
            sheet.link((row, _CELL), target, "Go to the cell")
            sheet.look((row, _CELL), _LINK)
    sheet.freeze(1, 0)
    sheet.tab_colour(COLOUR)
    sheet.print_setup(Print(rows="1:1"))
    book.choose_sheet(SHEET)


def _height(texts: Sequence[str]) -> float:
    """Points that a line takes, as far as its columns' widths tell."""
    lines = (
        sum(1 + len(line) // width for line in text.splitlines())
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(6 + 13 * max(1, *lines), _HIGHEST)
