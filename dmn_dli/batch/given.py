"""Values of Arrow as a single case gives them."""

from __future__ import annotations

import math
from typing import Any

from dmn_dli.cases.formats.parquet import narrow_code, python_values, shortest


def value_at(column: Any, row: int) -> Any:
    """The value in a row of an array."""
    return narrowed(python_values(column.slice(row, 1))[0], str(column.type))


def narrowed(value: Any, kind: str) -> Any:
    """A value of an Arrow type: a number of less than double precision as the decimal that it stands for."""
    code = narrow_code(kind)
    return shortest(value, code) if code and value is not None and math.isfinite(value) else value
