"""Rows with numbers of which atoms may not tell where they lie, so that the tables themselves are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dmn_dli.batch.fact_columns import ArrowColumn, FactColumn
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.kernel import Kernel

_NEAR = 1e15
"""Between its inverse and this a number of Arrow's types is never fine: it is no finer than a float."""


def fine_rows(kernel: Kernel, placed: PlacedBatch) -> NDArray[np.bool_]:
    """In which rows some number is fine; see `FactReader.is_fine`."""
    found = np.zeros(placed.rows, bool)
    for name, column in placed.columns.items():
        reader = kernel.case_reader.facts[name]
        if reader.type in ("number", "integer") and not _are_plain(column):
            found |= column.each(_tells(reader)) != 0
    return found


def _are_plain(column: FactColumn) -> bool:
    """Whether it is certain, without a look at each value, that none is fine."""
    if not isinstance(column, ArrowColumn):
        return False
    kind = column.array.type
    if not pa.types.is_integer(kind) and not pa.types.is_floating(kind):
        return False
    if not len(column.array):
        return True
    values = column.array.to_numpy(zero_copy_only=False)  # nulls are NaN
    with np.errstate(invalid="ignore"):
        sizes = np.abs(values.astype(float))
        return not ((sizes > _NEAR) | ((sizes < 1 / _NEAR) & (sizes != 0))).any()


def _tells(reader: FactReader) -> Callable[[Any], int]:
    """Reads from a value whether it is fine; a bad one is not."""

    def tells(value: Any) -> int:
        try:
            return int(value is not None and reader.is_fine(reader.given_value(value)))
        except NotAValue:
            return 0

    return tells
