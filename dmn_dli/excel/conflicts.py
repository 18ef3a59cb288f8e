"""The sheet Conflicts, which a merge leaves behind where two versions of a cell disagree."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.finding import Finding

SHEET = "Conflicts"
HEADINGS = ("sheet", "cell", "kind", "base", "ours", "theirs")


@frozen
class ListedConflict:
    """A line of the sheet; the fields are its columns. cell: "" where it is about more than one."""

    sheet: str
    cell: str
    kind: str
    base: str
    ours: str
    theirs: str


def listed_conflicts(sheet: Sheet) -> tuple[ListedConflict, ...]:
    """The lines of the sheet, in its order."""
    rows = [row for row in sheet.rows if row > 1]
    columns = range(1, len(HEADINGS) + 1)
    return tuple(ListedConflict(*(sheet.at(row, column).text for column in columns)) for row in rows)


def conflict_finding(sheet: Sheet, place: Place) -> Finding:
    """That the workbook is not finished as long as the sheet is there (design contract, 5: `merge`)."""
    number = len(listed_conflicts(sheet))
    cells = "1 cell" if number == 1 else f"{number} cells"
    message = f'The sheet "{sheet.name}" lists {cells} in which two versions disagree; a decision is due.'
    return place.finding(codes.CONFLICTS, message)
