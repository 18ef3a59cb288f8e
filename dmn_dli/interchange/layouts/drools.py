"""Drools spreadsheets: blocks that begin with `RuleTable`, with columns for conditions and actions."""

from __future__ import annotations

import re

from attrs import frozen

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.drafts import Draft, ForeignBook, Role, Variable
from dmn_dli.interchange.layouts.drools_columns import BlockColumn, columns_of, note_of, rows_of
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.interchange.layouts.remains import kept_as_notes
from dmn_dli.model.cell import Cell
from dmn_dli.model.repair import plain_word, trim

LAYOUT = "Drools spreadsheets"

_TABLE = re.compile(r"rule\s*table\b\s*(.*)", re.IGNORECASE | re.DOTALL)
_KEYWORDS = {
    "c": "CONDITION",
    "a": "ACTION",
    "n": "NAME",
    "i": "DESCRIPTION",
    "p": "PRIORITY",
    "d": "DURATION",
    "t": "TIMER",
    "e": "CALENDARS",
    "u": "NO-LOOP",
    "l": "LOCK-ON-ACTIVE",
    "f": "AUTO-FOCUS",
    "x": "ACTIVATION-GROUP",
    "g": "AGENDA-GROUP",
    "r": "RULEFLOW-GROUP",
    "v": "DATE-EFFECTIVE",
    "z": "DATE-EXPIRES",
    "b": "ENABLED",
    "@": "METADATA",
    "s": "SALIENCE",
}
_SETTINGS = (
    *("ruleset", "import", "variables", "functions", "queries", "declare", "unit", "dialect", "notes"),
    *("sequential", "sequentialmaxpriority", "sequentialminpriority", "escapequotes", "numericdisabled"),
    *(
        "ignorenumericformat",
        "no-loop",
        "lock-on-active",
        "agenda-group",
        "activation-group",
        "ruleflow-group",
    ),
    *(
        "auto-focus",
        "date-effective",
        "date-expires",
        "calendars",
        "timer",
        "duration",
        "watch",
        "worksheets",
    ),
)


@frozen
class _Block:
    """A rule table: the place of its `RuleTable`, its name, and its columns by number with their keywords."""

    row: int
    column: int
    name: str
    keywords: tuple[tuple[int, str], ...]


def is_drools(file: ForeignFile) -> bool:
    """Whether a cell begins a rule table, or names a rule set."""
    return any(
        _TABLE.fullmatch(trim(cell.text)) or plain_word(cell.text) == "ruleset"
        for grid in file.grids
        for cell in grid.sheet.cells.values()
    )


def read_drools(file: ForeignFile, asked: Asked) -> ForeignBook:
    """The file's rule tables. What is Java beyond comparisons and assignments is told."""
    guesses: list[Guess] = []
    drafts: list[Draft] = []
    variables: dict[str, Variable] = {}
    notes: dict[str, tuple[tuple[str, ...], ...]] = {}
    title = ""
    for grid in file.grids:
        blocks = _blocks(grid)
        if not blocks and grid.sheet.cells:
            notes[grid.name] = kept_as_notes(grid, guesses, "No RuleTable stands on the sheet.")
            continue
        title = title or _settings(grid, blocks, guesses)
        for number, block in enumerate(blocks):
            end = blocks[number + 1].row if number + 1 < len(blocks) else grid.last_row + 1
            draft = _draft(grid, block, end, guesses, variables)
            if draft is not None:
                drafts.append(_with_policy(draft, asked, guesses))
    return ForeignBook(
        LAYOUT, tuple(drafts), tuple(variables.values()), tuple(guesses), title=title, notes=notes
    )


def _with_policy(draft: Draft, asked: Asked, guesses: list[Guess]) -> Draft:
    if asked.hit_policy:
        return Draft(draft.name, draft.place, draft.columns, draft.rows, asked.hit_policy, draft.question)
    said = (
        "In Drools each rule that matches fires; U (unique) is taken, by which one rule at most may match. "
        "`--hit-policy C` keeps what all of them give."
    )
    guesses.append(Guess(draft.place, said))
    return Draft(draft.name, draft.place, draft.columns, draft.rows, "U", draft.question)


