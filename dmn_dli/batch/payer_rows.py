"""Which rows of a batch are put to which payers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.asking import payers_named, payers_of
from dmn_dli.evaluate.series import KernelSeries


class PayerRows:
    """The payers of some tables; what a text names is looked up once."""

    def __init__(self, series: Mapping[str, KernelSeries], asked: Sequence[str] | None) -> None:
        """asked: the payers that every case is put to, else each case's own."""
        self._series = series
        self._asked = asked

    def of(self, batch: CaseBatch) -> Iterator[tuple[str, Numbers]]:
        """Each payer with the rows that are put to it, ascending; payers in alphabetical order.

        A payer that the tables do not know is among them, and says so itself.
        """
        if not batch.rows:
            return
        coded = batch.payers
        values = coded.all
        regular = np.ones(batch.rows, bool)
        regular[[*batch.odd]] = False
        numbers = coded.numbers
        met = np.zeros(len(values), bool)
        met[numbers[regular] if batch.odd else numbers] = True
        there = np.flatnonzero(met).tolist()
        named = {number: {*self._named(values[number])} for number in there}
        alone = {row: {*payers_of(case, self._asked, self._series)} for row, case in batch.odd.items()}
        for payer in sorted(set[str]().union(*named.values(), *alone.values())):
            asks = np.zeros(len(values), bool)
            asks[[number for number, payers in named.items() if payer in payers]] = True
            mask = asks.take(numbers) & regular
            mask[[row for row, payers in alone.items() if payer in payers]] = True
            yield payer, np.flatnonzero(mask)

    def _named(self, payers: Any) -> Sequence[str]:
        return payers_named(self._asked or payers, self._series)
