"""The least that numpy can do over the codes of a small table: other rates are held against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tests.bench.tables_in_memory import BenchColumn

COLUMNS = [
    BenchColumn("service", ("a", "b", "c", "d", "e")),
    BenchColumn("setting", ("home", "office", "hospital")),
    BenchColumn("line", ("commercial", "medicare", "medicaid", "exchange")),
    BenchColumn("urgent", (True, False)),
    BenchColumn("status", ("new", "relapsed", "refractory")),
    BenchColumn("region", ("north", "south", "east", "west")),
    BenchColumn("tier", ("one", "two", "three")),
]
"""12 rules over these are a table such as a payer has."""


def gather(columns: Sequence[BenchColumn], cases: Sequence[dict[str, Any]]) -> Callable[[], Any]:
    """The least that numpy can do: codes of one byte, a mixed-radix place, one look-up."""
    codes = [np.array([each.values.index(case[each.name]) for case in cases], np.int8) for each in columns]
    sizes = [len(each.values) for each in columns]
    outcomes = np.zeros(int(np.prod(sizes)), np.int8)

    def gathered() -> Any:
        places = codes[0].astype(np.int32)
        for size, column in zip(sizes[1:], codes[1:], strict=True):
            places *= size
            places += column
        return outcomes.take(places)

    return gathered
