"""A sheet as a merge sees it: rows and columns that are known by name, and what the cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

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
    """Notes and all sheets that are not read: known by place; merged cell by cell where the shape is equal."""


@frozen
class Key:
    """By what a row or a column is known: its folded name, and which one of that name (0, but for repeats).

    Head rows of tables (1 to 4) and heading rows of lists are rows too, with keys of their own (`#1` …).
    A column's name holds what row 2 says before its heading: `if disease status`.
    """

    name: str
    nth: int = 0


@frozen
class Grid:
    """A sheet's rows and columns in order, and its cells.

    rows, columns: each with the row or column of the sheet where it stands (1-based). cells: those that hold
    something. ordered: whether the order of the rows below the head means something (F, P, R, O, criteria).
    """

    name: str
    kind: SheetKind
    rows: Mapping[Key, int]
    columns: Mapping[Key, int]
    cells: Mapping[tuple[Key, Key], Cell]
    ordered: bool = False


class Side(Enum):
    """Whose a row, column or cell is."""

    BASE = "base"
    OURS = "ours"
    THEIRS = "theirs"


@frozen
class Conflict:
    """Two edits that do not go together. OURS is kept.

    kind: `cell`, `row removed`, `row order`, `column removed`, `column order`, `sheet removed`, `sheet order`,
    `row added twice`, `text` … base, ours, theirs: what each holds, in words; "" for nothing.
    row, column: keys of the cell; None where it is about more than one.
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
    """One thing that a side changed and that the merge took over, in words that name rule and heading."""

    side: Side
    sheet: str
    said: str
    row: Key | None = None
    column: Key | None = None


@frozen
class MergedGrid:
    """What a sheet is to be after the merge, told against OURS.

    rows, columns: in their final order, each with the side in whose grid it is found. cells: those that take
    another value than OURS has there (or, in rows and columns of THEIRS, any value); None makes it blank.
    """

    name: str
    rows: tuple[tuple[Key, Side], ...]
    columns: tuple[tuple[Key, Side], ...]
    cells: Mapping[tuple[Key, Key], Cell | None]
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()


@frozen
class MergedBook:
    """What a workbook is to be: its sheets in order, each with the side it comes from and, where both sides
    have it, the merged grid."""

    sheets: tuple[tuple[str, Side], ...]
    grids: Mapping[str, MergedGrid] = field(factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()
