"""The values of Arrow's arrays as arrays of numpy, and where they are null."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def nulls(column: Any) -> NDArray[np.bool_]:
    """Where an array of numbers, or of codes, is null."""
    bitmap = column.buffers()[0]
    if bitmap is None:
        return np.zeros(len(column), bool)
    first, last = column.offset // 8, (column.offset + len(column) + 7) // 8
    bits = np.unpackbits(np.frombuffer(bitmap, np.uint8)[first:last], bitorder="little")
    start = column.offset - 8 * first
    found: NDArray[np.bool_] = bits[start : start + len(column)] == 0
    return found


def filled(column: Any, with_what: float) -> NDArray[Any]:
    """The values of an array of numbers, or of booleans, nulls filled."""
    found: NDArray[Any]
    if not column.null_count:
        found = column.to_numpy(zero_copy_only=False)
        return found
    bare = pa.Array.from_buffers(column.type, len(column), [None, column.buffers()[1]], 0, column.offset)
    values = bare.to_numpy(zero_copy_only=False)
    found = np.where(nulls(column), values.dtype.type(with_what), values)
    return found
