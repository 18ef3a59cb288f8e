"""Small sheets as rows of text, merged and shown as such."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.excel.sheet import Sheet
from dmn_dli.merge.books import Versions, aligned, merge_books
from dmn_dli.merge.grids import Conflict, Grid, Key, MergedBook, Side
from dmn_dli.merge.reading import grid_of
from dmn_dli.model.cell import Cell, CellKind

Rows = Sequence[Sequence[str | int]]

HEAD: Rows = (
    ("Scope", "What?"),
    ("U", "IF", "IF", "THEN", "NOTE"),
    ("Rule", "Service", "Age", "Scope", "Citation"),
)
VALUES: Rows = (("values", "dli, hpc"),)


def sheet(name: str, *rows: Sequence[str | int]) -> Grid:
    """A sheet with these rows; numbers are numbers, "" is blank."""
    cells = {
        (row, column): Cell(
            row, column, CellKind.TEXT if isinstance(said, str) else CellKind.NUMBER, str(said)
        )
        for row, line in enumerate(rows, 1)
        for column, said in enumerate(line, 1)
        if said != ""
    }
    return grid_of(Sheet(name, cells))


def table(*rules: Sequence[str | int], policy: str = "U") -> Grid:
    """A decision table `Scope` with these rules."""
    head = [list(line) for line in HEAD]
    head[1][0] = policy
    return sheet("Scope", *head, *VALUES, *rules)


class Merged:
    """Three versions of a workbook, merged."""

    def __init__(self, base: Sequence[Grid], ours: Sequence[Grid], theirs: Sequence[Grid]) -> None:
        books = ({grid.name: grid for grid in book} for book in (base, ours, theirs))
        self.versions: Versions = aligned(*books)
        self.book: MergedBook = merge_books(self.versions)

    @property
    def conflicts(self) -> list[Conflict]:
        """All of them."""
        return [*self.book.conflicts, *(each for grid in self.book.grids.values() for each in grid.conflicts)]

    @property
    def kinds(self) -> list[str]:
        """What kinds of conflicts there are."""
        return [each.kind for each in self.conflicts]

    def said(self, side: Side) -> list[str]:
        """What a side has changed, in words."""
        edits = [*self.book.edits, *(each for grid in self.book.grids.values() for each in grid.edits)]
        return [each.said for each in edits if each.side is side]

    def rows(self, name: str) -> list[list[str]]:
        """The merged sheet as rows of text; those of the head are left out."""
        merged, grids = self.book.grids[name], (self.versions.ours[name], self.versions.theirs[name])

        def text(row: Key, column: Key) -> str:
            cell = merged.cells.get((row, column), grids[0].cells.get((row, column)))
            return cell.text if cell else ""

        return [[text(row, column) for column, _ in merged.columns] for row, _ in merged.rows if not row.head]


def merged_sheet(base: Grid, ours: Grid, theirs: Grid) -> Merged:
    """Three versions of a sheet, merged."""
    return Merged([base], [ours], [theirs])
