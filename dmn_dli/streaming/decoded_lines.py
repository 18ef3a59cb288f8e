"""Lines of JSON as columns: msgspec decodes them; what it refuses or cannot tell, the json module judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import repeat
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.fact_columns import ValuesColumn
from dmn_dli.cases.entries import Entry
from dmn_dli.cases.files import Case, case_id, case_of, is_fact, text_ids
from dmn_dli.cases.formats.json import DEEPEST, number, whole
from dmn_dli.cases.formats.jsonl import line_entry
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.runtime.errors import Problem
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.runtime.scalars import LARGEST_EXPONENT
from dmn_dli.streaming.coding import AT_ONCE, GrowingColumn, named, payer_key
from dmn_dli.streaming.line_bounds import LineBounds, lines_with_text
from dmn_dli.streaming.line_shapes import LineShape, line_shape

_KEYS = 1_000
"""How many keys the lines of a block may have between them; a line with still others is read alone."""

_LONG = 3 * LARGEST_EXPONENT
"""Bits that every whole number has which is too long to be a fact."""

_KEY_END = re.compile(rb'"[ \t\r]*:')
"""What stands behind every key; it may stand inside a text besides."""

_REFUSED = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

Row = dict[str, Any]


class _Number:
    """A number with a point or an exponent; one for each way of writing it, so that 1.0 stays 1.0."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Numbers(dict[str, _Number]):
    def __missing__(self, text: str) -> _Number:
        found = self[text] = _Number(text)
        return found


