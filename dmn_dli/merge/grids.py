"""A sheet as a merge sees it: rows and columns that are known by name, and what the cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from attrs import field, frozen

from dmn_dli.model.cell import Cell


class SheetKind(Enum):
    """What a sheet is, which says by what its rows and columns are known and whether their order matters."""

    TABLE = "decision table"
    CRITERIA = "sheet of criteria"
    FIELDS = "fields"
    """Policy: rows are known by the field."""
    CASES = "cases"
    """Rows are known by the case's name."""
    HISTORY = "history"
    """Change History: a line is known by all that it says; lines are only added or removed."""
    LIST = "list"
    """Facts (by fact), Assumptions, Accepted (by what they say)."""
    TEXT = "text"
    """Notes and all sheets that are not read: known by place, and by the lines that stand around."""


class Key(NamedTuple):
    """By what a row or a column is known: its folded name, and which one of that name (0, but for repeats).

    head: rows of the head (`#1` … of tables, `#1` of lists) and column A of tables (`#A`), which nobody can
    name. The name of another column of a table holds what row 2 says before its heading: `if disease status`.
    A named tuple, since keys are hashed and compared some hundred thousand times.
    """

    name: str
    nth: int = 0
    head: bool = False


CORNER = Key("#A", head=True)
"""Column A of tables and of sheets of criteria."""


def head_row(number: int) -> Key:
    """The key of a row of the head."""
    return Key(f"#{number}", head=True)


@frozen
class Grid:
    """A sheet's rows and columns in order, and its cells.

    name: of its tab. rows, columns: each with the row or column of the sheet where it stands (1-based); those
    of `versions.aligned` bear the same keys in all versions. cells: those that hold something.
    ordered: whether the order of the rows below the head means something (F, P, R, O, criteria).
    question: the first cell of row 1 right of A, in tables and sheets of criteria: it is no column's.
    named_by: the columns that make the names of the rows; none where all that a row says does, or its place.
    """

    name: str
    kind: SheetKind
    rows: Mapping[Key, int]
    columns: Mapping[Key, int]
    cells: Mapping[tuple[Key, Key], Cell]
    ordered: bool = False
    question: Cell | None = None
    named_by: frozenset[Key] = frozenset()

    def at(self, row: Key, column: Key) -> Cell:
        """The cell there; a blank one where it holds none."""
        return self.cells.get((row, column)) or Cell(self.rows.get(row, 1), self.columns.get(column, 1))


@frozen
class SheetVersions:
    """A sheet in its three versions, whose rows and columns bear the same keys."""

    base: Grid
    ours: Grid
    theirs: Grid

    @property
    def ordered(self) -> bool:
        """Whether the order of rows means something to one of the sides."""
        return self.ours.ordered or self.theirs.ordered


class Side(Enum):
    """Whose a row, column or cell is."""

    BASE = "base"
    OURS = "ours"
    THEIRS = "theirs"


@frozen
class Conflict:
    """Two edits that do not go together. OURS is kept.

    sheet: the name that it has in `MergedBook.sheets`. kind: one of the words in `docs/merge.md`.
    base, ours, theirs: what each holds, in words; "" for nothing.
    row, column: keys of the cell; None where it is about more than one. The row may be gone in OURS.
    """

    sheet: str
    kind: str
    base: str
    ours: str
    theirs: str
    row: Key | None = None
    column: Key | None = None


@frozen
class Edit:
    """One thing that a side changed and that the merge took over, in words that name rule and heading.

    What both did alike is told as OURS. moved: whether a row or column only stands elsewhere.
    """

    side: Side
    sheet: str
    said: str
    row: Key | None = None
    column: Key | None = None
    moved: bool = False


@frozen
class MergedGrid:
    """What a sheet is to be after the merge, told against OURS.

    rows, columns: in their final order, each with the side in whose grid it is found. cells: those that take
    another value than OURS has there (or, in rows and columns of THEIRS, any value); None makes it blank.
    question: what the first cell of row 1 right of A is to hold, where that changes; blank for nothing.
    unfilled: conditions and results of a row of one side in a column of the other, which nobody has written.
    """

    name: str
    rows: tuple[tuple[Key, Side], ...]
    columns: tuple[tuple[Key, Side], ...]
    cells: Mapping[tuple[Key, Key], Cell | None]
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()
    question: Cell | None = None
    unfilled: tuple[tuple[Key, Key], ...] = ()


@frozen
class MergedBook:
    """What a workbook is to be.

    sheets: in order, each with the side it comes from, under the name by which `Versions` knows it.
    grids: what becomes of those that OURS and THEIRS have. renamed: sheets of OURS with the tab's new name.
    conflicts, edits: those of whole sheets; those of cells, rows and columns stand in the grids.
    """

    sheets: tuple[tuple[str, Side], ...]
    grids: Mapping[str, MergedGrid] = field(factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()
    renamed: Mapping[str, str] = field(factory=dict)


Grids = Mapping[str, Grid]
"""The grids of a workbook in the order of the tabs, by the names under which `Versions` knows them."""
