"""Where the lines of some text begin and end, found for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from attrs import frozen

from dmn_dli.batch.transitions import Numbers

_NEWLINE = ord("\n")

_SPACE = b" \t\n\r\v\f"


@frozen(eq=False)
class LineBounds:
    """The lines that hold a case. starts, ends: theirs, in bytes; numbers: which lines they are, from 0.

    lines: how many there are with the others.
    """

    starts: Numbers
    ends: Numbers
    numbers: Numbers
    lines: int

    def pieces(self, data: bytes, cases: int) -> Iterator[tuple[bytes, int, int]]:
        """The text in pieces of so many cases at most: its bytes, its cases, and the lines before it.

        Pieces are of one size, so that processes that work side by side need not wait for each other. Lines
        that hold no case go with the case before them, the first ones with the one behind them.
        """
        count = len(self.starts)
        size = -(-count // max(1, -(-count // cases)))
        for row in range(0, count, size or 1):
            start = int(self.starts[row]) if row else 0
            end = int(self.starts[row + size]) if row + size < count else len(data)
            yield data[start:end], min(size, count - row), int(self.numbers[row]) if row else 0


def lines_with_text(data: bytes) -> LineBounds:
    """The lines that are not blank."""
    return line_bounds(data, _SPACE, bytes.isspace)


def line_bounds(data: bytes, unsure: bytes, blank: Callable[[bytes], bool]) -> LineBounds:
    """The lines of text that is not empty; the last one may lack its end.

    unsure: bytes with which a line may begin that holds no case. blank: whether such a line, its end
    included, holds none.
    """
    text = np.frombuffer(data, np.uint8)
    ends: Numbers = np.flatnonzero(text == _NEWLINE)
    if text[-1] != _NEWLINE:
        ends = np.append(ends, text.size)
    starts = np.concatenate(([0], ends[:-1] + 1))
    open_question = np.zeros(256, bool)
    open_question[[*unsure]] = True
    asked = np.flatnonzero(open_question[text[starts]]).tolist()
    without = [row for row in asked if blank(data[starts[row] : ends[row] + 1])]
    lines = len(starts)
    numbers: Numbers = np.arange(lines)
    if without:
        numbers = np.delete(numbers, without)
        starts, ends = starts[numbers], ends[numbers]
    return LineBounds(starts, ends, numbers, lines)
