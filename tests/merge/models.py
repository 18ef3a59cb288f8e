"""Workbooks of decision tables as plain data, random edits of them, and the grids that they are read as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from attrs import evolve, field, frozen

from dmn_dli.excel.sheet import Sheet
from dmn_dli.merge.grids import Grid
from dmn_dli.merge.reading import grid_of
from dmn_dli.model.cell import Cell, CellKind

HEADS = ("#1", "#2", "#3", "#4")
CORNER = "#A"
Cells = Mapping[tuple[str, str], str]


@frozen
class Table:
    """A decision table. Rows and columns are named as they were called when they were made, whatever they are
    called now: that stands in the cells of column A and of row 3."""

    tab: str
    question: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Cells = field(factory=dict)

    def at(self, row: str, column: str) -> str:
        """What a cell holds."""
        return self.cells.get((row, column), "")


Book = Mapping[str, Table]
"""Tables in the order of their tabs, by the tab that they had when they were made."""


def table(tab: str, policy: str, rows: int, columns: Iterable[str]) -> Table:
    """A table whose rules all say something else."""
    kept = (CORNER, *columns)
    cells = {("#1", CORNER): tab, ("#2", CORNER): policy, ("#3", CORNER): "Rule", ("#4", CORNER): "values"}
    ids = tuple(f"{tab.lower()}-{number}" for number in range(1, rows + 1))
    for column in kept[1:]:
        kind, _, heading = column.partition(" ")
        cells |= {("#2", column): kind.upper(), ("#3", column): heading}
    for number, row in enumerate(ids):
        cells[row, CORNER] = row
        for column in kept[1:]:
            bare = column.startswith("if") and number % 5 == 3
            cells[row, column] = "-" if bare else f"{column} of {number}"
    return Table(tab, f"What of {tab}?", (*HEADS, *ids), kept, cells)


def grid(of: Table) -> Grid:
    """The table as it is read from a file."""
    cells = {(1, 2): Cell(1, 2, CellKind.TEXT, of.question)} if of.question else {}
    for number, row in enumerate(of.rows, 1):
        for letter, column in enumerate(of.columns, 1):
            text = of.at(row, column)
            if text:
                cells[number, letter] = Cell(number, letter, CellKind.TEXT, text)
    return grid_of(Sheet(of.tab, dict(sorted(cells.items()))))


def grids(book: Book) -> dict[str, Grid]:
    """All sheets of a workbook by their tabs."""
    return {of.tab: grid(of) for of in book.values()}


def edited_book(random: Random, book: Book) -> Book:
    """A workbook after some edits of its tables and sheets."""
    edited = {name: edited_table(random, of) if random.random() < 0.7 else of for name, of in book.items()}
    chance = random.random()
    name = random.choice(list(edited))
    if chance < 0.06:
        del edited[name]
    elif chance < 0.12:
        edited[name] = evolve(edited[name], tab=random.choice(("Other", "Another")))
    elif chance < 0.18:
        edited["Gamma"] = table("Gamma", "U", random.choice((2, 2, 3)), ("if age", "then scope"))
    elif chance < 0.24:
        edited = dict(random.sample(list(edited.items()), len(edited)))
    return edited


def edited_table(random: Random, of: Table) -> Table:
    """A table after some edits. What is given another name is not edited besides."""
    untouched = {*of.rows[len(HEADS) :], *of.columns[1:]}
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        if random.random() < 0.5:
            of = random.choice(_NAMED)(random, of, untouched)
        else:
            of = random.choice(_FREE)(random, of)
    return of


def _cell(random: Random, of: Table, untouched: set[str]) -> Table:
    row, column = random.choice(of.rows[len(HEADS) :]), random.choice(of.columns[1:])
    if not {of.at(row, CORNER), of.at("#3", column)} <= {row, column.partition(" ")[2]}:
        return of  # one of them was given another name
    untouched -= {row, column}
    text = "-" if random.random() < 0.1 else f"new {column} {random.choice('xyz')}"
    return evolve(of, cells={**of.cells, (row, column): text})


def _head(random: Random, of: Table) -> Table:
    chance = random.random()
    if chance < 0.3:
        return evolve(of, question=random.choice(("Why?", "Whence?", "")))
    if chance < 0.6:
        return evolve(of, cells={**of.cells, ("#2", CORNER): random.choice("UFC")})
    column = random.choice(of.columns[1:])
    return evolve(of, cells={**of.cells, ("#4", column): random.choice(("some", "others"))})


def _remove_row(random: Random, of: Table) -> Table:
    if len(of.rows) <= len(HEADS) + 2:
        return of
    gone = random.choice(of.rows[len(HEADS) :])
    return evolve(of, rows=tuple(each for each in of.rows if each != gone))


def _add_row(random: Random, of: Table) -> Table:
    name = f"{of.rows[-1][:1]}-new-{random.randrange(8)}"
    if name in of.rows:
        return of
    place = random.randint(len(HEADS), len(of.rows))
    cells = dict(of.cells) | {(name, CORNER): name}
    for column in of.columns[1:]:
        cells[name, column] = random.choice(("-", f"{column} for {random.choice('uvw')}"))
    return evolve(of, rows=(*of.rows[:place], name, *of.rows[place:]), cells=cells)


def _move_row(random: Random, of: Table) -> Table:
    return evolve(of, rows=(*HEADS, *_moved(random, of.rows[len(HEADS) :])))


def _move_column(random: Random, of: Table) -> Table:
    return evolve(of, columns=(CORNER, *_moved(random, of.columns[1:])))


def _moved(random: Random, items: tuple[str, ...]) -> tuple[str, ...]:
    moved = random.choice(items)
    others = [each for each in items if each != moved]
    others.insert(random.randint(0, len(others)), moved)
    return tuple(others)


def _remove_column(random: Random, of: Table) -> Table:
    if len(of.columns) < 4:
        return of
    gone = random.choice(of.columns[1:])
    return evolve(of, columns=tuple(each for each in of.columns if each != gone))


def _add_column(random: Random, of: Table) -> Table:
    heading = f"added {random.randrange(4)}"
    name = f"{random.choice(('if', 'note'))} {heading}"
    if name in of.columns:
        return of
    place = random.randint(1, len(of.columns))
    cells = dict(of.cells) | {("#2", name): name.partition(" ")[0].upper(), ("#3", name): heading}
    for row in of.rows[len(HEADS) :]:
        cells[row, name] = random.choice(("-", f"{name} {random.choice('pq')}"))
    return evolve(of, columns=(*of.columns[:place], name, *of.columns[place:]), cells=cells)


def _rename_row(random: Random, of: Table, untouched: set[str]) -> Table:
    row = random.choice(of.rows[len(HEADS) :])
    name = f"renamed {random.randrange(5)}"
    if row not in untouched or name in {of.at(each, CORNER) for each in of.rows}:
        return of
    untouched.discard(row)
    return evolve(of, cells={**of.cells, (row, CORNER): name})


def _rename_column(random: Random, of: Table, untouched: set[str]) -> Table:
    column = random.choice(of.columns[1:])
    name = f"heading {random.randrange(5)}"
    if column not in untouched or name in {of.at("#3", each) for each in of.columns}:
        return of
    untouched.discard(column)
    return evolve(of, cells={**of.cells, ("#3", column): name})


_NAMED = (*(_cell,) * 6, _rename_row, _rename_column)
_FREE = (
    _head,
    _remove_row,
    _add_row,
    _add_row,
    _move_row,
    _move_row,
    _move_column,
    _remove_column,
    _add_column,
)
