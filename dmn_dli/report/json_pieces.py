"""Columns of a batch as JSON: each value is put into text once, and a row is a sequence of such pieces.

A piece has a number. What the rows of a column say becomes one or several rows of numbers, and Arrow puts
the pieces of all rows one behind the other at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.coded import (
    ITSELF,
    Coded,
    Concatenated,
    Fields,
    Instead,
    Listed,
    Merged,
    RowColumn,
    Text,
    Where,
)
from dmn_dli.report.records import plain
from dmn_dli.runtime.plain import for_programs

_MOST_BYTES, _MOST_LISTS = 32_000_000, 20_000
"""Bytes of pieces, and lists of values with numbers, that are kept; beyond it all are made anew."""

_OPEN_END = re.compile(r"#\w*\Z")
"""An end of a text that, with what follows, may be something that a runner obeys."""

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@frozen
class Layout:
    """How JSON stands on its lines. indent: blanks for each level, None for all in one line."""

    indent: int | None = None

    def text(self, value: Any, depth: int = 0) -> str:
        """A value, so deep in what is around it, as it may leave."""
        text = for_programs(json.dumps(value, ensure_ascii=False, indent=self.indent, default=plain))
        return text if self.indent is None else text.replace("\n", "\n" + " " * self.indent * depth)

    def line(self, depth: int) -> str:
        """What stands before the first item of a list so deep, and before its end."""
        return "" if self.indent is None else "\n" + " " * self.indent * depth

    def comma(self, depth: int) -> str:
        """What stands between two items of a list so deep."""
        return ", " if self.indent is None else "," + self.line(depth)


class Pieces:
    """Pieces under numbers: those that serve many batches, and behind them those of the batch at hand."""

    def __init__(self) -> None:
        """Begin with none but the empty piece, which is 0."""
        self._lasting: list[bytes] = [b""]
        self._size = 0
        self._own: list[bytes] = []
        self._array: Any = None
        self._known: dict[bytes, int] = {}
        self._numbers: dict[tuple[int, Any], tuple[Sequence[Any], list[int]]] = {}
        self.open_ends = False
        """Whether a row may hold what each of its pieces has passed the outlet without."""

    def begin(self) -> None:
        """Forget the last batch's own pieces, and all of them where they have become too many."""
        self._own = []
        if self._size > _MOST_BYTES or len(self._numbers) > _MOST_LISTS:
            self._lasting, self._size, self._array = [b""], 0, None
            self._known.clear()
            self._numbers.clear()

    def constant(self, piece: bytes) -> int:
        """The number of a piece that is the same whatever the batch."""
        number = self._known.get(piece)
        if number is None:
            number = self._known[piece] = self._add(piece)
        return number

    def of(self, column: Coded, role: Any, render: Callable[[Any], bytes]) -> Numbers:
        """For each value of a column its piece's number; role: what tells this way to render from others."""
        numbers: list[int] = []
        if column.settled:
            # The list itself is kept beside its numbers: its id stands for it as long as it lives.
            _, kept = self._numbers.setdefault((id(column.values), role), (column.values, []))
            kept += [self._add(render(value)) for value in column.values[len(kept) : column.settled]]
            numbers = kept[: column.settled]
        first = len(self._own)
        self._own += map(render, column.own)
        # Counted from the end: how many lasting pieces there will be is not yet known.
        return np.array([*numbers, *range(-1 - first, -1 - len(self._own), -1)], np.int64)

    def put_together(self, rows: Sequence[Numbers | int], count: int) -> tuple[memoryview, list[int]]:
        """The pieces of `count` rows, one behind the other, and where each row begins, and the last ends."""
        matrix = np.empty((count, len(rows)), np.int64)
        for place, numbers in enumerate(rows):
            matrix[:, place] = numbers
        if self._own:
            own = matrix < 0
            matrix[own] = len(self._lasting) - 1 - matrix[own]
        taken = self._all().take(pa.array(matrix.reshape(-1)))
        _, offsets, data = taken.buffers()
        ends = np.frombuffer(offsets, np.int64)[: len(taken) + 1 : len(rows)].tolist()
        return memoryview(data) if data is not None else memoryview(b""), ends

    def _add(self, piece: bytes) -> int:
        self._lasting.append(piece)
        self._size += len(piece)
        return len(self._lasting) - 1

    def _all(self) -> Any:
        if self._array is None or len(self._array) < len(self._lasting):
            new = self._lasting[0 if self._array is None else len(self._array) :]
            more = pa.array(new, pa.large_binary())
            self._array = more if self._array is None else pa.concat_arrays([self._array, more])
        return pa.concat_arrays([self._array, pa.array(self._own, pa.large_binary())])


