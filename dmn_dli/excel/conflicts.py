"""The sheet Conflicts, which a merge leaves behind where two versions of a cell disagree."""

from __future__ import annotations

from dmn_dli.excel import codes
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.finding import Finding


def conflict_finding(sheet: Sheet, place: Place) -> Finding:
    """That the workbook is not finished as long as the sheet is there (design contract, 5: `merge`)."""
    number = sum(row > 1 for row in sheet.rows)
    cells = "1 cell" if number == 1 else f"{number} cells"
    message = f'The sheet "{sheet.name}" lists {cells} in which two versions disagree; a decision is due.'
    return place.finding(codes.CONFLICTS, message)