class DecodedLines:
    """The cases in some lines, of which blank ones are none."""

    def __init__(self, data: bytes, line: int, first: int) -> None:
        """data: whole lines. line: the number of the first in its file. first: the first case's position."""
        self._data = data
        self._text = np.frombuffer(data, np.uint8)
        self._bounds = lines_with_text(data)
        self._tidy = _tidy(self._text, self._bounds)
        self._line = line
        self._first = first
        self._number = _Numbers().__getitem__
        self._decoder = msgspec.json.Decoder(float_hook=self._number)
        self._shape: LineShape | None = None
        self._odd: dict[int, Case] = {}
        self._ids: list[str] = []
        self._facts: dict[str, GrowingColumn] = {}
        self._others: set[str] = set()
        """The keys that are no facts."""

    def batch(self) -> CaseBatch:
        """The cases side by side."""
        count = len(self._bounds.starts)
        payers = GrowingColumn(count)
        for start in range(0, count, AT_ONCE):
            end = min(start + AT_ONCE, count)
            if self._shape is not None and self._put_shaped(start, end, payers):
                continue
            rows = self._decoded(start, end)
            ids, payers_of = ([row.get(name) for row in rows] for name in OWN)
            self._name(start, ids)
            self._put_payers(payers, start, payers_of)
            self._put(start, rows)
        asked, wrong = named(payers.coded(), written=False)
        for row in wrong:
            self._set_aside(row)
        columns = {name: ValuesColumn(column.coded(_meant)) for name, column in self._facts.items()}
        return CaseBatch(count, columns, self._ids, asked, self._odd, singly=self.single)

    def single(self, row: int) -> Case:
        """A case as it is read alone."""
        return case_of(self._entry(row), self._first + row)

    def _entry(self, row: int) -> Entry:
        return line_entry(self._line + int(self._bounds.numbers[row]), self._alone(row))

    def _alone(self, row: int) -> bytes:
        """A line with its end, as it is judged."""
        return self._data[self._bounds.starts[row] : self._bounds.ends[row] + 1]

    def _set_aside(self, row: int) -> None:
        self._odd[row] = self.single(row)

    def _decoded(self, start: int, end: int) -> list[Row]:
        """The objects in some lines; what is no object is set aside."""
        first, last = self._bounds.starts[start], self._bounds.ends[end - 1]
        rows: list[Any] = []
        # Between a line's last bracket and the next one's first, one value ends and another begins.
        if self._tidy[start:end].all():
            try:
                rows = self._decoder.decode_lines(self._data[first:last])
            except _REFUSED:
                rows = []
        if len(rows) != end - start:
            rows = [self._object(row) for row in range(start, end)]
        text = self._text[first:last]
        if np.count_nonzero(text == ord(":")) != sum(map(len, rows)) or _brackets(text) > len(rows) + DEEPEST:
            for row, found in enumerate(rows, start):
                if row not in self._odd and self._doubtful(row, found):
                    entry = self._entry(row)
                    if entry.problems:
                        self._set_aside(row)
                        rows[row - start] = {**entry.values}
        return rows

    def _object(self, row: int) -> Row:
        try:
            found = self._decoder.decode(self._alone(row))
        except _REFUSED:
            found = None
        if found.__class__ is dict:
            return found
        self._set_aside(row)
        return {**self._entry(row).values}

    def _doubtful(self, row: int, found: Row) -> bool:
        """Whether a line may hold a key twice, or brackets nested too deeply."""
        alone = self._alone(row)
        if alone.count(b"[") + alone.count(b"{") > DEEPEST:
            return True
        return alone.count(b":") != len(found) and len(_KEY_END.findall(alone)) != _keys_within(found)

    def _put_shaped(self, start: int, end: int, payers: GrowingColumn) -> bool:
        """Take lines that hold nothing but known keys, each once, and text and numbers; whether they did."""
        assert self._shape is not None, "asked only where keys are known"
        lines = slice(self._bounds.starts[start], self._bounds.ends[end - 1])
        text, columns = self._text[lines], None
        if self._tidy[start:end].all() and _brackets(text) == end - start:
            with suppress(*_REFUSED):
                columns = self._shape.columns(self._data[lines], end - start)
        if columns is None:
            return False
        ids, payers_of, *others = columns
        # Whatever is taken though it turns out to be doubtful is put again as it is read then.
        given = _given(ids) + payers.put(start, payers_of)
        for name, values in zip(self._shape.names[len(OWN) :], others, strict=True):
            given += self._facts[name].put(start, values) if name in self._facts else _given(values)
        if np.count_nonzero(text == ord(":")) != given:
            self._shape = None  # until other keys are met: what else there is would be in the way again
            return False
        self._name(start, ids)
        return True

    def _put_payers(self, payers: GrowingColumn, start: int, values: Sequence[Any]) -> None:
        try:
            payers.put(start, values)
        except TypeError:  # lists or objects
            payers.put(start, [*map(payer_key, values)])

    def _name(self, start: int, values: Sequence[Any]) -> None:
        texts = text_ids(values)
        if texts is not None:
            self._ids += texts
            return
        problems: list[Problem] = []
        for row, value in enumerate(values, start):
            given = None if value is ABSENT else _meant(value)
            self._ids.append(case_id(given, self._first + row, problems))
            if problems:
                self._set_aside(row)
                problems.clear()

    def _put(self, start: int, rows: Sequence[Row]) -> None:
        """The facts of some rows, but of those that are set aside, and of those with lists and objects."""
        given = (
            [{} if row in self._odd else found for row, found in enumerate(rows, start)]
            if self._odd
            else rows
        )
        self._begin_columns(start, given)
        for name, column in self._facts.items():
            values = [*map(dict.get, given, repeat(name), repeat(ABSENT))]
            try:
                column.put(start, values)
            except TypeError:
                nested = [place for place, value in enumerate(values) if value.__class__ in (list, dict)]
                for place in nested:
                    self._set_aside(start + place)
                    values[place] = ABSENT
                column.put(start, values)

    def _begin_columns(self, start: int, rows: Sequence[Row]) -> None:
        new = {*()}.union(*rows) - self._facts.keys() - self._others
        if not new:
            return
        self._others |= {name for name in new if not is_fact(name)}
        for name in sorted(new - self._others):
            if len(self._facts) < _KEYS:
                self._facts[name] = GrowingColumn(len(self._bounds.starts))
            else:
                for place, found in enumerate(rows):
                    if name in found:
                        self._set_aside(start + place)
        self._shape = line_shape([*OWN, *self._facts, *sorted(self._others - {*OWN})], self._number)


def _given(values: Sequence[Any]) -> int:
    return sum([value is not ABSENT for value in values])


def _meant(value: Any) -> Any:
    """The value that a decoded one stands for."""
    if value.__class__ is _Number:
        return number(value.text)
    if value.__class__ is int and value.bit_length() >= _LONG:
        return whole(str(value))
    return value


def _tidy(text: Any, bounds: LineBounds) -> NDArray[np.bool_]:
    """Whether each line begins with a brace and ends with one."""
    last = text[bounds.ends - 1]
    returned = last == ord("\r")
    last[returned] = text[bounds.ends[returned] - 2]
    found: NDArray[np.bool_] = (text[bounds.starts] == ord("{")) & (last == ord("}"))
    return found


def _brackets(text: Any) -> int:
    """How many brackets are opened in text."""
    return int(np.count_nonzero((text | 0x20) == ord("{")))


def _keys_within(value: Any) -> int:
    """How many keys a value holds, those of the objects in it included."""
    if value.__class__ is dict:
        return len(value) + sum(map(_keys_within, value.values()))
    return sum(map(_keys_within, value)) if value.__class__ is list else 0