class JsonRows:
    """Makes the rows of a batch, from left to right."""

    def __init__(self, layout: Layout, pieces: Pieces, count: int) -> None:
        """count: how many rows there are."""
        self._layout = layout
        self._pieces = pieces
        self._count = count
        self._rows: list[Numbers | int] = []
        self._literal = ""
        self._present: Mask | None = None

    def done(self) -> tuple[memoryview, list[int]]:
        """All rows, one behind the other, and where each begins, and the last ends."""
        self._flush()
        return self._pieces.put_together(self._rows, self._count)

    def literal(self, text: str) -> None:
        """The same text in every row."""
        self._literal += text

    def column(self, column: RowColumn, depth: int) -> None:
        """What a column says, so deep in what is around it."""
        if isinstance(column, Coded):
            self._coded(column, ("value", depth), lambda value: self._layout.text(value, depth))
        elif isinstance(column, Instead):
            self._instead(column, depth)
        elif isinstance(column, Text):
            self._text(column)
        elif isinstance(column, Listed):
            self._sequence("[]", [(column_, None) for column_ in column.items], depth)
        elif isinstance(column, Fields):
            self._sequence("{}", [(each, name) for name, each in column.columns.items()], depth)
        elif isinstance(column, Merged):
            self._concatenated("{}", column.parts, depth)
        elif isinstance(column, Concatenated):
            self._concatenated("[]", column.parts, depth)
        else:
            self._concatenated("[]", [column], depth)

    def _coded(self, column: Coded, role: Any, render: Callable[[Any], str]) -> None:
        """A piece for each row; what stands before it in every row becomes part of it."""
        before, self._literal = self._literal, ""
        numbers = self._pieces.of(column, (before, role), lambda value: (before + render(value)).encode())
        self._emit(numbers.take(column.numbers))

    def _emit(self, numbers: Numbers) -> None:
        self._rows.append(numbers if self._present is None else np.where(self._present, numbers, 0))

    def _flush(self) -> None:
        """Give what stands before the next piece a piece of its own."""
        if self._literal:
            number = self._pieces.constant(self._literal.encode())
            self._literal = ""
            self._rows.append(number if self._present is None else np.where(self._present, number, 0))

    def _either(self, mask: Mask, yes: str, no: str) -> None:
        """One text where the mask holds, another elsewhere."""
        before, self._literal = self._literal, ""
        numbers = [self._pieces.constant((before + text).encode()) for text in (no, yes)]
        self._emit(np.array(numbers, np.int64).take(mask.astype(np.intp)))

    @contextmanager
    def _only(self, present: Mask) -> Iterator[None]:
        """What is made inside stands in some rows alone."""
        self._flush()
        before = self._present
        self._present = present if before is None else before & present
        yield
        self._flush()
        self._present = before

    def _instead(self, column: Instead, depth: int) -> None:
        itself = column.which == ITSELF
        if itself.all():
            self.column(column.column, depth)
            return
        with self._only(itself):
            self.column(column.column, depth)
        with self._only(~itself):
            others = Coded(np.where(itself, 0, column.which), (), 0, column.values)
            self.column(others, depth)

    def _text(self, column: Text) -> None:
        if column.null is None or not column.null.any():
            self._quoted(column)
            return
        with self._only(~column.null):
            self._quoted(column)
        with self._only(column.null):
            self.literal("null")

    def _quoted(self, column: Text) -> None:
        self.literal('"')
        for part in column.flat():
            self._coded(part, "text", self._part_of_text)
        self.literal('"')

    def _part_of_text(self, value: Any) -> str:
        text = value or ""
        self._pieces.open_ends |= bool(_OPEN_END.search(text))
        return self._layout.text(text)[1:-1]

    def _sequence(self, brackets: str, items: Sequence[tuple[RowColumn, str | None]], depth: int) -> None:
        """A list or an object with the same items in every row; their names, where it is an object."""
        if not items:
            self.literal(brackets)
            return
        self.literal(brackets[0])
        for place, (item, name) in enumerate(items):
            self.literal(self._layout.comma(depth + 1) if place else self._layout.line(depth + 1))
            if name is not None:
                self.literal(f"{self._layout.text(name)}: ")
            self.column(item, depth + 1)
        self.literal(self._layout.line(depth) + brackets[1])

    def _concatenated(self, brackets: str, parts: Sequence[Coded | Where], depth: int) -> None:
        """A list or an object whose items differ in number from row to row."""
        self.literal(brackets[0])
        begun = np.zeros(self._count, bool)
        for part in parts:
            if isinstance(part, Where):
                with self._only(part.present):
                    self._either(begun, self._layout.comma(depth + 1), self._layout.line(depth + 1))
                    self.column(part.item, depth + 1)
                begun = begun | part.present
            else:
                begun = self._some(part, begun, depth + 1)
        if self._layout.indent is None or not begun.any():
            self.literal(brackets[1])
        else:
            self._either(begun, self._layout.line(depth) + brackets[1], brackets[1])

    def _some(self, part: Coded, begun: Mask, depth: int) -> Mask:
        """The items that a part has, behind those of the parts before it; where there are any by now."""
        self._flush()
        first = self._items(part, self._layout.line(depth), depth)
        further = self._items(part, self._layout.comma(depth), depth)
        self._emit(np.where(begun, further.take(part.numbers), first.take(part.numbers)))
        filled = np.array([bool(value) for value in _values(part)], bool)
        some: Mask = begun | filled.take(part.numbers)
        return some

    def _items(self, part: Coded, before: str, depth: int) -> Numbers:
        """The pieces of a part's values: their items, behind `before` where there are any."""
        layout = self._layout

        def render(value: Any) -> bytes:
            if not value:
                return b""
            if isinstance(value, Mapping):
                items = [f"{layout.text(name)}: {layout.text(each, depth)}" for name, each in value.items()]
            else:
                items = [layout.text(each, depth) for each in value]
            return (before + layout.comma(depth).join(items)).encode()

        return self._pieces.of(part, (before, "items", depth), render)


def _values(column: Coded) -> Sequence[Any]:
    return [*column.values[: column.settled], *column.own]
