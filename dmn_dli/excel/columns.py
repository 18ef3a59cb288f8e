"""The columns of a sheet with rules or criteria: what row 2 says each is for, and their headings in row 3."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, ColumnKind, Layout
from dmn_dli.excel.place import Place, short
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, column_letters
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.nearest import did_you_mean

_KINDS = {kind.value.casefold(): kind for kind in ColumnKind}


@frozen
class Column:
    """A column that says what it is for, with its heading in plain characters."""

    number: int
    kind: ColumnKind
    heading: Cell


def column_kind(cell: Cell) -> ColumnKind | None:
    """What a cell of row 2 says, in any letter case."""
    return _KINDS.get(plain_word(cell.text))


def read_columns(sheet: Sheet, place: Place, layout: Layout, found: list[Finding]) -> tuple[Column, ...]:
    """The columns with a kind and a heading, left to right; what is wrong is added to `found`."""
    first_cells = _first_cells(sheet)
    kinds = {number: column_kind(sheet.at(KIND_ROW, number)) for number in first_cells}
    last_marked = max((number for number, kind in kinds.items() if kind), default=0)
    columns: list[Column] = []
    for number, kind in kinds.items():
        if kind not in layout.kinds:
            found.append(_unmarked(sheet, place, layout, number, first_cells[number], last_marked))
        elif sheet.at(HEADING_ROW, number).blank:
            message = f"Column {column_letters(number)} ({kind.value}) has no heading in row 3."
            found.append(place.finding(codes.BLANK_HEADING, message, Cell(HEADING_ROW, number)))
        else:
            heading = place.repaired(sheet.at(HEADING_ROW, number), found)
            columns.append(Column(number, kind, heading))
    found.extend(_duplicates(columns, place))
    return tuple(columns)


def _first_cells(sheet: Sheet) -> dict[int, Cell]:
    """The topmost cell from row 2 down of each column right of A that holds any, left to right."""
    first: dict[int, Cell] = {}
    for cell in sheet.cells.values():
        if cell.row >= KIND_ROW and cell.column > 1:
            first.setdefault(cell.column, cell)
    return dict(sorted(first.items()))


def _unmarked(
    sheet: Sheet, place: Place, layout: Layout, number: int, first: Cell, last_marked: int
) -> Finding:
    letters = column_letters(number)
    mark, heading = sheet.at(KIND_ROW, number), sheet.at(HEADING_ROW, number)
    if mark.blank and heading.blank and number > last_marked:
        message = (
            f"Column {letters} lies right of the {layout.whole}, and "
            f'{first.reference} holds "{short(first.text)}"; '
            f"nothing but the {layout.whole} is expected on its sheet."
        )
        return place.finding(codes.OUTSIDE, message, first)
    read = "nothing" if mark.blank else f'"{short(mark.text)}"'
    message = f"Column {letters} is in use, but its row 2 holds {read}; {layout.words} is expected."
    if column_kind(mark) is not None:
        message += " GROUP belongs to a sheet of criteria, whose A2 says Criteria."
    elif not mark.blank:
        message += did_you_mean(mark.text, [kind.value for kind in layout.kinds])
    return layout.finding(place, codes.COLUMN_KIND, message, Cell(KIND_ROW, number))


def _duplicates(columns: list[Column], place: Place) -> Iterator[Finding]:
    """Conditions with the same heading, and results or remarks with the same."""
    seen: dict[tuple[bool, str], Cell] = {}
    for column in columns:
        # A result may bear the name of a fact that it rests on; only within one kind is a second one lost.
        key = column.kind is ColumnKind.INPUT, plain_word(column.heading.text)
        first = seen.setdefault(key, column.heading)
        if first is not column.heading:
            message = f'The heading "{column.heading.text}" stands in {first.reference} already.'
            yield place.finding(codes.DUPLICATE_HEADING, message, column.heading)
