"""What cases give for one fact, a value a row: a column of Arrow, or values of Python under numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.columns import Array, ColumnReader, each_once
from dmn_dli.batch.given import narrowed
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.formats.parquet import python_values
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.runtime.scalars import is_missing


class FactColumn(Protocol):
    """A column of one fact."""

    def atoms(self, reader: ColumnReader) -> Numbers:
        """The atom of each row: 0 where the fact is unknown, BAD where it cannot have the value."""

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
        return reader.atoms(self.array)

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
        value = narrowed(python_values(self.array.slice(row, 1))[0], str(self.array.type))
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
        return self._by_value(lambda value: 0 if value is ABSENT else reader.atom(value))

    def each(self, read: Callable[[Any], int]) -> Numbers:
        """As of every column."""
        return self._by_value(lambda value: read(None if value is ABSENT else value))

    def _by_value(self, read: Callable[[Any], int]) -> Numbers:
        values = [*self.coded.values[: self.coded.settled], *self.coded.own]
        return np.array([read(value) for value in values], np.intp).take(self.coded.numbers)

    def given(self) -> NDArray[np.bool_]:
        """As of every column."""
        values = [*self.coded.values[: self.coded.settled], *self.coded.own]
        return np.array([value is not ABSENT for value in values], bool).take(self.coded.numbers)

    def value(self, row: int) -> Any:
        """As of every column."""
        return self.coded.at(row)

    def taken(self, rows: Numbers) -> ValuesColumn:
        """As of every column."""
        return ValuesColumn(self.coded.taken(rows))
