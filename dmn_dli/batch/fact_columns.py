"""What cases give for one fact, a value a row: a column of Arrow, or values of Python under numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.atom_columns import by_code
from dmn_dli.batch.coded import Coded
from dmn_dli.batch.columns import Array, ColumnReader, each_once, narrow
from dmn_dli.batch.given import value_at
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.runtime.scalars import is_missing

_FEW = 127
"""Up to how many values stand under codes of a byte each."""


class FactColumn(Protocol):
    """A column of one fact."""

    def atoms(self, reader: ColumnReader) -> Numbers:
        """The atom of each row: 0 where the fact is unknown, BAD where it cannot have the value."""

    def codes(self, reader: ColumnReader) -> tuple[Numbers, Numbers] | None:
        """A code for each row, and the atom of each code; None where values have no codes."""

    def each(self, read: Callable[[Any], int]) -> Numbers:
        """What `read` makes of each row's value, None where there is none; each distinct value once."""

    def given(self) -> NDArray[np.bool_]:
        """Whether a row gives a value at all, be it null."""

    def value(self, row: int) -> Any:
        """The value that a single case of the row gives; ABSENT where it gives none."""

    def taken(self, rows: Numbers) -> FactColumn:
        """The column of some rows alone."""


@frozen(eq=False)
class ArrowColumn:
    """A pyarrow.Array. null_is_unknown: whether null, and what stands for none, give nothing."""

    array: Array
    null_is_unknown: bool = False

    def atoms(self, reader: ColumnReader) -> Numbers:
        """As of every column."""
        return self._reader(reader).atoms(self.array)

    def codes(self, reader: ColumnReader) -> tuple[Numbers, Numbers] | None:
        """As of every column."""
        return self._reader(reader).coded(self.array)

    def _reader(self, reader: ColumnReader) -> ColumnReader:
        return reader.blank_is_unknown if self.null_is_unknown else reader

    def each(self, read: Callable[[Any], int]) -> Numbers:
        """As of every column."""
        return each_once(self.array, read)

    def given(self) -> NDArray[np.bool_]:
        """As of every column."""
        if not self.null_is_unknown:
            return np.ones(len(self.array), bool)
        found: NDArray[np.bool_] = pc.invert(self.array.is_null(nan_is_null=True)).to_numpy(
            zero_copy_only=False
        )
        return found

    def value(self, row: int) -> Any:
        """As of every column."""
        value = value_at(self.array, row)
        return ABSENT if self.null_is_unknown and (value is None or is_missing(value)) else value

    def taken(self, rows: Numbers) -> ArrowColumn:
        """As of every column."""
        return ArrowColumn(self.array.take(rows), self.null_is_unknown)


@frozen(eq=False)
class ValuesColumn:
    """Values of Python, as a case of a file gives them; ABSENT where it gives none."""

    coded: Coded

    def atoms(self, reader: ColumnReader) -> Numbers:
        """As of every column."""
        return self._by_value(lambda value: _atom(value, reader))

    def codes(self, reader: ColumnReader) -> tuple[Numbers, Numbers] | None:
        """As of every column; None where the values are many."""
        values = self.coded.all
        if len(values) > _FEW:
            return None
        return self.coded.numbers, narrow([_atom(value, reader) for value in values])

    def each(self, read: Callable[[Any], int]) -> Numbers:
        """As of every column."""
        return self._by_value(lambda value: read(None if value is ABSENT else value))

    def _by_value(self, read: Callable[[Any], int]) -> Numbers:
        return by_code(narrow([*map(read, self.coded.all)]), self.coded.numbers)

    def given(self) -> NDArray[np.bool_]:
        """As of every column."""
        return np.array([value is not ABSENT for value in self.coded.all], bool).take(self.coded.numbers)

    def value(self, row: int) -> Any:
        """As of every column."""
        return self.coded.at(row)

    def taken(self, rows: Numbers) -> ValuesColumn:
        """As of every column."""
        return ValuesColumn(self.coded.taken(rows))


def _atom(value: Any, reader: ColumnReader) -> int:
    return 0 if value is ABSENT else reader.atom(value)


def coded_once(column: FactColumn) -> FactColumn:
    """The column with its values under numbers, for several readers; numbers are quick as Arrow has them."""
    if not isinstance(column, ArrowColumn) or _is_number(column.array.type):
        return column
    values: list[Any] = []

    def number(value: Any) -> int:
        nothing = column.null_is_unknown and (value is None or is_missing(value))
        values.append(ABSENT if nothing else value)
        return len(values) - 1

    numbers = column.each(number)
    return ValuesColumn(Coded(numbers, (), 0, values))


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind))
