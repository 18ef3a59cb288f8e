"""Cases in csv in blocks: cut where rows end, read by the csv module where they are asked for.

A row ends where its line does, unless a quote opened in it. A piece of the file with an old line end, or with
quotes elsewhere than around whole values on one line, goes through the csv module also to be cut.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.formats.csv import (
    LONGEST_FIELD,
    Reader,
    check_text,
    decoded,
    longer_fields,
    no_csv,
    opened,
    reader,
)
from dmn_dli.runtime.input_error import why
from dmn_dli.streaming.block import BYTES, Block
from dmn_dli.streaming.csv_rows import CsvRows
from dmn_dli.streaming.line_bounds import line_bounds
from dmn_dli.streaming.plain_csv import neatly_quoted


def file_blocks(name: str, first: int, cases: int) -> Iterator[Block]:
    """The blocks of a csv file. Raises CasesFileError as reading it one by one does."""
    try:
        with Path(name).open("rb") as stream:
            check_text(stream)
            stream.seek(0)
            yield from _Cut(name, stream, first, cases).blocks()
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


class _Lines:
    """The lines of a file as the csv module takes them, and those that it has taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._begun = False
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if not self.waiting:
            self.give(self._stream.readline(LONGEST_FIELD))
        if not self.waiting:
            raise StopIteration
        self.taken.append(self.waiting.popleft())
        self.count += 1
        return self.taken[-1]

    def give(self, data: bytes) -> None:
        """Whole lines that come next."""
        text = decoded(data, self.count + 1)
        if text and not self._begun:
            text = text.removeprefix("\ufeff")
            self._begun = True
        self.waiting.extend(StringIO(text, newline=""))


class _Cut:
    """A csv file as it is cut."""

    def __init__(self, name: str, stream: BinaryIO, first: int, cases: int) -> None:
        self._name = name
        self._stream = stream
        self._first = first
        self._most = cases
        self._lines = _Lines(stream)
        with longer_fields():
            found = opened(self._lines)
        self._keys = tuple(found.keys)
        self._delimiter = found.delimiter
        self._marks = found.delimiter.encode() + b'"\r\n'
        self._skipped = stream.tell() - len("".join(self._lines.waiting).encode())

    def blocks(self) -> Iterator[Block]:
        """The blocks of the rows below the headings."""
        if self._lines.waiting:  # of an old file, all of which is one line
            yield from self._by_reader()
        while data := self._stream.read(BYTES) + self._stream.readline(LONGEST_FIELD):
            old_ends = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
            if old_ends or (b'"' in data and not neatly_quoted(data, self._delimiter)):
                self._lines.give(data)
                yield from self._by_reader()
            else:
                yield from self._by_line(data)

    def _by_line(self, data: bytes) -> Iterator[Block]:
        """The blocks of text in which a row ends with its line."""
        bounds = line_bounds(data, self._marks, self._is_blank)
        for piece, count, before in bounds.pieces(data, self._most):
            yield self._block(piece, count, self._lines.count + before, plain=True)
        self._lines.count += bounds.lines

    def _is_blank(self, line: bytes) -> bool:
        if line.strip(self._marks):
            return False
        with longer_fields():
            return not any(map(any, reader([decoded(line, self._lines.count + 1)], self._delimiter)))

    def _by_reader(self) -> Iterator[Block]:
        """The blocks of the lines that wait, and of those in which the last row goes on."""
        lines = self._lines
        rows = reader(lines, self._delimiter)
        wrong: csv.Error | None = None
        while lines.waiting and wrong is None:
            lines.taken.clear()
            before = lines.count
            count, whole, wrong = self._taken(rows)
            if count:
                yield self._block("".join(lines.taken[:whole]).encode(), count, before, plain=False)
        if wrong is not None:
            raise no_csv(lines.count, wrong) from wrong

    def _taken(self, rows: Reader) -> tuple[int, int, csv.Error | None]:
        """How many cases of a block were taken, in how many lines, and what is no csv behind them."""
        count = whole = 0
        with longer_fields():
            while self._lines.waiting and count < self._most:
                try:
                    count += any(next(rows))
                except csv.Error as error:
                    return count, whole, error
                whole = len(self._lines.taken)
        return count, whole, None

    def _block(self, data: bytes, cases: int, lines: int, *, plain: bool) -> Block:
        size, self._skipped = self._skipped + len(data), 0
        place = (self._name, self._first, cases, size)
        block = CsvRows(*place, data, lines, self._keys, self._delimiter, plain)
        self._first += cases
        return block
