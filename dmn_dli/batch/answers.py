"""What payers say of a batch of cases: the record's keys as columns, and error records in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import Coded, RowColumn
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.asking import Record, ask, payers_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.record import new_record

KEYS = tuple(new_record("", ""))
"""The keys of a record, in its order."""

_OF_CASE = ("format_version", "case_id", "payer")


@frozen(eq=False)
class Answers:
    """What one payer says of some rows of a batch.

    rows: which of the batch, ascending. columns: under the record's keys, without those that follow from the
    case and the payer alone, an entry for each of these rows. errors: by the place among these rows the
    error record that stands there; what columns say there means nothing.
    """

    payer: str
    rows: Numbers
    columns: Mapping[str, RowColumn]
    errors: Mapping[int, Record]


class PayersAnswers:
    """The payers of some tables, ready for batches; what they work out for one serves the next."""

    def __init__(
        self, series: Mapping[str, KernelSeries], asked: Sequence[str] | None, keys: Sequence[str] = KEYS
    ) -> None:
        """asked: the payers that every case is put to, else each case's own. keys: of the record, wanted."""
        self.series = series
        self.asked = asked
        self.keys = tuple([key for key in keys if key not in _OF_CASE])

    def of(self, batch: CaseBatch) -> Iterator[Answers]:
        """The answers of each payer that some row is put to, payers in alphabetical order.

        A payer may answer in several pieces, such as one for each version; each row has one answer of each.
        """
        rows: dict[str, list[int]] = {}
        for row in range(batch.rows):
            for payer in payers_of(batch.case(row), self.asked, self.series):
                rows.setdefault(payer, []).append(row)
        for payer in sorted(rows):
            records = [ask(batch.case(row), payer, self.series) for row in rows[payer]]
            yield as_answers(payer, rows[payer], records, self.keys)


def as_answers(payer: str, rows: Sequence[int], records: Sequence[Any], keys: Sequence[str]) -> Answers:
    """Records of single cases as answers."""
    errors = {place: each for place, each in enumerate(records) if "error" in each}
    each_its_own = np.arange(len(records))
    columns = {key: Coded(each_its_own, (), 0, [each.get(key) for each in records]) for key in keys}
    return Answers(payer, np.array(rows, np.intp), columns, errors)
