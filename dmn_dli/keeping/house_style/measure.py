"""How much room text takes in a cell: how wide a column is to be, and how high a row.

No program tells before it draws; these are the measures of Arial as Excel and LibreOffice draw it, a little
on the safe side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from dmn_dli.keeping.house_style.table import (
    CLAUSE_WIDTHS,
    SIZE,
    TEXT_WIDTHS,
    WIDEST,
)
from dmn_dli.ooxml.look import Look

_LINE_HEIGHTS = {12.0: 16.0, 11.0: 14.6, SIZE: 13.4, 9.0: 12.2, 8.0: 11.0}
_EDGES, _LEAST_HEIGHT, _MOST_HEIGHT = 4.0, 17.4, 409.0
"""Above and below the text together; one line; what Excel takes."""

_SIDES, _INDENT = 1.5, 1.6
_BOLD = 0.93
_BREAKS = re.compile(r"[\s,]+")


@frozen
class Written:
    """A text in a cell: the column's width and how the cell looks."""

    text: str
    width: float
    look: Look

    @property
    def lines(self) -> int:
        """How many lines it takes, words wrapped."""
        size = self.look.size or SIZE
        room = (self.width - _SIDES - _INDENT * (self.look.indent or 0)) * SIZE / size
        return sum(
            _wrapped(line, max(int(room * (_BOLD if self.look.bold else 1)), 3)) for line in _split(self.text)
        )

    @property
    def height(self) -> float:
        """The height that the row needs for it, in points."""
        return _EDGES + self.lines * _LINE_HEIGHTS[self.look.size or SIZE]


def row_height(cells: Iterable[Written], least: float = _LEAST_HEIGHT) -> float:
    """The height of a row in which all of these can be read, as far as Excel allows."""
    tallest = max((cell.height for cell in cells), default=least)
    return round(min(max(tallest, least), _MOST_HEIGHT), 1)


def clause_width(heading: str, values: str, *, reads_criterion: bool) -> float:
    """The width of an IF column: that of the longest word in its head, within bounds."""
    least, most, most_of_criterion = CLAUSE_WIDTHS
    longest = max(len(word) for word in _BREAKS.split(f"{heading} {values}"))
    return round(min(max(least, 2 + 1.2 * longest), most_of_criterion if reads_criterion else most), 1)


def text_width(heading: str, texts: Iterable[str]) -> float:
    """The width of a column of text, by the longest line in it and the longest word of its heading."""
    longest = max((len(line) for text in texts for line in _split(text)), default=0)
    least = 2 + 1.2 * max(map(len, heading.split()), default=0)
    fitting = next((width for most, width in TEXT_WIDTHS if longest <= most), WIDEST)
    return round(max(fitting, min(least, WIDEST)), 1)


def _split(text: str) -> list[str]:
    return text.splitlines() or [""]


def _wrapped(line: str, room: int) -> int:
    count, used = 1, 0
    for word in line.split(" "):
        needed = len(word) + (1 if used else 0)
        if used and used + needed > room:
            count, used = count + 1, len(word)
        else:
            used += needed
        while used > room:
            count, used = count + 1, used - room
    return count
