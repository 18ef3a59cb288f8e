"""Several numbers of each row as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dmn_dli.batch.transitions import Numbers

_LARGEST = 2**62
"""How many combinations one number tells apart."""


def together(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """A number for each combination that is there, from 0 on: the one of each row, and some row of each."""
    keys = np.zeros(len(columns[0]), np.int64)
    width = 1
    for column in columns:
        own = int(column.max(initial=0)) + 1
        if own == 1:
            continue
        if width * own > _LARGEST:
            keys, column = _encoded(keys), _encoded(column)  # noqa: PLW2901 - as good as the column
            width, own = (int(each.max(initial=0)) + 1 for each in (keys, column))
        keys = column * np.int64(width) + keys
        width *= own
    numbers = _encoded(keys)
    rows = np.empty(int(numbers.max(initial=-1)) + 1, np.intp)
    rows[numbers] = np.arange(len(numbers))
    return numbers, rows


def _encoded(keys: Numbers) -> Numbers:
    found: Numbers = pa.array(keys).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    return found
