"""Columns of Arrow as atoms: each distinct value is read once, as in a single case; numbers by their cuts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dmn_dli.batch.atom_columns import by_code
from dmn_dli.batch.given import narrowed
from dmn_dli.batch.nulls import codes_of, filled, nulls
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.formats.parquet import NARROW, python_values, shortest
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.scalars import is_missing

Array: TypeAlias = Any
"""A pyarrow array; pyarrow ships no types of its own."""

BAD = -1
"""Stands for the atom of a value that the fact cannot have, or of which atoms alone do not tell."""

_KEEP = 4_096
"""How many texts a column remembers before it starts afresh."""

_LARGE, _SMALL = 10**16, 1e-15
"""At and beyond the one, and between zero and the other, numbers are `fine` (FactReader.is_fine)."""

_LISTED = 2**16
"""Up to how many whole numbers have their atoms in a list; else the cuts are searched."""

_NEAR = 64
"""Whole numbers that lie less apart are codes as they are."""

_FLOATS = {"halffloat": np.float16, "float": np.float32, "double": np.float64}


class ColumnReader:
    """Reads columns of one fact."""

    def __init__(self, fact: FactReader, *, null_is_unknown: bool = False) -> None:
        """null_is_unknown: whether null is an unknown fact also where the fact may be null."""
        self.fact = fact
        self.null = 0 if null_is_unknown else fact.null
        self._texts: dict[str, int] = {}
        self._borders: dict[str, NDArray[Any]] = {}
        self._whole: dict[str, WholeNumbers] = {}
        self._slots = narrow([*[slot or BAD for slot in fact.slots], self.null])[:-1]
        """The atom of each slot."""

    @cached_property
    def blank_is_unknown(self) -> ColumnReader:
        """The reader for columns whose null gives nothing."""
        return ColumnReader(self.fact, null_is_unknown=True) if self.null else self

    def atoms(self, column: Array) -> Numbers:
        """The atom of each row: 0 where the fact is unknown, BAD where the row is to be asked by itself."""
        kind = str(column.type)
        ranged = self.fact.slots and self.fact.type in ("number", "integer")
        if ranged and (kind in _FLOATS or pa.types.is_integer(column.type)):
            return self._numbers(column, kind)
        return each_once(column, self.atom)

    def coded(self, column: Array) -> tuple[Numbers, Numbers] | None:
        """A code for each row and the atom of each code, of columns that have codes; None of others."""
        kind = column.type
        if pa.types.is_boolean(kind) or (pa.types.is_dictionary(kind) and kind.value_type != pa.null()):
            return read_codes(column, self.atom)
        if pa.types.is_integer(kind) and not self.fact.slots:
            return self._near_one_another(column)
        return None

    def _near_one_another(self, column: Array) -> tuple[Numbers, Numbers] | None:
        """As above, of whole numbers that stand for one of some values; None where they lie far apart."""
        values = filled(column, 0)
        if not values.size:
            return None
        first, last = int(values.min()), int(values.max())
        if last - first >= _NEAR:
            return None
        atoms = [*map(self.atom, range(first, last + 1)), self.null]
        codes = (values - values.dtype.type(first)).astype(np.int8)
        if column.null_count:
            codes[nulls(column)] = len(atoms) - 1
        return codes, narrow(atoms)

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
            canonical = self.fact.canonical(value)
            atom = self.fact.place(canonical)
        except NotAValue:
            return BAD
        return BAD if self.fact.slots and self.fact.is_fine(canonical) else atom

    def _numbers(self, column: Array, kind: str) -> Numbers:
        if kind in _FLOATS:
            values = filled(column, math.nan)
            if kind not in self._borders:
                self._borders[kind] = _borders_of_floats(self.fact.cuts, kind)
            found = self._slots[np.searchsorted(self._borders[kind], values, side="right")]
            with np.errstate(over="ignore", invalid="ignore"):
                size = np.abs(values)
                found[(size >= float(_LARGE)) | ((size < _SMALL) & (size > 0))] = BAD  # infinite ones, too
                if self.fact.type == "integer":
                    found[np.floor(values) != values] = BAD
            found[np.isnan(values)] = 0
        else:
            values = filled(column, 0)
            if kind not in self._whole:
                self._whole[kind] = WholeNumbers(self.fact.cuts, self._slots, values.dtype)
            found = self._whole[kind].atoms(values)
        if column.null_count:
            found[nulls(column)] = self.null
        return found


class WholeNumbers:
    """The atoms of whole numbers of one type."""

    def __init__(self, cuts: Sequence[Any], slots: Numbers, kind: Any) -> None:
        """slots: of what lies before a cut, of it, of what lies before the next, and so on."""
        limits = np.iinfo(kind)
        borders: list[int] = []
        below = 0
        # A border is the least whole number at or above a cut, or above it.
        for cut in cuts:
            at = int(Decimal(cut).to_integral_value(ROUND_CEILING))
            above = int(Decimal(cut).to_integral_value(ROUND_FLOOR)) + 1
            below += sum(each <= limits.min for each in (at, above))
            borders += [each for each in (at, above) if limits.min < each <= limits.max]
        self._borders = np.array(borders, kind)
        self._slots = slots[below:]
        self._listed: Numbers | None = None
        if borders and borders[-1] - borders[0] < _LISTED:
            self._first, self._last = borders[0] - 1, borders[-1]
            values = [*range(self._first, self._last + 1)]
            self._listed = self._searched(np.array(values, kind))

    def atoms(self, values: NDArray[Any]) -> Numbers:
        """The atom of each."""
        if self._listed is None:
            found = self._searched(values)
        else:
            places = np.clip(values, self._first, self._last)
            if places.dtype != np.uint64:
                places = places.astype(np.intp)
            places -= self._first
            found = self._listed.take(places.astype(np.intp, copy=False))
        if values.dtype.itemsize == 8:
            far = values >= _LARGE
            if values.dtype == np.int64:
                far |= values <= -_LARGE
            found[far] = BAD
        return found

    def _searched(self, values: NDArray[Any]) -> Numbers:
        return self._slots.take(np.searchsorted(self._borders, values, side="right"))


def each_once(column: Array, read: Callable[[Any], int]) -> Numbers:
    """What `read` makes of each row, each distinct value being read once; null as None."""
    try:
        codes, found = read_codes(column, read)
    except pa.ArrowNotImplementedError:  # lists and the like, which no fact takes
        return np.array([read(value) for value in python_values(column)], np.intp)
    return by_code(found, codes)


def read_codes(column: Array, read: Callable[[Any], int]) -> tuple[Numbers, Numbers]:
    """A code for each row, and what `read` makes of each code's value, the last code being that of null.

    Raises ArrowNotImplementedError for lists and the like.
    """
    if pa.types.is_boolean(column.type):
        codes = filled(column, with_what=False).view(np.int8)
        if column.null_count:
            codes = np.where(nulls(column), np.int8(2), codes)
        return codes, narrow([*map(read, (False, True)), read(None) if column.null_count else 0])
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if column.type.value_type == pa.null():
        return np.zeros(len(column), np.int8), narrow([read(None)])
    values: Sequence[Any] = python_values(column.dictionary)
    kind = str(column.dictionary.type)
    if kind in NARROW:
        values = [narrowed(value, kind) for value in values]
    # The dictionary may hold null itself.
    found = narrow([*map(read, values), read(None) if column.null_count else 0])
    return codes_of(column.indices, len(values)), found


def narrow(numbers: Sequence[int]) -> Numbers:
    """Numbers in as few bytes as hold them: the less memory there is to go through, the quicker."""
    lowest, highest = min(numbers, default=0), max(numbers, default=0)
    kind = next((each for limit, each in _KINDS if -limit <= lowest and highest < limit), np.int64)
    return np.array(numbers, kind)


_KINDS = ((2**7, np.int8), (2**15, np.int16), (2**31, np.int32))
"""Types of numbers, each with the limit below which it holds all."""


def _borders_of_floats(cuts: Sequence[Any], kind: str) -> NDArray[Any]:
    """The least number of a floating-point type that stands for a decimal at or above each cut, or above it.

    A number stands for the shortest decimal to which it is the nearest, as it does in a single case.
    """
    made = _FLOATS[kind]
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
