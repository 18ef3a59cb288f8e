"""A row of a record batch as the facts of one case."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from dmn_dli.cases.formats.parquet import NARROW, python_values, shortest


def narrowed(value: Any, kind: str) -> Any:
    """A value of an Arrow type: a number of less than double precision as the decimal that it stands for."""
    code = NARROW.get(kind)
    return shortest(value, code) if code and value is not None and math.isfinite(value) else value


def facts_of(batch: Any, names: Iterable[str], row: int, *, null_is_unknown: bool) -> dict[str, Any]:
    """The facts that a row of a pyarrow.RecordBatch gives, by name."""
    facts = {}
    for name in names:
        column = batch.column(name)
        value = narrowed(python_values(column.slice(row, 1))[0], str(column.type))
        if value is not None or not null_is_unknown:
            facts[name] = value
    return facts
