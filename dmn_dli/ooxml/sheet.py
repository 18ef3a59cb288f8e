"""One worksheet while it is being changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dmn_dli.ooxml.look import Dropdown, Highlight, Look, Print

Value = str | Decimal | int | bool | date | None
"""What a cell may be given; None makes it blank (its style stays). Text is never a formula."""

Place = tuple[int, int]
"""Row and column of a cell, 1-based."""


class EditedSheet:
    """A worksheet whose cells, rows, columns and settings are changed; what is not named stays as it is.

    Rows and columns are counted as they are at that moment, after the changes made before.
    """

    @property
    def name(self) -> str:
        """The sheet's name at present."""
        raise NotImplementedError

    @property
    def last_row(self) -> int:
        """The last row that the part mentions; 0 where it mentions none."""
        raise NotImplementedError

    @property
    def last_column(self) -> int:
        """The last column in which any row mentions a cell; 0 where none does."""
        raise NotImplementedError

    def put(self, place: Place, value: Value, *, like: Place | None = None) -> None:
        """Write a cell. It keeps its style; `like` gives it another cell's (copied also if it has one).

        The same value again changes no byte. Text keeps all its blanks; a date becomes the day's number in
        the file's own calendar (1900 or 1904) and wants a number format of dates (the caller's).
        """
        raise NotImplementedError

    def look(self, place: Place, look: Look) -> None:
        """Change how a cell looks; a cell that is not mentioned is made, blank. Nothing where it looks so."""
        raise NotImplementedError

    def insert_rows(self, before: int, count: int = 1, *, like: int | None = None) -> None:
        """Make room: rows from `before` on move down; the new ones are blank, of the look and height of `like`.

        Merges, dropdowns, conditional formats (x14 too), notes, links, tables, filters, drawings, sparklines,
        print areas and formulas of the whole book that point below follow. What spans the place grows, and
        what ends on the row just above does where `like` is that row (a dropdown reaches the new row).
        """
        raise NotImplementedError

    def remove_rows(self, first: int, count: int = 1) -> None:
        """Take rows out, with their notes; what lies below moves up, and what pointed there shrinks or goes."""
        raise NotImplementedError

    def order_rows(self, first: int, order: Sequence[int]) -> None:
        """Reorder the rows from `first` on: the row at first + n is the one that stood at first + order[n].

        Cells, heights, notes and links go with their rows. Areas that cover all of these rows, or none, stay;
        others are taken apart into the rows' new places. order: each of 0 … len - 1 once.
        """
        raise NotImplementedError

    def insert_columns(self, before: int, count: int = 1, *, like: int | None = None) -> None:
        """As `insert_rows`, of columns; their width is that of `like`."""
        raise NotImplementedError

    def remove_columns(self, first: int, count: int = 1) -> None:
        """As `remove_rows`, of columns."""
        raise NotImplementedError

    def order_columns(self, first: int, order: Sequence[int]) -> None:
        """As `order_rows`, of columns; widths go with them."""
        raise NotImplementedError

    def row_height(self, row: int, points: float | None) -> None:
        """A row's height in points; None lets the program that opens it find one."""
        raise NotImplementedError

    def column_width(self, column: int, width: float) -> None:
        """A column's width in characters, as Excel counts it."""
        raise NotImplementedError

    def freeze(self, rows: int, columns: int) -> None:
        """Keep so many rows at the top and columns at the left in sight; 0 and 0 for none."""
        raise NotImplementedError

    def merges(self) -> tuple[str, ...]:
        """The merged areas, such as `B1:F1`."""
        raise NotImplementedError

    def merge(self, area: str) -> None:
        """Merge an area; those that meet it are taken apart first."""
        raise NotImplementedError

    def unmerge(self, area: str) -> None:
        """Take a merged area apart."""
        raise NotImplementedError

    def dropdowns(self, area: str, dropdowns: Sequence[Dropdown]) -> None:
        """Make these the only lists of words that are offered within an area.

        Other validations (dates, lengths, formulas) and lists outside the area stay. No byte changes where
        they are these already.
        """
        raise NotImplementedError

    def highlights(self, marker: str, highlights: Sequence[Highlight]) -> None:
        """Make these the conditional formats that bear a marker, before all others, whose order stays.

        marker: a text that `N("marker")=0` adds to each formula, and by which they are known again.
        """
        raise NotImplementedError

    def print_setup(self, setup: Print) -> None:
        """Change how the sheet prints."""
        raise NotImplementedError

    def tab_colour(self, colour: str) -> None:
        """The colour of the tab, `RRGGBB`."""
        raise NotImplementedError

    def note(self, place: Place, text: str | None, *, author: str = "dmn-dli", width: int = 340) -> None:
        """A note (comment) on a cell, in a box of a fitting height; None takes it away.

        What other notes say and how large their boxes are stays. A cell with a threaded comment (`is_threaded`)
        is left as it is.
        """
        raise NotImplementedError

    def note_text(self, place: Place) -> str | None:
        """What a cell's note says; None where it has none."""
        raise NotImplementedError

    def is_threaded(self, place: Place) -> bool:
        """Whether a cell has a threaded comment, of which the note is but a copy that is not ours to change."""
        raise NotImplementedError

    def link(self, place: Place, location: str, tooltip: str = "") -> None:
        """Let a click on the cell lead to a place in the workbook, such as `'Plan notes'!A5`."""
        raise NotImplementedError
