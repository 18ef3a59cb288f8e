"""Tables with a heading row: csv files, plain sheets, and the simple layout of Camunda's converter.

The first row holds headings, each row below is a rule. The last column is the output, unless headings or the
person who imports say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.drafts import Column, Draft, ForeignBook, Role, Row, entry_of
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.interchange.layouts.remains import kept_as_notes
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import plain_word, trim
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.nearest import did_you_mean

LAYOUT = "tables with a heading row"

_OUTPUT = re.compile(r"(?:->|→|=>|(?:then|out|output|result)\s*:)\s*(.*\S)", re.IGNORECASE | re.DOTALL)
_INPUT = re.compile(r"(?:(?:if|in|input)\s*:)\s*(.*\S)", re.IGNORECASE | re.DOTALL)
_OUTPUTS = ("then", "out", "output", "result")
_NOTES = ("note", "notes", "comment", "comments", "annotation", "annotations", "remark", "remarks")
_IDS = ("rule", "rule id", "id", "#", "no", "no.", "nr", "nr.", "rule no", "rule no.", "rule number")


def heading_row(grid: Grid) -> int | None:
    """The row of headings: the first that holds anything, if it is texts with rows below; else None."""
    row = next(iter(grid.sheet.rows), 0)
    cells = grid.row(row)
    if len(cells) < 2 or grid.last_row <= row:
        return None
    run = cells[-1].column - cells[0].column + 1 == len(cells)
    texts = all(cell.kind is CellKind.TEXT for cell in cells)
    return row if run and texts and len({plain_word(cell.text) for cell in cells}) == len(cells) else None


def read_plain(file: ForeignFile, asked: Asked) -> ForeignBook:
    """The file's tables. Raises InputError where an output is asked for that no table has."""
    guesses: list[Guess] = []
    drafts: list[Draft] = []
    notes: dict[str, tuple[tuple[str, ...], ...]] = {}
    headings: dict[str, str] = {}
    for grid in file.grids:
        row = heading_row(grid)
        if row is not None:
            for cell in grid.row(row):
                text = trim(cell.text)
                found = _OUTPUT.fullmatch(text)
                headings.update(
                    (plain_word(each), each) for each in (text, *(found.groups() if found else ()))
                )
            drafts.append(_draft(grid, row, asked, guesses))
        elif grid.sheet.cells:
            why = "The sheet has no row of headings with rules below it."
            notes[grid.name] = kept_as_notes(grid, guesses, why)
        elif not grid.sheet.is_chart:
            guesses.append(Guess(grid.name, "The sheet is empty; it is left out."))
    for each in asked.outputs:
        if plain_word(each) not in headings:
            hint = did_you_mean(each, headings.values())
            raise InputError(f'{file.name} has no column with the heading "{each}".{hint}')
    return ForeignBook(LAYOUT, tuple(drafts), guesses=tuple(guesses), notes=notes)


def _draft(grid: Grid, row: int, asked: Asked, guesses: list[Guess]) -> Draft:
    cells = grid.row(row)
    place = grid.place(row, cells[0].column)
    first = cells[0]
    with_ids = plain_word(first.text) in _IDS and len(cells) > 2
    if with_ids:
        guesses.append(Guess(place, f'The column "{trim(first.text)}" is taken for the ids of the rules.'))
    rest = cells[1:] if with_ids else cells
    wanted = {plain_word(each) for each in asked.outputs}
    columns = [_column(trim(cell.text), grid.place(row, cell.column), wanted) for cell in rest]
    if not any(each.role is Role.OUTPUT for each in columns):
        columns = _with_an_output(columns, guesses)
    rows: list[Row] = []
    for number in range(row + 1, grid.last_row + 1):
        if not grid.row(number):
            guesses.append(Guess(grid.place(number, first.column), "A blank row is left out."))
            continue
        entries = tuple(
            entry_of(grid.filled(number, cell.column), grid.place(number, cell.column)) for cell in rest
        )
        id_ = grid.text(number, first.column) if with_ids else ""
        rows.append(Row(id_, entries, grid.place(number, first.column)))
        for cell in grid.row(number):
            if not first.column <= cell.column <= cells[-1].column:
                said = f'"{trim(cell.text)}" stands beside the table; it is left out.'
                guesses.append(Guess(grid.place(number, cell.column), said))
    return Draft(grid.name, place, tuple(columns), tuple(rows), asked.hit_policy)


def _column(heading: str, place: str, wanted: set[str]) -> Column:
    output, given = _OUTPUT.fullmatch(heading), _INPUT.fullmatch(heading)
    if {plain_word(heading), plain_word(output[1] if output else heading)} & wanted:
        return Column(Role.OUTPUT, output[1] if output else heading, place)
    if output is not None:
        return Column(Role.INPUT if wanted else Role.OUTPUT, output[1], place)
    if plain_word(heading) in _OUTPUTS and not wanted:
        return Column(Role.OUTPUT, heading, place)
    if plain_word(heading) in _NOTES:
        return Column(Role.NOTE, heading, place)
    return Column(Role.INPUT, given[1] if given else heading, place)


def _with_an_output(columns: Sequence[Column], guesses: list[Guess]) -> list[Column]:
    """The columns, of which the last that is no note is the output."""
    last = max(
        (number for number, each in enumerate(columns) if each.role is Role.INPUT), default=len(columns) - 1
    )
    found = list(columns)
    one = found[last]
    found[last] = Column(Role.OUTPUT, one.heading, one.place)
    said = f'"{one.heading}", the last column, is taken for the output; `--outputs` says otherwise.'
    guesses.append(Guess(one.place, said))
    return found
