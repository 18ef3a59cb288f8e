"""What payers say of a batch of cases: the record's keys as columns, and error records in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import Coded, RowColumn
from dmn_dli.batch.fact_columns import coded_once
from dmn_dli.batch.payer_facts import Converted
from dmn_dli.batch.payer_rows import PayerRows
from dmn_dli.batch.record_columns import OF_CASE
from dmn_dli.batch.transitions import Numbers
from dmn_dli.batch.versions import Piece, Versions
from dmn_dli.cases.asking import Record, ask, error_record
from dmn_dli.evaluate.record_fields import KEYS, field, finals_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.record import FORMAT_VERSION


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

    @property
    def alike(self) -> Mapping[str, Any]:
        """What stands under those of the record's keys that are the same in all rows but errors."""
        return {"format_version": FORMAT_VERSION, "payer": self.payer, "error": None}


class PayersAnswers:
    """The payers of some tables, ready for batches; what they work out for one serves the next."""

    def __init__(
        self, series: Mapping[str, KernelSeries], asked: Sequence[str] | None, keys: Sequence[str] = KEYS
    ) -> None:
        """asked: the payers that every case is put to, else each case's own.

        keys: those wanted, of the record's and `rule`.
        """
        self.series = series
        self.asked = asked
        self.keys = tuple([key for key in keys if key not in OF_CASE])
        self._payers = PayerRows(series, asked)
        self._versions: dict[str, Versions] = {}
        self._finals = finals_of(series)

    def of(self, batch: CaseBatch) -> Iterator[Answers]:
        """The answers of each payer that some row is put to, payers in alphabetical order.

        A payer may answer in several pieces, such as one for each version; each row has one answer of each.
        """
        odd = np.zeros(batch.rows, bool)
        odd[[*batch.odd]] = True
        converted: Converted = {}
        payers = [*self._payers.of(batch)]
        if len(payers) > 1:
            facts = {name: coded_once(column) for name, column in batch.facts.items()}
            batch = evolve(batch, facts=facts)
        for payer, rows in payers:
            if payer not in self.series:
                yield from self._unknown(payer, rows, batch, odd)
                continue
            if payer not in self._versions:
                self._versions[payer] = Versions(self.series[payer], self.keys)
            for piece in self._versions[payer].of(batch, rows, odd, converted):
                yield self._answers(payer, piece, batch)

    def _unknown(
        self, payer: str, rows: Numbers, batch: CaseBatch, odd: NDArray[np.bool_]
    ) -> Iterator[Answers]:
        """A payer that these tables do not know: the same for all cases, but for problems of their own."""
        for some, alike in ((rows[odd[rows]], False), (rows[~odd[rows]], True)):
            if some.size:
                yield self._answers(payer, Piece(some, alike=alike), batch)

    def _answers(self, payer: str, piece: Piece, batch: CaseBatch) -> Answers:
        """A piece with its errors as records; where it has no columns rows are asked, each or one for all."""
        if piece.columns is not None:
            ids = {place: str(batch.case_ids[int(piece.rows[place])]) for place in piece.errors}
            errors = {place: error_record(ids[place], payer, each) for place, each in piece.errors.items()}
            return Answers(payer, piece.rows, piece.columns, errors)
        rows = piece.rows.tolist()
        if not piece.alike:
            return self.as_answers(payer, rows, [ask(batch.case(row), payer, self.series) for row in rows])
        record = ask(batch.case(rows[0]), payer, self.series)
        if "error" in record:
            errors = {
                place: {**record, "case_id": str(batch.case_ids[row])} for place, row in enumerate(rows)
            }
        else:
            errors = {}
        one = np.zeros(len(rows), np.intp)
        columns = {key: Coded(one, (), 0, [field(record, key, self._finals)]) for key in self.keys}
        return Answers(payer, piece.rows, columns, errors)

    def as_answers(self, payer: str, rows: Sequence[int], records: Sequence[Record]) -> Answers:
        """Records of single cases as answers."""
        errors = {place: each for place, each in enumerate(records) if "error" in each}
        each_its_own = np.arange(len(records))
        columns = {
            key: Coded(each_its_own, (), 0, [field(each, key, self._finals) for each in records])
            for key in self.keys
        }
        return Answers(payer, np.array(rows, np.intp), columns, errors)
