"""The headings in row 1 of a sheet that is a plain list: cases, facts."""

from __future__ import annotations

from dmn_dli.excel import codes
from dmn_dli.excel.place import Place, short
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, column_letters
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word


def read_headings(sheet: Sheet, place: Place, found: list[Finding]) -> tuple[Cell, ...]:
    """The headings of row 1 in plain characters, the first of each name; `found` takes what is wrong."""
    headings: dict[str, Cell] = {}
    for cell in sheet.rows.get(1, ()):
        heading = place.repaired(cell, found)
        first = headings.setdefault(plain_word(heading.text), heading)
        if first is not heading:
            message = f'The heading "{heading.text}" stands in {first.reference} already.'
            found.append(place.finding(codes.DUPLICATE_HEADING, message, heading))
    headed = {cell.column for cell in sheet.rows.get(1, ())}
    for cell in sheet.cells.values():
        if cell.column not in headed:
            headed.add(cell.column)
            message = (
                f'{cell.reference} holds "{short(cell.text)}", but column {column_letters(cell.column)} '
                "has no heading in row 1."
            )
            found.append(place.finding(codes.BLANK_HEADING, message, cell))
    return tuple(headings.values())
