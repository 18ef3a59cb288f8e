"""Columns of Arrow as atoms: each distinct value is read once, as in a single case; numbers by their cuts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dmn_dli.batch.given import narrowed
from dmn_dli.batch.transitions import CHUNK, Numbers
from dmn_dli.cases.formats.parquet import NARROW, python_values, shortest
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.scalars import is_missing

Array: TypeAlias = Any
"""A pyarrow array; pyarrow ships no types of its own."""

BAD = -1
"""Stands for the atom of a value that the fact cannot have."""

_KEEP = 4_096
"""How many texts a column remembers before it starts afresh."""

_CODES = {"halffloat": np.float16, "float": np.float32, "double": np.float64}


class ColumnReader:
    """Reads columns of one fact."""

    def __init__(self, fact: FactReader, *, null_is_unknown: bool = False) -> None:
        """null_is_unknown: whether null is an unknown fact also where the fact may be null."""
        self.fact = fact
        self.null = 0 if null_is_unknown else fact.null
        self._texts: dict[str, int] = {}
        self._borders: dict[str, NDArray[Any]] = {}

    def atoms(self, column: Array) -> Numbers:
        """The atom of each row: 0 where the fact is unknown, BAD where it cannot have the value."""
        kind = str(column.type)
        ranged = self.fact.slots and self.fact.type in ("number", "integer")
        if ranged and (kind in _CODES or pa.types.is_integer(column.type)):
            return self._numbers(column, kind)
        return each_once(column, self.atom)

    def atom(self, value: Any) -> int:
        """The atom of one value, by the rule that a case's values are read by."""
        if value is None:
            return self.null
        if value.__class__ is not str:
            return self._read(value)
        found = self._texts.get(value)
        if found is None:
            if len(self._texts) >= _KEEP:
                self._texts.clear()
            found = self._texts[value] = self._read(value)
        return found

    def _read(self, value: Any) -> int:
        if is_missing(value):
            return 0
        try:
            return self.fact.place(self.fact.canonical(value))
        except NotAValue:
            return BAD

    def _numbers(self, column: Array, kind: str) -> Numbers:
        slots = np.array([slot or BAD for slot in self.fact.slots], np.intp)
        if kind in _CODES:
            values = _filled(column, math.nan)
            if kind not in self._borders:
                self._borders[kind] = _borders_of_floats(self.fact.cuts, kind)
            found = slots[np.searchsorted(self._borders[kind], values, side="right")]
            found[np.isinf(values)] = BAD
            if self.fact.type == "integer":
                found[np.floor(values) != values] = BAD
            found[np.isnan(values)] = 0
        else:
            values = _filled(column, 0)
            found = slots[_slots_of_integers(self.fact.cuts, values)]
        if column.null_count:
            found[_nulls(column)] = self.null
        return found


def each_once(column: Array, read: Callable[[Any], int]) -> Numbers:
    """What `read` makes of each row, each distinct value being read once; null as None."""
    if not pa.types.is_dictionary(column.type):
        try:
            column = column.dictionary_encode()
        except pa.ArrowNotImplementedError:  # lists and the like, which no fact takes
            return np.array([read(value) for value in python_values(column)], np.intp)
    if column.type.value_type == pa.null():
        return np.full(len(column), read(None), np.intp)
    values: Sequence[Any] = python_values(column.dictionary)
    kind = str(column.dictionary.type)
    if kind in NARROW:
        values = [narrowed(value, kind) for value in values]
    # A null is the code after the last; the dictionary may hold null itself.
    found = np.array([*map(read, values), read(None) if column.null_count else 0], np.intp)
    codes = _filled(column.indices, 0)
    if found.min() >= -128 and found.max() < 128:
        found = found.astype(np.int8)  # an eighth of the memory to go through
    rows: Numbers = np.empty(codes.size, found.dtype)
    for start in range(0, codes.size, CHUNK):
        rows[start : start + CHUNK] = found.take(codes[start : start + CHUNK])
    if column.null_count:
        rows[_nulls(column)] = found[-1]
    return rows


def _filled(column: Array, with_what: float) -> NDArray[Any]:
    """The values of an array of numbers, nulls filled."""
    found: NDArray[Any] = (column.fill_null(with_what) if column.null_count else column).to_numpy(
        zero_copy_only=False
    )
    return found


def _nulls(column: Array) -> NDArray[Any]:
    found: NDArray[Any] = column.is_null().to_numpy(zero_copy_only=False)
    return found


def _slots_of_integers(cuts: Sequence[Any], values: NDArray[Any]) -> Numbers:
    """The slot of each whole number: twice the cuts before it, and one where it is a cut itself.

    A border is the least whole number at or above a cut, or above it. What an array of this type cannot
    hold lies beyond all its values.
    """
    limits = np.iinfo(values.dtype)
    found = np.zeros(len(values), np.intp)
    for cut in cuts:
        at = int(Decimal(cut).to_integral_value(ROUND_CEILING))
        above = int(Decimal(cut).to_integral_value(ROUND_FLOOR)) + 1
        for border in (at, above):
            if border <= limits.min:
                found += 1
            elif border <= limits.max:
                found += values >= border
    return found


def _borders_of_floats(cuts: Sequence[Any], kind: str) -> NDArray[Any]:
    """The least number of a floating-point type that stands for a decimal at or above each cut, or above it.

    A number stands for the shortest decimal to which it is the nearest, as it does in a single case.
    """
    made = _CODES[kind]
    borders = [_least(made, cut, kind, strict=strict) for cut in cuts for strict in (False, True)]
    return np.array(borders, made)


def _least(made: Any, cut: Decimal, kind: str, *, strict: bool) -> Any:
    """The least number that stands for a decimal at or above the cut; strict: above it."""

    def beyond(number: Any) -> bool:
        if np.isinf(number):
            return bool(number > 0)
        decimal = shortest(float(number), NARROW[kind]) if kind in NARROW else Decimal(repr(float(number)))
        return decimal > cut if strict else decimal >= cut

    with np.errstate(over="ignore"):
        number = made(float(cut))
        while not beyond(number):
            number = np.nextafter(number, made(np.inf))
        while not np.isneginf(number) and beyond(before := np.nextafter(number, made(-np.inf))):
            number = before
    return number
