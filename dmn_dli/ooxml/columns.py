"""The widths and styles of a sheet's columns (ECMA-376 part 1, 18.3.1.17)."""

from __future__ import annotations

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.schema import SHEET_ORDER
from dmn_dli.ooxml.shifting import Inserted, Shift, number_after

_ROUNDED = 0.1
"""By less than so many characters widths are alike: programs round them to dots of the screen."""


class Columns:
    """The element `cols` of a sheet's root, each entry of which speaks of a run of columns."""

    def __init__(self, root: Element) -> None:
        self._root = root

    @property
    def entries(self) -> list[Element]:
        """The runs, in their order."""
        return [each for holder in self._root.find_all("cols") for each in holder.find_all("col")]

    def entry(self, column: int) -> Element | None:
        """The run that holds a column."""
        return next((each for each in self.entries if _first(each) <= column <= _last(each)), None)

    def style(self, column: int) -> int:
        """The number of the style that cells of a column have which are not mentioned."""
        entry = self.entry(column)
        return 0 if entry is None else int(entry.get("style", "0"))

    def set_width(self, column: int, width: float) -> None:
        """Give a column a width in characters; nothing where it has it."""
        entry = self.entry(column)
        if entry is not None and abs(float(entry.get("width") or 0) - width) < _ROUNDED:
            return
        own = self._own_entry(column)
        own.set("width", format(width, ".10g"))
        own.set("customWidth", "1")
        own.set("bestFit", None)

    def follow(self, shift: Shift) -> None:
        """Let widths and styles go with their columns; new columns have those of their like."""
        moved = []
        for entry in self.entries:
            spans = shift.spans(_first(entry), _last(entry))
            for first, last in spans:
                moved.append(_run(entry, first, last))
        moved.sort(key=_first)
        holder = self._root.find("cols")
        if holder is None:
            return
        if [each.xml() for each in moved] != [each.xml() for each in self.entries]:
            self._replace(moved)
        if isinstance(shift, Inserted) and shift.like is not None:
            source = number_after(shift, shift.like)
            like = None if source is None else self.entry(source)
            for number in range(shift.before, shift.before + shift.count):
                self._assign(number, like)

    def _assign(self, column: int, like: Element | None) -> None:
        """Let a column be as another run is; None: as columns are of which nothing is said."""
        runs = [run for entry in self.entries for run in _without(entry, column)]
        if like is not None:
            runs.append(_run(like, column, column))
        self._replace(sorted(runs, key=_first))

    def _own_entry(self, column: int) -> Element:
        """A run of this column alone; where nothing is said of it one is made."""
        holder = self._root.settle("cols", SHEET_ORDER)
        like = self.entry(column) or holder.make("col", {"min": "1", "max": "1", "width": "9.140625"})
        self._assign(column, like)
        found = self.entry(column)
        assert found is not None
        return found

    def _replace(self, runs: list[Element]) -> None:
        holders = self._root.find_all("cols")
        for other in holders[1:]:
            self._root.remove(other)
        if not runs:
            self._root.remove(holders[0])
        else:
            holders[0].hold(runs)


def _without(entry: Element, column: int) -> list[Element]:
    """A run, without one column of it."""
    first, last = _first(entry), _last(entry)
    if not first <= column <= last:
        return [entry]
    pieces = ((first, column - 1), (column + 1, last))
    return [_run(entry, start, end) for start, end in pieces if start <= end]


def _run(entry: Element, first: int, last: int) -> Element:
    """A run that is as another one, of these columns."""
    copy = entry.copy()
    copy.set("min", str(first))
    copy.set("max", str(last))
    return copy


def _first(entry: Element) -> int:
    return int(entry.get("min", "1"))


def _last(entry: Element) -> int:
    return int(entry.get("max", "1"))
