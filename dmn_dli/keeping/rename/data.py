"""What is renamed, and what comes of it: changes of cells, and texts that speak of the old name."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from dmn_dli.keeping import in_place
from dmn_dli.model.cell import Cell, cell_name


class Subject(Enum):
    """What may be renamed; the value is its name for people."""

    FACT = "fact"
    LABEL = "label"
    VALUE = "value"
    DECISION = "decision"
    RULE = "rule"
    CRITERION = "criterion"


SHARED = (Subject.FACT, Subject.LABEL, Subject.VALUE)
"""What stands in the dictionary, so that all workbooks which share it are concerned."""


@frozen
class Request:
    """What somebody asks for: `old` is to be called `new`.

    fact: whose value it is, by name or label. sheet: where the rule or criterion stands, by its name or tab.
    """

    subject: Subject
    old: str
    new: str
    fact: str = ""
    sheet: str = ""


@frozen
class Change:
    """A cell, or the tab of a sheet (`cell` None), with its text before and after."""

    file: str
    sheet: str
    cell: Cell | None
    before: str
    after: str

    @property
    def place(self) -> str:
        """`Scope!B5`, or the sheet alone where its tab is meant."""
        return self.sheet if self.cell is None else cell_name(self.sheet, self.cell.reference)


@frozen
class Mention:
    """A text that holds the old name and is left as it is; `note`: it is the note on the cell."""

    file: str
    sheet: str
    cell: Cell
    text: str
    note: bool = False

    @property
    def place(self) -> str:
        """`Notes!A3`."""
        return cell_name(self.sheet, self.cell.reference)


@frozen
class Renamed:
    """What a renaming changes, file by file, and which texts it leaves.

    request: as it was understood, in the spelling of the tables. files: each file that changes, before and
    after.
    apart: workbooks of the folder with facts of their own, which are no part of it.
    """

    request: Request
    changes: tuple[Change, ...]
    mentions: tuple[Mention, ...]
    files: tuple[in_place.Change, ...] = field(repr=False)
    apart: tuple[str, ...] = ()
