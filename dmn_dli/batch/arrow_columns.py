"""Answers as record batches of Arrow: text dictionary-encoded, lists as lists of text.

The columns are those of tables of records (`evaluate.record_fields`), and each has one type whatever stands
in it. A text, or a list, that many rows share is made once; rows are gathers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.arrow_cases import ArrowTexts
from dmn_dli.batch.arrow_lists import held, list_array, once_each
from dmn_dli.batch.atom_columns import by_code
from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import ITSELF, Coded, Concatenated, Fields, Instead, Listed, RowColumn, Text, Where
from dmn_dli.batch.lasting import LastingArrays
from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.evaluate.record_fields import COLUMNS, LISTED, compact, field, texts_of
from dmn_dli.runtime.record import FORMAT_VERSION

Array: TypeAlias = Any
RecordBatch: TypeAlias = Any
Schema: TypeAlias = Any
"""pyarrow's; it ships no types of its own."""

TEXT = pa.dictionary(pa.int32(), pa.string())
LIST = pa.list_(pa.string())
_TYPES: Mapping[str, Any] = {"format_version": pa.int32(), "case_id": pa.string()}

_NULL = 0
"""The number of what is null in every pool."""

_NOTHING = 1
"""The number of the empty text, or the empty list."""

_FIRST = 4_096
"""How many rows are looked through first for the texts that stand in them."""

_KEEP = 100_000
"""How many texts, or lists, a pool remembers before it starts afresh."""


def schema(columns: Iterable[str] = COLUMNS) -> Schema:
    """The types of these columns, the same whatever the answers are."""
    return pa.schema([(name, _TYPES.get(name, LIST if name in LISTED else TEXT)) for name in columns])


class ArrowAnswers:
    """Makes record batches of answers; what it makes for one serves the next."""

    def __init__(self, columns: Sequence[str] = COLUMNS) -> None:
        """columns: names of `evaluate.record_fields.CHOICES`, in the order in which they are wanted.

        `policy` and `error`, which stand for several columns, are compact JSON.
        """
        self.columns = tuple(columns)
        self.schema = schema(columns)
        self._pools = {name: Pool(name) for name in columns}

    def table(self, batch: CaseBatch, answers: Iterable[Answers]) -> RecordBatch:
        """A row for each case and payer, cases in their order, the payers of each in alphabetical order.

        answers: pieces of `PayersAnswers.of(batch)`; some of them, or all.
        """
        pieces = [each for each in answers if each.rows.size]
        order = _order(pieces, batch.rows)
        rows = _gathered([each.rows for each in pieces], order)
        arrays = [self._column(name, batch, pieces, order, rows) for name in self.columns]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _column(
        self, name: str, batch: CaseBatch, pieces: Sequence[Answers], order: Numbers | None, rows: Numbers
    ) -> Array:
        if name == "format_version":
            return pa.array(np.full(rows.size, FORMAT_VERSION, np.int32))
        if name == "case_id":
            return _case_ids(batch, rows)
        pool = self._pools[name]
        pool.begin()
        parts = [pool.numbers(each) for each in pieces]
        width = max([each.shape[1] for each in parts], default=1)
        wide = [_widened(each, width) for each in parts]
        return pool.array(_gathered(wide, order) if wide else np.zeros((0, 1), np.intp))


