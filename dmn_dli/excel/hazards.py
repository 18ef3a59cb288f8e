"""Excel's ways that make a sheet say something else than its reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmn_dli.excel import codes
from dmn_dli.excel.place import Place, short
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell, CellKind, column_letters
from dmn_dli.model.finding import Finding


def value_hazards(sheet: Sheet, place: Place, cells: Iterable[Cell]) -> Iterator[Finding]:
    """Formulas, error values, struck-through and invisible text among the cells."""
    for cell in cells:
        if cell.kind is CellKind.FORMULA:
            message = f"The cell holds the formula {short(cell.text)}; the value itself is expected here."
            yield place.finding(codes.FORMULA, message, cell)
        elif cell.kind is CellKind.ERROR:
            yield place.finding(
                codes.ERROR_VALUE,
                f"The cell holds Excel's error {cell.text}; a value is expected here.",
                cell,
            )
        yield from struck_hazards(sheet, place, [cell])
        if (cell.row, cell.column) in sheet.unseen:
            message = (
                f'The cell holds "{short(cell.text)}", which nobody can see, for its colour '
                "is that of the ground, or its format shows nothing. It counts all the same."
            )
            yield place.finding(codes.UNSEEN, message, cell)


def struck_hazards(sheet: Sheet, place: Place, cells: Iterable[Cell]) -> Iterator[Finding]:
    """Struck-through text among the cells."""
    for cell in cells:
        if (cell.row, cell.column) in sheet.struck:
            message = (
                f'The text "{short(cell.text)}" is struck through, wholly or in part; '
                "it would count all the same, so text that counts is expected without the line."
            )
            yield place.finding(codes.STRUCK_THROUGH, message, cell)


def merge_hazards(sheet: Sheet, place: Place, area: Area) -> Iterator[Finding]:
    """Merges that touch the area; only their upper left cell holds a value."""
    for merge in sheet.merged:
        if merge.meets(area):
            yield place.finding(
                codes.MERGED,
                f"The cells {merge.reference} are merged, so only the first of them holds a value; "
                "each cell here needs its own.",
                Cell(merge.top, merge.left),
            )


def hidden_sheet(sheet: Sheet, place: Place) -> Finding:
    """That a sheet which is read is hidden."""
    message = f'The sheet "{sheet.name}" is hidden; what nobody sees would count all the same.'
    return place.finding(codes.HIDDEN_SHEET, message)


def hidden_hazards(sheet: Sheet, place: Place, area: Area) -> Iterator[Finding]:
    """Active filters, and hidden rows and columns, within the area."""
    filters = [found for found in sheet.filters if found.meets(area)]
    for found in filters:
        yield place.finding(
            codes.ACTIVE_FILTER,
            f"A filter is active on {found.reference}; the rows that it leaves out would count all the same.",
            Cell(found.top, found.left),
        )
    rows = [
        row
        for row in sorted(sheet.hidden_rows)
        if area.top <= row <= area.bottom and not any(found.top <= row <= found.bottom for found in filters)
    ]
    for first, last in _runs(rows):
        what = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
        yield place.finding(
            codes.HIDDEN, f"{what} hidden; what nobody sees would count all the same.", f"A{first}"
        )
    for first, last in sheet.hidden_columns:
        if first <= area.right:
            letters, end = column_letters(first), column_letters(min(last, area.right))
            what = f"Column {letters} is" if letters == end else f"Columns {letters} to {end} are"
            yield place.finding(
                codes.HIDDEN, f"{what} hidden; what nobody sees would count all the same.", f"{letters}3"
            )


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            yield numbers[start], number
            start = index + 1
