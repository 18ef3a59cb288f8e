"""Workbooks of pyDMNrules: sheets Glossary and Decision, and rules tables with double lines."""

from __future__ import annotations

import re

from attrs import evolve

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.drafts import (
    Column,
    Draft,
    Entry,
    ForeignBook,
    Role,
    Row,
    Variable,
    entry_of,
    written,
)
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.interchange.layouts.pydmn_tables import Found, table_at
from dmn_dli.interchange.layouts.remains import kept_as_notes, unused
from dmn_dli.model.cell import Cell
from dmn_dli.model.repair import plain_word

LAYOUT = "pyDMNrules"

_GLOSSARY = ("variable", "business concept", "attribute")
_EXECUTED = re.compile(r"execute decision tables?")
_TYPE = re.compile(r"(data )?type", re.IGNORECASE)


def is_pydmn(file: ForeignFile) -> bool:
    """Whether a sheet is named Decision or Glossary, or a rules table with double lines stands on a sheet."""
    if any(plain_word(grid.name) in ("decision", "glossary") for grid in file.grids):
        return True
    return any(_tables(grid, []) for grid in file.grids if grid.double_right or grid.double_below)


def read_pydmn(file: ForeignFile, asked: Asked) -> ForeignBook:
    """The file's rules tables, in the order in which the sheet Decision runs them."""
    guesses: list[Guess] = []
    variables: tuple[Variable, ...] = ()
    found: dict[str, Draft] = {}
    notes: dict[str, tuple[tuple[str, ...], ...]] = {}
    plan: Grid | None = None
    for grid in file.grids:
        word = plain_word(grid.name)
        if word == "glossary":
            variables = _glossary(grid, guesses)
        elif word == "decision":
            plan = grid
        elif word == "test":
            notes[grid.name] = kept_as_notes(grid, guesses, "The sheet holds pyDMNrules' test data.")
        else:
            _take(grid, asked, found, guesses, notes)
    drafts = tuple(found.values())
    if plan is not None:
        drafts = _in_order(plan, found, guesses)
    else:
        guesses.append(Guess(file.name, "No sheet Decision says which tables run, and in which order."))
    firsts = [each for each in drafts if each.hit_policy in ("U", "A")]
    if firsts:
        said = (
            "Where a table says U or A, pyDMNrules takes the first rule that matches; with us no second may "
        )
        guesses.append(
            Guess(firsts[0].place, f"{said}match. `check` shows where one does; F in A2 takes the first.")
        )
    if not variables:
        variables = _without_glossary(drafts)
    return ForeignBook(LAYOUT, drafts, variables, tuple(guesses), plan is not None, _title(plan), notes)


def _title(plan: Grid | None) -> str:
    if plan is None or not plan.sheet.cells:
        return ""
    text = next(iter(plan.sheet.cells.values())).text
    return re.sub(r"^decision\s*[-:]*\s*", "", text, flags=re.IGNORECASE)


def _take(
    grid: Grid,
    asked: Asked,
    found: dict[str, Draft],
    guesses: list[Guess],
    notes: dict[str, tuple[tuple[str, ...], ...]],
) -> None:
    tables = _tables(grid, guesses)
    if not tables:
        if grid.sheet.cells:
            notes[grid.name] = kept_as_notes(grid, guesses, "No rules table stands on the sheet.")
        elif not grid.sheet.is_chart:
            guesses.append(Guess(grid.name, "The sheet is empty; it is left out."))
        return
    for table in tables:
        draft = table.draft
        if draft.hit_policy == "" and asked.hit_policy:
            draft = evolve(draft, hit_policy=asked.hit_policy)
        if draft.name in found:
            guesses.append(Guess(draft.place, f'A table "{draft.name}" stood before; this one is left out.'))
        else:
            found[draft.name] = draft
    guesses.extend(unused(grid, (place for table in tables for place in table.taken)))


def _tables(grid: Grid, guesses: list[Guess]) -> list[Found]:
    """The rules tables of a sheet, from its top down, each by its name above the upper left corner."""
    tables: list[Found] = []
    for (row, column), cell in grid.sheet.cells.items():
        if any(table.area.holds(row, column) for table in tables) or not _stands_alone(grid, cell):
            continue
        table = table_at(grid, row, column, guesses)
        if table is not None:
            tables.append(table)
    return tables


def _stands_alone(grid: Grid, cell: Cell) -> bool:
    """Whether nothing stands above the cell, nor to its left: so a table's name does."""
    return (cell.row - 1, cell.column) not in grid.sheet.cells and (
        cell.row,
        cell.column - 1,
    ) not in grid.sheet.cells


