"""A sheet that is a plain list: known headings in row 1, an entry in each row below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from dmn_dli.excel.hazards import hidden_hazards, merge_hazards, value_hazards
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.nearest import nearest


@frozen
class Listing:
    """The sheet with the column of each heading that it has, by the heading in small letters."""

    sheet: Sheet
    columns: Mapping[str, int]

    @property
    def rows(self) -> Iterator[int]:
        """The rows that hold an entry under one of the headings."""
        columns = set(self.columns.values())
        return (
            row
            for row, cells in self.sheet.rows.items()
            if row > 1 and any(cell.column in columns for cell in cells)
        )

    def at(self, row: int, heading: str) -> Cell:
        """The cell of a row under a heading; a blank one in column A where the sheet lacks the heading."""
        column = self.columns.get(heading)
        return Cell(row, 1) if column is None else self.sheet.at(row, column)


def read_listing(
    sheet: Sheet,
    place: Place,
    needed: Sequence[str],
    optional: Sequence[str],
    found: list[Finding],
    *,
    lacking: Code,
) -> Listing | None:
    """The list, what is wrong with its sheet added to `found`; None where it is empty or lacks a heading.

    needed, optional: the headings in small letters; others may stand there and are not read.
    lacking: the code for a needed heading that is absent, and for one that resembles an absent one.
    """
    if not sheet.cells:
        return None
    headings = {plain_word(cell.text): cell for cell in read_headings(sheet, place, found)}
    others = [heading for heading in headings if heading not in (*needed, *optional)]
    for heading in (*needed, *optional):
        near = nearest(heading, others) if heading not in headings else None
        if near is not None:
            message = f'Row 1 holds "{headings[near].text}", which is not known. Did you mean "{heading}"?'
            found.append(place.finding(lacking, message, headings[near]))
        elif heading in needed and heading not in headings:
            message = f'Row 1 of the sheet {sheet.name} has no heading "{heading}".'
            found.append(place.finding(lacking, message, "A1"))
    right = max((cell.column for cell in headings.values()), default=1)
    whole = Area(1, 1, sheet.last_row, right)
    found.extend(value_hazards(sheet, place, sheet.used(whole)))
    found.extend(merge_hazards(sheet, place, whole))
    found.extend(hidden_hazards(sheet, place, whole))
    known = {heading: cell.column for heading, cell in headings.items()}
    return Listing(sheet, known) if known.keys() >= set(needed) else None