class Pool:
    """The distinct texts, or lists of text, of one column under numbers: 0 is null, 1 nothing."""

    def __init__(self, name: str) -> None:
        """name: the column's."""
        self._name = name
        self._listed = name in LISTED
        self._key, _, self._field = name.partition(".")
        self._made = States[Any]()
        self._lasting = LastingArrays()

    def begin(self) -> None:
        """Begin a batch; what is remembered is dropped where it is too much."""
        if len(self._made.all) >= _KEEP:
            self._made = States()
            self._lasting.clear()
        for each in (None, () if self._listed else ""):
            self._made.number(each)

    @property
    def all(self) -> Sequence[Any]:
        """What stands under the numbers."""
        return self._made.all

    def numbers(self, answers: Answers) -> Numbers:
        """For each row of a piece its number, or the numbers of the lists of which its list consists."""
        if self._key == "payer":
            return np.full((answers.rows.size, 1), self._made.number(held(answers.payer)), np.int32)
        if self._key == "error":
            found: Numbers = np.zeros((answers.rows.size, 1), np.int32)
            for place, record in answers.errors.items():
                found[place] = self._made.number(self._said(field(record, self._name, {})))
            return found
        found = self._parts(answers.columns[self._key])
        if answers.errors:
            found[[*answers.errors]] = _NULL
        return found

    def array(self, numbers: Numbers) -> Array:
        """The column: for each row its text, or the lists under its numbers one behind the other."""
        return list_array(self.all, numbers) if self._listed else self.texts(numbers[:, 0])

    def _parts(self, column: RowColumn) -> Numbers:
        """The numbers of the parts of each row."""
        if isinstance(column, Instead):
            found = self._parts(column.column)
            other = np.flatnonzero(column.which != ITSELF)
            values = np.array([self._number(each) for each in column.values], np.int32)
            found[other] = _NOTHING
            found[other, 0] = values.take(column.which[other])
            return found
        if self._listed and isinstance(column, Concatenated):
            return np.stack([self._of(part) for part in column.parts], axis=1)
        if self._listed and isinstance(column, Listed):
            return np.stack([self._of(item, alone=True) for item in column.items], axis=1)
        return self._of(column)[:, np.newaxis]

    def texts(self, numbers: Numbers) -> Array:
        """Rows of text, dictionary-encoded in the order in which texts first stand there."""
        codes, used = _as_they_come(numbers, len(self.all))
        if _NULL not in used:
            return _dictionary(pa.array(codes), [self.all[each] for each in used])
        nulls = numbers == _NULL
        at = used.index(_NULL)
        codes -= codes > at
        return _dictionary(
            pa.array(codes, mask=nulls), [self.all[each] for place, each in enumerate(used) if place != at]
        )

    def _of(self, column: RowColumn, *, alone: bool = False) -> Numbers:
        """The number of each row; alone: each value is the one item of a list."""
        match column:
            case Coded():
                return self._of_coded(column, alone=alone)
            case Text():
                return self._of_coded(once_each(column), alone=alone)
            case Where():  # mostly few rows have the item
                there = np.flatnonzero(column.present)
                found: Numbers = np.full(len(column), _NOTHING, np.int32)
                found[there] = self._of(column.item.taken(there), alone=True)
                return found
            case Fields(columns={"id": Coded() as identifier, "status": Coded() as status}):
                return self._of_criterion(identifier, status)
        values = [column.at(row) for row in range(len(column))]
        return np.array([self._number(each, alone=alone) for each in values], np.int32)

    def _of_coded(self, column: Coded, *, alone: bool) -> Numbers:
        own = [self._number(each, alone=alone) for each in column.own]
        lasting = self._lasting.of(
            column.values,
            column.settled,
            lambda new: np.array([self._number(each, alone=alone) for each in new], np.int32),
            alone,
        )
        found: Numbers = by_code(np.concatenate([lasting, np.array(own, np.int32)]), column.numbers)
        return found

    def _of_criterion(self, identifier: Coded, status: Coded) -> Numbers:
        """The list of one criterion, of which its id and status are told."""
        statuses = status.settled + len(status.own)
        both = identifier.numbers.astype(np.int64) * statuses + status.numbers
        _, first, places = np.unique(both, return_index=True, return_inverse=True)
        rows = [{"id": identifier.at(row), "status": status.at(row)} for row in first.tolist()]
        return np.array([self._number(each, alone=True) for each in rows], np.int32).take(places)

    def _number(self, value: Any, *, alone: bool = False) -> int:
        if alone and value.__class__ is str:  # an item of a list of texts: there may be many
            return self._made.number((held(value),))
        return self._made.number(self._value([value] if alone else value))

    def _value(self, value: Any) -> Any:
        """What the column makes of the value of a record's key."""
        if self._field and isinstance(value, Mapping):
            value = value.get(self._field)
        return self._said(value)

    def _said(self, value: Any) -> Any:
        """Text or texts; what is no text is compact JSON."""
        if value is None:
            return None
        if not self._listed:
            return held(value if isinstance(value, str) else compact(value))
        if self._key == "criteria":
            return tuple(map(held, texts_of(self._key, value)))
        return tuple([held(each if isinstance(each, str) else compact(each)) for each in value])


def _dictionary(codes: Array, texts: Sequence[str]) -> Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(texts, pa.string()))


def _as_they_come(numbers: Numbers, count: int) -> tuple[Numbers, list[int]]:
    """The numbers told anew in the order in which they first stand there, and which of so many they were."""
    used: list[int] = []
    anew: Numbers = np.full(count, -1, np.int32)
    _tell_anew(numbers[:_FIRST], anew, used)  # mostly these are all
    found = by_code(anew, numbers)
    if found.size and found.min() < 0:
        _tell_anew(numbers[found < 0], anew, used)
        found = by_code(anew, numbers)
    return found, used


def _tell_anew(numbers: Numbers, anew: Numbers, used: list[int]) -> None:
    """Number what stands there and has no new number yet, each by its first place."""
    first = np.full(anew.size, numbers.size, np.intp)
    first[numbers[::-1]] = np.arange(numbers.size - 1, -1, -1)  # the last put there stays: the first place
    new = np.flatnonzero(first < numbers.size)
    new = new[np.argsort(first[new], kind="stable")]
    anew[new] = np.arange(len(used), len(used) + new.size, dtype=np.int32)
    used += new.tolist()


def _order(pieces: Sequence[Answers], rows: int) -> Numbers | None:
    """The places of all rows of the pieces, in order; None where they are in order."""
    if len(pieces) < 2:
        return None
    payers = sorted({each.payer for each in pieces})
    if len(payers) == len(pieces) and all(each.rows.size == rows for each in pieces):
        where = np.arange(len(pieces) * rows).reshape(len(pieces), rows)
        by_payer: Numbers = where[[[each.payer for each in pieces].index(payer) for payer in payers]]
        return by_payer.T.ravel()
    keys = [each.rows * len(payers) + payers.index(each.payer) for each in pieces]
    return np.argsort(np.concatenate(keys), kind="stable")


def _gathered(parts: Sequence[Numbers], order: Numbers | None) -> Numbers:
    if not parts:
        return np.empty(0, np.intp)
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return whole if order is None else whole.take(order, axis=0)


def _widened(numbers: Numbers, width: int) -> Numbers:
    """The numbers of lists, so many a row; what is put there adds no items."""
    further = ((0, 0), (0, width - numbers.shape[1]))
    return np.pad(numbers, further, constant_values=_NOTHING) if further[1][1] else numbers


def _case_ids(batch: CaseBatch, rows: Numbers) -> Array:
    if isinstance(batch.case_ids, ArrowTexts):
        found = batch.case_ids.array.cast(pa.string())
    else:
        found = pa.array([held(str(each)) for each in batch.case_ids], pa.string())
    return found if rows.size == batch.rows and _ascending(rows) else found.take(pa.array(rows))


def _ascending(rows: Numbers) -> bool:
    return bool((rows == np.arange(rows.size)).all())