def _glossary(grid: Grid, guesses: list[Guess]) -> tuple[Variable, ...]:
    """The variables: a name, its business concept and attribute, and what further columns say of it."""
    head = next((cell for cell in grid.sheet.cells.values() if plain_word(cell.text) == _GLOSSARY[0]), None)
    if head is None:
        guesses.append(Guess(grid.name, 'The sheet has no heading "Variable"; it is left out.'))
        return ()
    further = [cell for cell in grid.row(head.row) if cell.column > head.column + 2]
    found: list[Variable] = []
    for row in range(head.row + 1, grid.last_row + 1):
        name, attribute = grid.text(row, head.column), grid.text(row, head.column + 2)
        concept = grid.filled(row, head.column + 1).text.strip()
        if not name:
            continue
        told = [(cell.text.strip(), grid.text(row, cell.column)) for cell in further]
        type_ = next((text for heading, text in told if _TYPE.fullmatch(heading)), "")
        described = [f"{heading}: {text}" for heading, text in told if text]
        if concept and attribute:
            described.insert(0, f"{concept}.{attribute}")
        spelling = (f"{concept}.{attribute}",) if concept and attribute else ()
        found.append(Variable(name, spelling, type_, "; ".join(described)))
    return tuple(found)


def _without_glossary(drafts: tuple[Draft, ...]) -> tuple[Variable, ...]:
    """The variables that headings name, with what pyDMNrules makes of each: `Data.Patient_Age`."""
    headings = {
        column.heading: Variable(column.heading, (f"Data.{column.heading.replace(' ', '_')}",))
        for draft in drafts
        for column in draft.columns
        if column.role is not Role.NOTE
    }
    return tuple(headings.values())


def _in_order(plan: Grid, found: dict[str, Draft], guesses: list[Guess]) -> tuple[Draft, ...]:
    """The tables that the sheet Decision runs, each with the conditions under which it does."""
    head = next(
        (each for each in plan.sheet.cells.values() if _EXECUTED.fullmatch(plain_word(each.text))), None
    )
    if head is None:
        guesses.append(
            Guess(plan.name, 'The sheet has no heading "Execute Decision Tables"; all tables run.')
        )
        return tuple(found.values())
    described = next((each for each in plan.row(head.row) if plain_word(each.text) == "decisions"), head)
    asked = [each for each in plan.row(head.row) if each.column < described.column]
    order: list[Draft] = []
    for row in range(head.row + 1, plan.last_row + 1):
        name = plan.text(row, head.column).strip('"')
        if not name:
            continue
        place = plan.place(row, head.column)
        draft = found.get(name)
        if draft is None:
            guesses.append(Guess(place, f'No table is named "{name}"; the line is left out.'))
            continue
        if any(each.place == draft.place for each in order):
            guesses.append(Guess(place, f'"{name}" runs a second time; here a table is decided once.'))
            continue
        draft = evolve(draft, question=plan.text(row, described.column))
        for cell in asked:
            condition = entry_of(plan.filled(row, cell.column), plan.place(row, cell.column))
            draft = _only_if(draft, cell, plan, condition, guesses)
        order.append(draft)
        for cell in plan.row(row):
            if cell.column > head.column:
                said = f'"{cell.text}" is an annotation of the line; it is left out.'
                guesses.append(Guess(plan.place(row, cell.column), said))
    for draft in found.values():
        if not any(each.place == draft.place for each in order):
            guesses.append(
                Guess(
                    draft.place,
                    f'The sheet Decision does not run "{draft.name}"; it is imported all the same.',
                )
            )
            order.insert(0, draft)
    return tuple(order)


def _only_if(draft: Draft, heading: Cell, plan: Grid, condition: Entry, guesses: list[Guess]) -> Draft:
    """The table with a further input: what the sheet Decision asks before it runs it."""
    if condition.blank or condition.text == "-":
        return draft
    name = heading.text.strip()
    guesses.append(
        Guess(
            condition.place,
            f'"{draft.name}" runs only if {name} is {condition.text}: a column of it says so now.',
        )
    )
    column = Column(Role.INPUT, name, plan.place(heading.row, heading.column))
    entry = condition if not condition.blank else written("-", condition.place)
    return evolve(
        draft,
        columns=(column, *draft.columns),
        rows=tuple(Row(row.id, (entry, *row.entries), row.place) for row in draft.rows),
    )
