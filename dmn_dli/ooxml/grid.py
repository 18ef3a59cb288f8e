"""The rows and cells of a sheet's part (ECMA-376 part 1, 18.3.1.80)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.places import LAST_COLUMN, LAST_ROW, cell_place, reference_of
from dmn_dli.ooxml.shifting import Axis, Inserted, Place, Shift, number_after

_LOOK_OF_A_ROW = ("s", "customFormat", "ht", "customHeight")


class Grid:
    """The element `sheetData`: which rows and cells it mentions, whether or not they say where they stand."""

    def __init__(self, data: Element, part: str) -> None:
        """Raises BrokenBookError where rows or cells stand twice, or not in their order."""
        self.data, self._part = data, part
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        self.load()

    @property
    def rows(self) -> Mapping[int, Element]:
        """The rows that are mentioned, ascending."""
        return self._rows

    def cells(self, row: int) -> Mapping[int, Element]:
        """The cells that a row mentions, by column, ascending."""
        return self._cells.get(row, {})

    def cell(self, place: Place) -> Element | None:
        """The cell there, where it is mentioned."""
        return self._cells.get(place[0], {}).get(place[1])

    @property
    def last_row(self) -> int:
        """The last row that is mentioned; 0 where none is."""
        return next(reversed(self._rows), 0)

    @property
    def last_column(self) -> int:
        """The last column in which a cell is mentioned; 0 where none is."""
        return max((next(reversed(cells), 0) for cells in self._cells.values()), default=0)

    def load(self) -> None:
        """Look anew at what the element holds, after its rows have been moved about."""
        self._rows, self._cells = {}, {}
        last = 0
        for row in self.data.elements:
            if row.local != "row":
                continue
            number = row.get("r")
            place = int(number) if number.isascii() and number.isdigit() else last + 1
            if not last < place <= LAST_ROW:
                raise BrokenBookError(f"The part {self._part} has row {place} after row {last}.")
            self._rows[place] = row
            self._cells[place] = self._cells_of(row)
            last = place

    def each_cell(self) -> Iterator[tuple[Place, Element]]:
        """The cells that are mentioned, in reading order."""
        for row, cells in self._cells.items():
            for column, cell in cells.items():
                yield (row, column), cell

    def has_room(self, shift: Shift) -> bool:
        """Whether nothing is pushed over the edge of the sheet."""
        last = self.last_row if shift.axis is Axis.ROWS else self.last_column
        return (
            not isinstance(shift, Inserted) or last < shift.before or last + shift.count <= shift.axis.limit
        )

    def follow(self, shift: Shift) -> None:
        """Bring rows or columns to where they are after a shift; new ones look as their like does."""
        if shift.axis is Axis.ROWS:
            for number, row in _renumber(self.data, self._rows, shift):
                row.set("r", str(number))
                for column, cell in self._cells_of(row).items():
                    if cell.get("r"):
                        cell.set("r", reference_of(number, column))
        else:
            for place, row in self._rows.items():
                moved = _renumber(row, self._cells[place], shift)
                for number, cell in moved:
                    cell.set("r", reference_of(place, number))
                if moved or len(self._cells[place]) > len(row.find_all("c")):
                    _follow_spans(row, shift)
        self.load()
        if isinstance(shift, Inserted) and shift.like is not None:
            self._look_alike(shift, shift.like)

    def _look_alike(self, shift: Inserted, like: int) -> None:
        """Give new rows or columns the look of one, and its height."""
        source = number_after(shift, like)
        if source is None:
            return
        for number in range(shift.before, shift.before + shift.count):
            if shift.axis is Axis.COLUMNS:
                for row in self._rows:
                    self._cell_alike((row, source), (row, number))
            elif source in self._rows:
                made = self.make_row(number)
                for name in _LOOK_OF_A_ROW:
                    made.set(name, self._rows[source].get(name) or None)
                for column in self.cells(source):
                    self._cell_alike((source, column), (number, column))

    def _cell_alike(self, source: Place, place: Place) -> None:
        found = self.cell(source)
        if found is not None:
            self.make_cell(place).set("s", found.get("s") or None)

    def make_row(self, number: int) -> Element:
        """The row of that number; where it is not mentioned it is made."""
        row = self._rows.get(number)
        if row is None:
            if not 1 <= number <= LAST_ROW:
                raise ValueError(f"There is no row {number}.")
            made = self.data.make("row", {"r": str(number)})
            row = _put_in_order(self.data, made, self._rows, number)
            self._cells[number] = {}
        return row

    def make_cell(self, place: Place) -> Element:
        """The cell there; where it is not mentioned it is made, blank and without a style."""
        found = self.cell(place)
        if found is not None:
            return found
        number, column = place
        if not 1 <= column <= LAST_COLUMN:
            raise ValueError(f"There is no column {column}.")
        row = self.make_row(number)
        cells = self._cells[number]
        made = row.make("c", {"r": reference_of(number, column)})
        _put_in_order(row, made, cells, column)
        _widen_spans(row, column)
        return made

    def _cells_of(self, row: Element) -> dict[int, Element]:
        cells: dict[int, Element] = {}
        last = 0
        for cell in row.elements:
            if cell.local != "c":
                continue
            place = cell_place(cell.get("r"))
            column = last + 1 if place is None else place[1]
            if not last < column <= LAST_COLUMN:
                raise BrokenBookError(f"The part {self._part} has cell {cell.get('r')} out of its order.")
            cells[column] = cell
            last = column
        return cells


def _renumber(parent: Element, numbered: Mapping[int, Element], shift: Shift) -> list[tuple[int, Element]]:
    """Bring a parent's rows or cells into their new order; those whose number is another, with it."""
    now: dict[int, Element] = {}
    for number, element in numbered.items():
        after = number_after(shift, number)
        if after is None:
            parent.remove(element)
        else:
            now[after] = element
    if list(now) != sorted(now):
        parent.reorder(tuple(now.values()), [now[number] for number in sorted(now)])
    return [(number, now[number]) for number in sorted(now) if now[number] is not numbered.get(number)]


def _put_in_order(parent: Element, made: Element, numbered: dict[int, Element], number: int) -> Element:
    """Put a row or cell where its number belongs, among the elements and in the dictionary of them."""
    if number > next(reversed(numbered), 0):
        parent.append(made)
        numbered[number] = made
        return made
    parent.put_before(made, next(each for place, each in numbered.items() if place > number))
    later = {place: numbered.pop(place) for place in list(numbered) if place > number}
    numbered[number] = made
    numbered.update(later)
    return made


def _follow_spans(row: Element, shift: Shift) -> None:
    first, _, last = row.get("spans").partition(":")
    now = shift.spans(int(first), int(last)) if first.isdigit() and last.isdigit() else ()
    if now:
        row.set("spans", f"{now[0][0]}:{now[-1][1]}")


def _widen_spans(row: Element, column: int) -> None:
    """Let what a row says of its columns reach to this one; it is but a hint, and may be wrong before."""
    first, _, last = row.get("spans").partition(":")
    if first.isdigit() and last.isdigit():
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
