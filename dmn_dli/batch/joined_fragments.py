"""Rows of text joined of fragments: all that were met stand in one store of bytes, and rows are gathers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.lasting import LastingArrays
from dmn_dli.batch.transitions import Numbers, longer

_AT_ONCE = 512
"""How many rows are joined at once: their bytes stay in the processor's cache."""

_MOST = 256 * 2**20
"""How many bytes the store holds before it starts afresh."""


_MARK = b"#"
"""What stands twice at the beginning of what a runner obeys."""


@frozen(eq=False)
class JoinedRows:
    """Some rows of text, one behind the other.

    text: a buffer of Arrow; borders: where rows begin and end. marked: whether `##` may stand in it.
    """

    text: Any
    borders: Sequence[int]
    marked: bool

    def rows(self) -> list[bytes]:
        """The text of each row."""
        whole = memoryview(self.text)
        return [whole[first:last].tobytes() for first, last in pairwise(self.borders)]


class FragmentStore:
    """Joins fragments, the values of `Coded`, to rows; what it has met is at hand for further batches."""

    def __init__(self) -> None:
        """Start without any."""
        self._begin()

    def _begin(self) -> None:
        self._lasting = LastingArrays()
        self._bytes: NDArray[np.uint8] = np.empty(2**16, np.uint8)
        self._ends: NDArray[np.int64] = np.zeros(2**12, np.int64)
        self._count = 0
        self._marked = False

    def joined(self, fragments: Sequence[Coded]) -> list[bytes]:
        """The text of each row."""
        return [row for piece in self.pieces(fragments) for row in piece.rows()]

    def pieces(self, fragments: Sequence[Coded]) -> Sequence[JoinedRows]:
        """The text of all rows, some of them at a time; nothing of it is copied."""
        if self._ends[self._count] > _MOST:
            self._begin()
        # Where in the store the values are that serve many batches.
        tables = [self._lasting.of(each.values, each.settled, self._added) for each in fragments]
        count, marked = self._count, self._marked
        rows = [
            self._numbers(table, each).take(each.numbers)
            for table, each in zip(tables, fragments, strict=True)
        ]
        found = self._pieces(rows)
        self._count, self._marked = count, marked  # what is a batch's own is forgotten
        return found

    def _pieces(self, fragments: Sequence[Numbers]) -> Sequence[JoinedRows]:
        ends, data = pa.py_buffer(self._ends), pa.py_buffer(self._bytes)
        store = pa.Array.from_buffers(pa.large_binary(), self._count, [None, ends, data])
        found: list[JoinedRows] = []
        for start in range(0, len(fragments[0]), _AT_ONCE):
            numbers = np.stack([each[start : start + _AT_ONCE] for each in fragments], axis=1)
            taken = store.take(pa.array(numbers.ravel()))
            _, offsets, text = taken.buffers()
            borders = np.frombuffer(offsets, np.int64)[:: len(fragments)].tolist()
            found.append(JoinedRows(pa.py_buffer(b"") if text is None else text, borders, self._marked))
        return found

    def _numbers(self, lasting: Numbers, fragment: Coded) -> Numbers:
        return np.append(lasting, self._added(fragment.own)) if fragment.own else lasting

    def _added(self, values: Sequence[bytes]) -> Numbers:
        """Put fragments into the store, and tell where."""
        start, end = self._count, int(self._ends[self._count])
        joined = b"".join(values)
        self._marked = self._marked or (_MARK in joined and any(map(_may_mark, values)))
        text = np.frombuffer(joined, np.uint8)
        ends = end + np.cumsum([len(each) for each in values])
        self._bytes = longer(self._bytes, end + text.size)
        self._ends = longer(self._ends, start + 1 + len(values))
        self._bytes[end : end + text.size] = text
        self._ends[start + 1 : start + 1 + len(values)] = ends
        self._count += len(values)
        return np.arange(start, self._count, dtype=np.int32)


def _may_mark(fragment: bytes) -> bool:
    """Whether `##` stands in a fragment, or may where it meets another."""
    return _MARK * 2 in fragment or fragment.startswith(_MARK) or fragment.endswith(_MARK)
