"""The sheet Conflicts of a merged workbook: a line for each conflict, with a link to its cell."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import astuple

from dmn_dli.excel.conflicts import HEADINGS, SHEET, ListedConflict
from dmn_dli.excel.list_sheet import ListRow, write_list
from dmn_dli.keeping.conflict_marks import COLOUR
from dmn_dli.model.cell import cell_name
from dmn_dli.ooxml.book import EditedBook

_HEADED = tuple(zip(HEADINGS, (24, 10, 16, 44, 44, 44), strict=True))
_CELL = HEADINGS.index("cell") + 1


def list_conflicts(book: EditedBook, conflicts: Sequence[ListedConflict]) -> None:
    """Write the sheet, first and in front; without conflicts there is none afterwards."""
    names = [name for name in book.sheet_names if name.casefold() == SHEET.casefold()]
    for name in names:
        book.remove_sheet(name)
    if not conflicts:
        return
    sheets = set(book.worksheet_names)
    sheet = book.add_sheet(SHEET, 0)
    write_list(sheet, "", _HEADED, [_line(conflict, sheets) for conflict in conflicts])
    sheet.tab_colour(COLOUR)
    book.choose_sheet(SHEET)


def _line(conflict: ListedConflict, sheets: Collection[str]) -> ListRow:
    target = cell_name(conflict.sheet, conflict.cell or "A1")
    link = (_CELL, target) if conflict.sheet in sheets else None
    return ListRow(astuple(conflict), link=link)
