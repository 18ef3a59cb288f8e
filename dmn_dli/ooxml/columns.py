"""The widths and styles of a sheet's columns (ECMA-376 part 1, 18.3.1.17)."""

from __future__ import annotations

from dmn_dli.ooxml.exact import Element


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


def _first(entry: Element) -> int:
    return int(entry.get("min", "1"))


def _last(entry: Element) -> int:
    return int(entry.get("max", "1"))