def _blocks(grid: Grid) -> list[_Block]:
    blocks: list[_Block] = []
    for (row, column), cell in grid.sheet.cells.items():
        found = _TABLE.fullmatch(trim(cell.text))
        if found is None or any(each.row == row for each in blocks):
            continue
        keywords = []
        number = column
        while number <= grid.last_column:
            word = trim(grid.filled(row + 1, number).text).upper()
            word = _KEYWORDS.get(word.casefold(), word)
            if word in _KEYWORDS.values():
                keywords.append((number, word))
            number += 1
        name = " ".join(found[1].split()).lstrip("-: ") or grid.name
        blocks.append(_Block(row, column, name, tuple(keywords)))
    return blocks


def _settings(grid: Grid, blocks: list[_Block], guesses: list[Guess]) -> str:
    """Tell what stands above and below the tables; gives the name of the rule set."""
    title = ""
    inside = [range(block.row, _end_of(grid, block) + 1) for block in blocks]
    done: set[tuple[int, int]] = set()
    for place, cell in grid.sheet.cells.items():
        if place in done or any(cell.row in rows for rows in inside):
            continue
        value = next((each for each in grid.row(cell.row) if each.column > cell.column), None)
        word = plain_word(cell.text)
        if word in _SETTINGS:
            text = _short(value.text) if value is not None else "nothing"
            if value is not None:
                done.add((value.row, value.column))
                title = title or (value.text if word == "ruleset" else "")
            guesses.append(Guess(grid.place(*place), f"{trim(cell.text)} says {text}; it is left out."))
        else:
            guesses.append(
                Guess(grid.place(*place), f"{_short(cell.text)} belongs to no rule table; it is left out.")
            )
    return title


def _end_of(grid: Grid, block: _Block) -> int:
    """The last row of the table: before the first that is blank in all its columns."""
    row = block.row + 4
    numbers = [number for number, _ in block.keywords]
    while row < grid.last_row and any(not grid.filled(row + 1, each).blank for each in numbers):
        if any(_TABLE.fullmatch(trim(cell.text)) for cell in grid.row(row + 1)):
            break
        row += 1
    return row


def _draft(
    grid: Grid, block: _Block, end: int, guesses: list[Guess], variables: dict[str, Variable]
) -> Draft | None:
    place = grid.place(block.row, block.column)
    if not any(word == "ACTION" for _, word in block.keywords):
        guesses.append(Guess(place, f'The rule table "{block.name}" has no ACTION; it is left out.'))
        return None
    last = min(_end_of(grid, block), end - 1)
    columns: list[BlockColumn] = []
    for number, word in block.keywords:
        columns += columns_of(grid, block.row, number, word, variables, guesses)
    if block.column > 1 and any(
        (row, column) in grid.sheet.cells
        for row in range(block.row + 4, last + 1)
        for column in range(1, block.column)
    ):
        columns.append(note_of(block.column - 1, "Remark", grid.place(block.row + 4, block.column - 1)))
    rows = rows_of(grid, columns, block.row + 5, last, guesses)
    if not rows:
        guesses.append(Guess(place, f'The rule table "{block.name}" has no rules; it is left out.'))
        return None
    _say_of_order(block, place, guesses)
    shown = tuple(each.column for each in columns if each.keyword != "NAME")
    if not any(each.role is Role.OUTPUT for each in shown):
        guesses.append(Guess(place, f'The rule table "{block.name}" has no output; it is left out.'))
        return None
    return Draft(block.name, place, shown, rows)


def _say_of_order(block: _Block, place: str, guesses: list[Guess]) -> None:
    kept = [word for _, word in block.keywords if word not in ("CONDITION", "ACTION", "NAME", "DESCRIPTION")]
    if kept:
        said = (
            f"{', '.join(dict.fromkeys(kept))} says when and in which order rules fire; it is kept as a note."
        )
        guesses.append(Guess(place, said))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= 200 else f'"{flat[:197]}..."'


def cell_text(cell: Cell) -> str:
    """The cell's text, without outer blanks."""
    return trim(cell.text)
