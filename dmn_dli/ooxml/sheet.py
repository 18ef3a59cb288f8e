"""One worksheet while it is being changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from dmn_dli.ooxml import cells, views
from dmn_dli.ooxml.cells import Value
from dmn_dli.ooxml.columns import Columns
from dmn_dli.ooxml.conditional import set_highlights
from dmn_dli.ooxml.contents import Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.grid import Grid
from dmn_dli.ooxml.grid_formulas import unshare
from dmn_dli.ooxml.look import Dropdown, Highlight, Look, Print
from dmn_dli.ooxml.moves import move
from dmn_dli.ooxml.notes import Notes
from dmn_dli.ooxml.places import area_of, written_area
from dmn_dli.ooxml.printing import set_print, set_titles
from dmn_dli.ooxml.shifting import Axis, Inserted, Ordered, Place, Removed, Shift
from dmn_dli.ooxml.validations import set_dropdowns

__all__ = ["EditedSheet", "Place", "Value"]

_ROUNDED = 0.4
"""By no more than so many points heights are alike: programs round them to dots of the screen."""


class EditedSheet:
    """A worksheet whose cells, rows, columns and settings are changed; what is not named stays as it is.

    Rows and columns are counted as they are at that moment, after the changes made before.
    """

    def __init__(self, contents: Contents, entry: Element) -> None:
        """entry: what the workbook's part says of the sheet. `EditedBook` makes these."""
        self._contents, self._entry = contents, entry

    @property
    def name(self) -> str:
        """The sheet's name at present."""
        return self._entry.get("name")

    @property
    def last_row(self) -> int:
        """The last row that the part mentions; 0 where it mentions none."""
        return self._grid.last_row

    @property
    def last_column(self) -> int:
        """The last column in which any row mentions a cell; 0 where none does."""
        return self._grid.last_column

    def put(self, place: Place, value: Value, *, like: Place | None = None) -> None:
        """Write a cell. It keeps its style; `like` gives it another cell's (copied also if it has one).

        The same value again changes no byte. Text keeps all its blanks; a date becomes the day's number in
        the file's own calendar (1900 or 1904) and wants a number format of dates (the caller's).
        Raises ValueError for a place that no sheet has, or a number without end.
        """
        style = None if like is None else self._style(like)
        cell = self._grid.cell(place)
        blank = value is None or value == ""
        if cell is None and blank and style in (None, self._style(place)):
            return
        if cell is None:
            cell = self._make(place)
        if not cells.holds(cell, value, self._contents.strings, self._contents.epoch):
            formula = cell.find("f")
            if formula is not None:
                self._contents.drop_calculation_chain()
                if formula.get("t") == "shared" and formula.text:
                    unshare(self._grid)
            cells.write(cell, value, self._contents.epoch)
        if style is not None:
            self._set_style(cell, style)

    def look(self, place: Place, look: Look) -> None:
        """Change how a cell looks; a cell that is not mentioned is made, blank. Nothing where it looks so."""
        cell = self._grid.cell(place)
        style = self._style(place) if cell is None else int(cell.get("s", "0"))
        wanted = self._contents.styles.changed(style, look)
        if wanted != style:
            self._set_style(self._make(place) if cell is None else cell, wanted)

    def insert_rows(self, before: int, count: int = 1, *, like: int | None = None) -> None:
        """Make room: rows from `before` on move down; new ones are blank, of the look and height of `like`.

        Merges, dropdowns, conditional formats (x14 too), notes, links, tables, filters, drawings, sparklines,
        print areas and formulas of the whole book that point below follow. What spans the place grows, and
        what ends on the row just above does where `like` is that row (a dropdown reaches the new row).
        """
        self._move(Inserted(Axis.ROWS, before, count, like))

    def remove_rows(self, first: int, count: int = 1) -> None:
        """Take rows out, with their notes; what lies below moves up; what pointed there shrinks or goes."""
        self._move(Removed(Axis.ROWS, first, count))

    def order_rows(self, first: int, order: Sequence[int]) -> None:
        """Reorder the rows from `first` on: the row at first + n is the one that stood at first + order[n].

        Cells, heights, notes and links go with their rows. Areas that cover all of these rows, or none, stay;
        others are taken apart into the rows' new places. order: each of 0 … len - 1 once.
        """
        self._move(Ordered(Axis.ROWS, first, tuple(order)))

    def insert_columns(self, before: int, count: int = 1, *, like: int | None = None) -> None:
        """As `insert_rows`, of columns; their width is that of `like`."""
        self._move(Inserted(Axis.COLUMNS, before, count, like))

    def remove_columns(self, first: int, count: int = 1) -> None:
        """As `remove_rows`, of columns."""
        self._move(Removed(Axis.COLUMNS, first, count))

    def order_columns(self, first: int, order: Sequence[int]) -> None:
        """As `order_rows`, of columns; widths go with them."""
        self._move(Ordered(Axis.COLUMNS, first, tuple(order)))

    def row_height(self, row: int, points: float | None) -> None:
        """A row's height in points; None lets the program that opens it find one."""
        present = self._grid.rows.get(row)
        if points is None:
            if present is not None:
                present.set("ht", None)
                present.set("customHeight", None)
            return
        if present is None or abs(float(present.get("ht") or 0) - points) > _ROUNDED:
            present = self._grid.make_row(row)
            present.set("ht", format(points, ".10g"))
        if present.get("customHeight") not in ("1", "true"):
            present.set("customHeight", "1")

    def column_width(self, column: int, width: float) -> None:
        """A column's width in characters, as Excel counts it."""
        Columns(self._root).set_width(column, width)

    def freeze(self, rows: int, columns: int) -> None:
        """Keep so many rows at the top and columns at the left in sight; 0 and 0 for none."""
        views.freeze(self._root, rows, columns)

    def grid_lines(self, *, shown: bool) -> None:
        """Show or hide the lines between the cells on the screen."""
        views.show_grid(self._root, shown=shown)

    def merges(self) -> tuple[str, ...]:
        """The merged areas, such as `B1:F1`."""
        return views.merges(self._root)

    def merge(self, area: str) -> None:
        """Merge an area; those that meet it are taken apart first."""
        views.merge(self._root, area)

    def unmerge(self, area: str) -> None:
        """Take a merged area apart."""
        views.unmerge(self._root, area)

    def dropdowns(self, area: str, dropdowns: Sequence[Dropdown]) -> None:
        """Make these the only lists of words that are offered within an area.

        Other validations (dates, lengths, formulas) and lists outside the area stay. No byte changes where
        they are these already.
        """
        within = area_of(area)
        if within is None:
            raise ValueError(f"{area} is no area.")
        set_dropdowns(self._root, within, dropdowns)

    def highlights(self, marker: str, highlights: Sequence[Highlight]) -> None:
        """Make these the conditional formats that bear a marker, before all others, whose order stays.

        marker: a text that `N("marker")=0` adds to each formula, and by which they are known again.
        """
        set_highlights(self._root, self._contents.styles, marker, highlights)

    def print_setup(self, setup: Print) -> None:
        """Change how the sheet prints."""
        set_print(self._root, setup)
        set_titles(self._contents, self._entry, setup)

    def tab_colour(self, colour: str) -> None:
        """The colour of the tab, `RRGGBB`."""
        views.colour_tab(self._root, colour)

    def note(self, place: Place, text: str | None, *, author: str = "dmn-dli", width: int = 340) -> None:
        """A note (comment) on a cell, in a box of a fitting height; None takes it away.

        A note that is there keeps its author; what other notes say and how large their boxes are stays.
        A cell with a threaded comment (`is_threaded`) is left as it is.
        """
        if self.is_threaded(place):
            return
        if text is None:
            self._notes.remove(place)
        else:
            self._notes.put(place, text, author, width)

    def notes(self) -> dict[Place, str]:
        """What the notes say, by their cells; those of threaded comments among them."""
        return self._notes.texts()

    def note_text(self, place: Place) -> str | None:
        """What a cell's note says; None where it has none."""
        return self._notes.text(place)

    def is_threaded(self, place: Place) -> bool:
        """Whether a cell has a threaded comment, of which the note is but a copy, not ours to change."""
        return self._notes.is_threaded(place)

    def links(self, locations: Mapping[Place, str], tooltip: str = "") -> None:
        """Let clicks on cells lead to places in the workbook, such as `'Plan notes'!A5`."""
        views.links(self._root, locations, tooltip)

    def _move(self, shift: Shift) -> None:
        move(self._contents, self._part, self.name, shift)

    @cached_property
    def _notes(self) -> Notes:
        return Notes(self._contents, self._part)

    @cached_property
    def _part(self) -> str:
        return self._contents.part_of(self._entry)

    @property
    def _root(self) -> Element:
        return self._contents.package.root(self._part)

    @property
    def _grid(self) -> Grid:
        return self._contents.grid(self._part)

    def _style(self, place: Place) -> int:
        """The number of a cell's style; of one that is not mentioned its row's or its column's."""
        grid = self._grid
        cell = grid.cell(place)
        if cell is not None:
            return int(cell.get("s", "0"))
        row = grid.rows.get(place[0])
        if row is not None and row.get("customFormat") in ("1", "true"):
            return int(row.get("s", "0"))
        return Columns(self._root).style(place[1])

    def _set_style(self, cell: Element, style: int) -> None:
        if int(cell.get("s", "0")) != style:
            cell.set("s", str(style))

    def _make(self, place: Place) -> Element:
        """A cell that was not mentioned, of the style that it has as such."""
        style = self._style(place)
        cell = self._grid.make_cell(place)
        self._set_style(cell, style)
        self._widen_dimension(place)
        return cell

    def _widen_dimension(self, place: Place) -> None:
        """Let what the part says of its own extent, which is but a hint, reach to a new cell."""
        dimension = self._root.find("dimension")
        area = None if dimension is None else area_of(dimension.get("ref"))
        if dimension is not None and area is not None and not area.holds(*place):
            dimension.set("ref", written_area(area.widened(*place)))
