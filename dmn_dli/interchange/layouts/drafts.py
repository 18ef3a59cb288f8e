"""Decision tables as a layout gives them, before they get the names, types and cells of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from dmn_dli.interchange.imported import Guess
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.repair import trim


class Role(Enum):
    """What a column is for, in the word of row 2 of a sheet of ours."""

    INPUT = "IF"
    OUTPUT = "THEN"
    NOTE = "NOTE"


@frozen
class Entry:
    """A cell of a rule: what it holds, and where. `plain` says that the text is a value, not FEEL."""

    kind: CellKind
    text: str
    place: str
    number_format: str = "General"
    plain: bool = False

    @property
    def blank(self) -> bool:
        """Whether it holds nothing."""
        return self.kind is CellKind.BLANK or not trim(self.text)


def entry_of(cell: Cell, place: str) -> Entry:
    """A cell as it stands."""
    return Entry(cell.kind, trim(cell.text), place, cell.number_format)


def written(text: str, place: str, *, plain: bool = False) -> Entry:
    """A text in place of a cell; blank where there is none."""
    return Entry(CellKind.TEXT if text else CellKind.BLANK, text, place, plain=plain)


@frozen
class Column:
    """A column of a table.

    heading: as the file has it: a variable's name, or FEEL where `expression` is set. type: the file's word
    for it. allowed: the entry that lists the values. label: what people read where the heading is FEEL.
    """

    role: Role
    heading: str
    place: str
    expression: bool = False
    type: str = ""
    allowed: Entry | None = None
    label: str = ""


@frozen
class Row:
    """A rule: its id ("" where the file has none) and an entry for each column."""

    id: str
    entries: tuple[Entry, ...]
    place: str


@frozen
class Draft:
    """A decision table as the file has it. hit_policy: "" where the file says none."""

    name: str
    place: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hit_policy: str = ""
    question: str = ""

    def numbered(self, role: Role) -> tuple[tuple[int, Column], ...]:
        """The columns of a role, with their numbers from 0."""
        return tuple((number, each) for number, each in enumerate(self.columns) if each.role is role)


@frozen
class Variable:
    """What the file says of a name: other spellings (`Patient.age`), type, what it is."""

    name: str
    spellings: tuple[str, ...] = ()
    type: str = ""
    description: str = ""


@frozen
class ForeignBook:
    """What a layout has read.

    layout: its name in words. drafts: in the order in which the file runs them; ordered: whether a later one
    sees what an earlier one has set, and not the other way round. other: sheets' rows that are kept as notes.
    """

    layout: str
    drafts: tuple[Draft, ...]
    variables: tuple[Variable, ...] = ()
    guesses: tuple[Guess, ...] = ()
    ordered: bool = False
    title: str = ""
    notes: Mapping[str, tuple[tuple[str, ...], ...]] = field(factory=dict)
