"""The Cases sheet: the examples by which a workbook tests itself."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.excel import codes
from dmn_dli.excel.hazards import merge_hazards, value_hazards
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.area import Area
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import CaseRow, CaseSheet


def read_cases(sheet: Sheet, place: Place) -> tuple[CaseSheet | None, list[Finding]]:
    """The cases with what is wrong with their sheet; None where no column holds the cases' names."""
    found: list[Finding] = []
    headings = read_headings(sheet, place, found)
    names = next((cell.column for cell in headings if plain_word(cell.text) == "case"), None)
    right = max((cell.column for cell in headings), default=1)
    whole = Area(1, 1, max(sheet.last_row, 1), right)
    found.extend(value_hazards(sheet, place, sheet.used(whole)))
    found.extend(merge_hazards(sheet, place, whole))
    if names is None:
        message = 'Row 1 of the Cases sheet has no heading "case".'
        found.append(place.finding(codes.NO_CASE_COLUMN, message, "A1"))
        return None, found
    others = tuple(cell for cell in headings if cell.column != names)
    numbers = [row for row in sheet.rows if row > 1]
    wide = sheet.spans_too_much(len(numbers), len(headings))
    if wide:
        found.append(place.finding(codes.TOO_LARGE, wide))
        return None, found
    rows = tuple(
        CaseRow(
            trimmed(sheet.at(row, names)).text,
            sheet.at(row, names),
            tuple(trimmed(sheet.at(row, heading.column)) for heading in others),
        )
        for row in numbers
    )
    found.extend(_gaps(numbers, place))
    found.extend(_duplicates(rows, place))
    return CaseSheet(sheet.name, others, rows, names), found


def _gaps(numbers: list[int], place: Place) -> Iterator[Finding]:
    previous = 1
    for row in numbers:
        if row > previous + 1:
            message = (
                f"Row {previous + 1} is blank, and cases follow in row {row}; they are read all the same."
            )
            yield place.finding(codes.CASES_GAP, message, f"A{previous + 1}")
        previous = row


def _duplicates(rows: tuple[CaseRow, ...], place: Place) -> Iterator[Finding]:
    seen: dict[str, CaseRow] = {}
    for row in rows:
        first = seen.setdefault(row.name.casefold(), row) if row.name else row
        if first is not row:
            message = f'The case "{row.name}" stands in {first.cell.reference} already.'
            yield place.finding(codes.DUPLICATE_CASE, message, row.cell)
