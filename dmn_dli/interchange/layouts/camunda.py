"""The advanced layout of Camunda's converter of spreadsheets (camunda-dmn-xlsx).

Row 1 says `Input` or `Output` above each column, row 2 holds labels, row 3 the language, row 4 the
expression or the output's name, row 5 types, with the hit policy in column A.
Rules begin in row 6, their ids in column A.
"""

from __future__ import annotations

import re

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.drafts import Column, Draft, ForeignBook, Role, Row, Variable, entry_of
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.interchange.layouts.remains import kept_as_notes
from dmn_dli.interchange.layouts.rows import hit_policy
from dmn_dli.model.repair import plain_word

LAYOUT = "Camunda's converter, advanced"

_ROLES = {"input": Role.INPUT, "output": Role.OUTPUT, "annotation": Role.NOTE, "annotations": Role.NOTE}
_HIT_POLICY = re.compile(r"(?:hit\s*policy\s*:?\s*)?(.+)", re.IGNORECASE)
_LANGUAGES = ("", "expression", "feel", "s-feel", "juel")
_NAME = re.compile(r"[^\W\d][\w ]*(?:\.[^\W\d]\w*)*")
_FIRST_RULE = 6
_HEADING_ROWS = 5


def is_camunda(grid: Grid) -> bool:
    """Whether row 1 says of columns what they are, an output among them."""
    roles = {_ROLES.get(plain_word(cell.text)) for cell in grid.row(1)}
    return Role.OUTPUT in roles and None not in roles and grid.last_row >= _HEADING_ROWS


def read_camunda(file: ForeignFile, asked: Asked) -> ForeignBook:
    """The file's tables: a sheet each."""
    guesses: list[Guess] = []
    drafts: list[Draft] = []
    variables: dict[str, Variable] = {}
    notes: dict[str, tuple[tuple[str, ...], ...]] = {}
    for grid in file.grids:
        if is_camunda(grid):
            drafts.append(_draft(grid, asked, guesses, variables))
        elif grid.sheet.cells:
            notes[grid.name] = kept_as_notes(grid, guesses, "Row 1 of the sheet names no Input and Output.")
        elif not grid.sheet.is_chart:
            guesses.append(Guess(grid.name, "The sheet is empty; it is left out."))
    return ForeignBook(LAYOUT, tuple(drafts), tuple(variables.values()), tuple(guesses), notes=notes)


def _draft(grid: Grid, asked: Asked, guesses: list[Guess], variables: dict[str, Variable]) -> Draft:
    marked = {cell.column: _ROLES[plain_word(cell.text)] for cell in grid.row(1)}
    columns = {
        number: _column(grid, number, role, guesses, variables) for number, role in sorted(marked.items())
    }
    for number in range(2, grid.last_column + 1):
        if number not in columns and any(
            (row, number) in grid.sheet.cells for row in range(2, grid.last_row + 1)
        ):
            guesses.append(
                Guess(grid.place(1, number), "Row 1 says nothing of this column; it is kept as notes.")
            )
            columns[number] = Column(Role.NOTE, grid.text(2, number) or "Annotation", grid.place(2, number))
    rows = tuple(
        Row(
            grid.text(row, 1),
            tuple(entry_of(grid.filled(row, number), grid.place(row, number)) for number in sorted(columns)),
            grid.place(row, 1),
        )
        for row in range(_FIRST_RULE, grid.last_row + 1)
        if grid.row(row)
    )
    return Draft(
        grid.name,
        grid.place(1, 1),
        tuple(columns[number] for number in sorted(columns)),
        rows,
        _policy(grid, asked, guesses),
    )


def _policy(grid: Grid, asked: Asked, guesses: list[Guess]) -> str:
    """The hit policy: in A5 as the converter has it, or in another cell of column A above the rules."""
    for row in range(_HEADING_ROWS, 0, -1):
        text = grid.text(row, 1)
        found = _HIT_POLICY.fullmatch(text)
        if found is not None and hit_policy(found[1]) is not None:
            return found[1]
        if text:
            guesses.append(Guess(grid.place(row, 1), f'"{text}" is no hit policy; it is left out.'))
    return asked.hit_policy


def _column(
    grid: Grid, number: int, role: Role, guesses: list[Guess], variables: dict[str, Variable]
) -> Column:
    label, language, text, type_ = (grid.text(row, number) for row in range(2, _FIRST_RULE))
    place = grid.place(4, number)
    heading = text or label or f"column {number}"
    if role is Role.NOTE:
        return Column(role, label or text or "Annotation", place)
    if plain_word(language) not in _LANGUAGES:
        said = f"The {role.name.lower()} is reckoned in {language}, which is not run; "
        guesses.append(Guess(place, f'{said}the column is "{label or heading}" instead. It said: {text}'))
        heading = label or f"column {number}"
    expression = role is Role.INPUT and _NAME.fullmatch(heading) is None
    if label and not expression and plain_word(label) != plain_word(heading):
        variables.setdefault(heading, Variable(heading, description=label))
        guesses.append(Guess(grid.place(2, number), f'"{label}" is the label of "{heading}".'))
    return Column(role, heading, place, expression, type_, label=label)
