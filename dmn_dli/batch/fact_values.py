"""The canonical values of the facts that rows give, under numbers, and what records show of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.state_values import KEPT, derived
from dmn_dli.runtime.facts import ABSENT, FactReader, NotAValue
from dmn_dli.runtime.values import json_value


class FactValues:
    """The values of one fact; what is made of one serves all further batches."""

    def __init__(self, reader: FactReader) -> None:
        """Take the fact's reader."""
        self.reader = reader
        self.values: list[Any] = [ABSENT]
        self._numbers: dict[Any, int] = {ABSENT: 0}
        self.shown: list[str] = []
        self.objects: list[dict[str, Any]] = []
        self.lacking: list[list[str]] = []
        self.absent: tuple[list[str], list[str]] = ([], [reader.name])

    def of(self, placed: PlacedBatch) -> RowFacts:
        """What the rows of a batch give."""
        column = placed.columns.get(self.reader.name)
        if column is None:
            return RowFacts(self, Coded(np.zeros(placed.rows, np.int32), self.values, len(self.values)))
        own: dict[Any, int] = {}
        numbers = column.each(self._reads(own)).astype(np.int32)
        # Null and no value at all are told apart by the atom; a bad value's row is asked of the kernel.
        numbers[placed.atoms[self.reader.variable] == 0] = 0
        return RowFacts(self, Coded(numbers, self.values, len(self.values), [*own]))

    def _reads(self, own: dict[Any, int]) -> Callable[[Any], int]:
        """Reads the number of a value; what is not kept for further batches goes into `own`."""

        def read(value: Any) -> int:
            try:
                canonical = self.reader.given_value(value)
            except NotAValue:
                return 0
            found = self._numbers.get(canonical)
            if found is not None:
                return found
            if len(self.values) < KEPT:
                self._numbers[canonical] = len(self.values)
                self.values.append(canonical)
                return len(self.values) - 1
            return own.setdefault(canonical, KEPT + len(own))

        return read


class RowFacts:
    """What the rows of one batch give for one fact.

    given: whether the row gives a value. shown: the value as findings show it, "" where there is none.
    objects, absent: the part that it has in the objects of given facts, and the lists of those not given.
    """

    def __init__(self, fact: FactValues, values: Coded) -> None:
        """Take the canonical value of each row, ABSENT being number 0."""
        reader = fact.reader
        self.reader = reader
        self.values = values
        self.given: NDArray[np.bool_] = values.numbers != 0
        self.shown = derived(values, fact.shown, lambda value: "" if value is ABSENT else reader.given(value))
        self.objects = derived(
            values, fact.objects, lambda value: {} if value is ABSENT else {reader.name: json_value(value)}
        )
        # A column of the values' own numbers, where they are few, is one with the others in all that follows.
        self.absent = (
            Coded((values.numbers == 0).astype(np.int32), fact.absent, 2)
            if values.own
            else derived(values, fact.lacking, lambda value: [reader.name] if value is ABSENT else [])
        )
