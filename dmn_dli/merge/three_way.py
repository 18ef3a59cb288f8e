"""Three versions of a sheet made into one, cell by cell; what does not go together stays as OURS has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from attrs import define, evolve, field

from dmn_dli.excel.criteria import EVIDENCE
from dmn_dli.excel.layouts import KIND_ROW, VALUES_ROW, ColumnKind
from dmn_dli.excel.table import hit_policy
from dmn_dli.merge.fates import Fates, fates, same
from dmn_dli.merge.grids import (
    CORNER,
    Conflict,
    Edit,
    Grid,
    Key,
    MergedGrid,
    SheetKind,
    SheetVersions,
    Side,
    head_row,
)
from dmn_dli.merge.items import merged_lines, merged_values
from dmn_dli.merge.order import column_order, row_order
from dmn_dli.merge.words import cell_text, place_name, row_text, told
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.runtime.words import composed, folded

CELL, QUESTION, ADDED_TWICE = "cell", "question", "row added twice"
ALLOWED_VALUES = Key("allowed values")
_EVIDENCE = Key(f"{ColumnKind.OUTPUT.value} {EVIDENCE}".casefold())
_RESULT, _TEST = (f"{kind.value.casefold()} " for kind in (ColumnKind.OUTPUT, ColumnKind.INPUT))
_GRIDS = (SheetKind.TABLE, SheetKind.CRITERIA)


def merged_grid(base: Grid, ours: Grid, theirs: Grid) -> MergedGrid:
    """A sheet of OURS and THEIRS, told against OURS; their rows and columns bear the same keys.

    Each edit of THEIRS is in the result, or is in a conflict, or is one that OURS has made alike.
    """
    sheet = SheetVersions(base, ours, theirs)
    fate = fates(sheet)
    cells = _Cells(sheet, fate)
    cells.merge()
    rows = row_order(sheet, fate.rows)
    columns = column_order(sheet, fate.columns)
    question = cells.question()
    row_place, column_place = (
        {key: place for place, key in enumerate(each.keys)} for each in (rows, columns)
    )

    def place(found: Conflict | Edit) -> tuple[int, int]:
        last = len(row_place), len(column_place)
        return (
            row_place.get(found.row, last[0]) if found.row else -1,
            column_place.get(found.column, last[1]) if found.column else -1,
        )

    conflicts = [*fate.conflicts, *rows.conflicts, *cells.conflicts, *cells.twice()]
    edits = dict.fromkeys((*fate.edits, *rows.edits, *columns.edits, *cells.edits))
    alike = {evolve(each, side=Side.THEIRS) for each in edits if each.side is Side.OURS}
    return MergedGrid(
        ours.name,
        tuple((key, Side.OURS if key in ours.rows else Side.THEIRS) for key in rows.keys),
        tuple((key, Side.OURS if key in ours.columns else Side.THEIRS) for key in columns.keys),
        cells.cells,
        tuple(sorted(conflicts, key=place)),
        tuple(sorted((each for each in edits if each not in alike), key=place)),
        question,
        tuple(_unfilled(sheet, rows.keys, columns.keys)),
    )


@define
class _Cells:
    """The cells of a sheet while they are being merged."""

    sheet: SheetVersions
    fate: Fates
    cells: dict[tuple[Key, Key], Cell | None] = field(factory=dict)
    conflicts: list[Conflict] = field(factory=list)
    edits: list[Edit] = field(factory=list)

    def merge(self) -> None:
        """Take over what THEIRS has changed, and note what both have."""
        base, ours, theirs = self.sheet.base, self.sheet.ours, self.sheet.theirs
        apart = self._added_apart()
        differing = [at for at, cell in theirs.cells.items() if not same(ours.cells.get(at), cell)]
        for place in (*differing, *(at for at in ours.cells if at not in theirs.cells)):
            row, column = place
            if row not in self.fate.rows or column not in self.fate.columns:
                continue
            if row not in theirs.rows or column not in theirs.columns:
                continue
            mine, other = ours.cells.get(place), theirs.cells.get(place)
            if row not in ours.rows or column not in ours.columns:
                self.cells[place] = other
            else:
                former = base.cells.get(place)
                if row in apart:
                    self._conflict(ADDED_TWICE, row, column, None, mine, other)
                else:
                    self._cell(row, column, former, mine, other)
        self.edits += self._own()

    def _cell(self, row: Key, column: Key, base: Cell | None, ours: Cell | None, theirs: Cell | None) -> None:
        """A cell in which the sides differ."""
        if same(theirs, base):
            return
        if same(ours, base) or (_reads_as(ours, base) and not _reads_as(theirs, base)):
            taken = theirs
        elif _reads_as(theirs, ours) or _reads_as(theirs, base):
            return
        else:
            taken = self._as_items(row, column, base, ours, theirs)
            if taken is None:
                self._conflict(CELL, row, column, base, ours, theirs)
                return
        self.cells[row, column] = taken
        self.edits.append(self._edit(Side.THEIRS, self.sheet.theirs, row, column, ours, taken))

    def _as_items(
        self, row: Key, column: Key, base: Cell | None, ours: Cell | None, theirs: Cell | None
    ) -> Cell | None:
        """The cell as a list that both sides have added to or taken from; None where it is none."""
        if base is None or ours is None or theirs is None:
            return None
        if any(cell.kind is not CellKind.TEXT for cell in (base, ours, theirs)):
            return None
        kind, texts = self.sheet.ours.kind, (base.text, ours.text, theirs.text)
        merged: str | None = None
        if kind in _GRIDS and row == head_row(VALUES_ROW) and column != CORNER:
            ordered = column.name.startswith(_RESULT) and self._ranked()
            merged = merged_values(*texts, ordered=ordered)
        elif kind is SheetKind.LIST and column == ALLOWED_VALUES and not row.head:
            merged = merged_values(*texts, ordered=False)
        elif kind is SheetKind.CRITERIA and column == _EVIDENCE and not row.head:
            merged = merged_lines(*texts)
        return None if merged is None else evolve(ours, text=merged)

    def _ranked(self) -> bool:
        """Whether the order of results in row 4 means something to one of the sides."""
        said = (grid.at(head_row(KIND_ROW), CORNER).text for grid in (self.sheet.ours, self.sheet.theirs))
        policies = [hit_policy(text) for text in said]
        return any(policy is not None and policy.ranked for policy in policies)

    def _added_apart(self) -> AbstractSet[Key]:
        """The rows that both have added under one name and in which they contradict each other.

        Such rows are not mixed: a remark of the one would stand beside the conditions of the other.
        """
        base, ours, theirs = self.sheet.base, self.sheet.ours, self.sheet.theirs
        new = {row for row in ours.rows if row in theirs.rows and row not in base.rows and not row.head}
        return {
            row
            for (row, column), cell in ours.cells.items()
            if row in new
            and (other := theirs.cells.get((row, column))) is not None
            and not (same(cell, other) or _reads_as(cell, other))
        }

    def _conflict(
        self, kind: str, row: Key, column: Key, base: Cell | None, ours: Cell | None, theirs: Cell | None
    ) -> None:
        texts = cell_text(base), cell_text(ours), cell_text(theirs)
        self.conflicts.append(Conflict(self.sheet.ours.name, kind, *texts, row, column))

    def _own(self) -> Iterator[Edit]:
        """What OURS has changed, conflicts left aside."""
        disputed = {(each.row, each.column) for each in self.conflicts}
        for row, columns in self.fate.ours.rows.items():
            for column in columns:
                if row in self.fate.rows and column in self.fate.columns and (row, column) not in disputed:
                    base, ours = (
                        grid.cells.get((row, column)) for grid in (self.sheet.base, self.sheet.ours)
                    )
                    yield self._edit(Side.OURS, self.sheet.ours, row, column, base, ours)

    def _edit(
        self, side: Side, grid: Grid, row: Key, column: Key, before: Cell | None, after: Cell | None
    ) -> Edit:
        named = place_name(grid, row, column)
        return Edit(side, self.sheet.ours.name, f"{named}: {told(before)} → {told(after)}", row, column)

    def question(self) -> Cell | None:
        """What row 1 is to ask, where that is not what OURS asks."""
        base, ours, theirs = (grid.question for grid in (self.sheet.base, self.sheet.ours, self.sheet.theirs))
        if same(ours, theirs) or same(theirs, base):
            return None
        row = head_row(1)
        if not same(ours, base):
            texts = cell_text(base), cell_text(ours), cell_text(theirs)
            self.conflicts.append(Conflict(self.sheet.ours.name, QUESTION, *texts, row))
            return None
        said = f"question: {told(ours)} → {told(theirs)}"
        self.edits.append(Edit(Side.THEIRS, self.sheet.ours.name, said, row))
        return theirs or Cell(1, 2)

    def twice(self) -> Iterator[Conflict]:
        """Rows that bear one name after the merge, though neither side has called them all so."""
        ours, theirs = self.sheet.ours, self.sheet.theirs
        naming = [CORNER] if ours.kind in _GRIDS else [each for each in ours.columns if each in ours.named_by]
        named: dict[tuple[str, ...], list[Key]] = {}
        for row in dict.fromkeys((*ours.rows, *theirs.rows)):
            if row in self.fate.rows and not row.head:
                grid = ours if row in ours.rows else theirs
                named.setdefault(_name(grid, row, naming, self.cells), []).append(row)
        for name, rows in named.items():
            if len(rows) < 2 or not any(name):
                continue
            mine, other = (
                [row for row in rows if row in grid.rows and _name(grid, row, naming) == name]
                for grid in (ours, theirs)
            )
            if len(rows) not in (len(mine), len(other)):
                row = next(each for each in rows if each not in mine)
                texts = [
                    row_text(grid, each) for grid, of in ((ours, mine), (theirs, [row])) for each in of[:1]
                ]
                yield Conflict(ours.name, ADDED_TWICE, "", texts[0], texts[-1], row)


def _name(
    grid: Grid,
    row: Key,
    naming: Sequence[Key],
    changed: Mapping[tuple[Key, Key], Cell | None] = MappingProxyType({}),
) -> tuple[str, ...]:
    """What a row is called, as names are compared; changed: cells that hold something else by now."""
    cells = (changed.get((row, column), grid.cells.get((row, column))) for column in naming)
    return tuple(folded(cell_text(cell)) for cell in cells)


def _reads_as(one: Cell | None, other: Cell | None) -> bool:
    """Whether two cells read alike, though one may hold a number or a day and the other its text."""
    if one is None or other is None:
        return same(one, other)
    odd = (CellKind.FORMULA, CellKind.ERROR)
    return composed(one.text) == composed(other.text) and (one.kind in odd) == (other.kind in odd)


def _unfilled(
    sheet: SheetVersions, rows: tuple[Key, ...], columns: tuple[Key, ...]
) -> Iterator[tuple[Key, Key]]:
    """Conditions and results of rows that one side has alone, in columns that the other has alone."""
    if sheet.ours.kind not in _GRIDS:
        return
    due = [column for column in columns if column.name.startswith((_RESULT, _TEST)) and column != _EVIDENCE]
    ours, theirs = ([c for c in due if c not in grid.columns] for grid in (sheet.ours, sheet.theirs))
    for row in rows:
        if row not in sheet.theirs.rows:
            yield from ((row, column) for column in ours)
        elif row not in sheet.ours.rows:
            yield from ((row, column) for column in theirs)
