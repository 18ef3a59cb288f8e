"""A payer's versions over a batch: each row's is in force on its date of service, and answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import RowColumn
from dmn_dli.batch.columns import ColumnReader
from dmn_dli.batch.fact_columns import FactColumn
from dmn_dli.batch.payer_facts import Converted, PayerFacts, written_columns
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.record_columns import RecordColumns
from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.cases.written_facts import readers_by_heading
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import EvaluationError, TableError
from dmn_dli.runtime.facts import NotAValue
from dmn_dli.runtime.kernel import DATE_FACT

_UNREADABLE, _NONE, _REFUSED = -1, -2, -3
"""Stand for the version of a day that is none, of one without a version, and of one that is an error."""

_Mask = NDArray[np.bool_]


@frozen(eq=False)
class Piece:
    """Rows of a batch that are answered alike.

    columns: what the payer says of each, errors by place. Without columns the rows are to be asked as single
    cases: each alone, or, where all are told the same but for their ids (`alike`), one for all.
    """

    rows: Numbers
    columns: Mapping[str, RowColumn] | None = None
    errors: Mapping[int, EvaluationError] = field(factory=dict)
    alike: bool = False


@frozen(eq=False)
class _Version:
    """A version that can decide: its columns of records, and what reads a column of each fact."""

    records: RecordColumns
    readers: Mapping[str, ColumnReader]


class Versions:
    """A series of versions, ready for batches."""

    def __init__(self, series: KernelSeries, keys: Sequence[str]) -> None:
        """keys: those that columns are wanted of."""
        self._series = series
        self._keys = keys
        self._by_heading = readers_by_heading(series)
        self._dating = series.dating
        self._singly = any(each.of_model for each in series.deciding)
        """Whether facts may come as objects, by paths: then each case is asked alone."""
        self._made: dict[int, _Version] = {}
        self._days: dict[str | None, int] = {}

    def of(self, batch: CaseBatch, rows: Numbers, odd: _Mask, converted: Converted) -> Iterator[Piece]:
        """The answers to these rows of a batch. odd: of all its rows, those to be asked alone."""
        if self._singly:
            yield Piece(rows)
            return
        facts = PayerFacts(batch.facts)
        if batch.written:
            facts = written_columns(batch.facts, self._by_heading, converted)
        alone = odd if facts.further is None else odd | facts.further
        if rows.size == batch.rows and not alone.any():
            yield from self._by_day(facts.columns, rows)
            return
        if (some := rows[alone[rows]]).size:
            yield Piece(some)
        if (rest := rows[~alone[rows]]).size:
            yield from self._by_day(_taken(facts.columns, rest), rest)

    def _by_day(self, columns: Mapping[str, FactColumn], rows: Numbers) -> Iterator[Piece]:
        """columns: of these rows alone."""
        if self._dating is None or DATE_FACT not in columns:
            yield from self._of_version(self._of_day(None), columns, rows, np.zeros(rows.size, bool))
            return
        met = States[tuple[int, bool]]()
        days = columns[DATE_FACT].each(lambda day: met.number((self._of_value(day), day is not None)))
        dated = np.array([each for _, each in met.all], bool).take(days)
        found = sorted({version for version, _ in met.all})
        if len(found) == 1:
            yield from self._of_version(found[0], columns, rows, dated)
            return
        versions = np.array([version for version, _ in met.all]).take(days)
        for version in found:
            if (places := np.flatnonzero(versions == version)).size:
                yield from self._of_version(version, _taken(columns, places), rows[places], dated[places])

    def _of_value(self, value: Any) -> int:
        """The number of the version that is in force on the day that a case gives."""
        assert self._dating is not None, "asked only where days are read"
        try:
            day = None if value is None else self._dating.case_reader.day(DATE_FACT, {DATE_FACT: value})
        except NotAValue:
            return _UNREADABLE
        return self._of_day(day)

    def _of_day(self, day: str | None) -> int:
        if day not in self._days:
            try:
                version = self._series.select(day)
            except TableError:
                self._days[day] = _REFUSED
            else:
                self._days[day] = _NONE if version is None else self._series.versions.index(version)
        return self._days[day]

    def _of_version(
        self, number: int, columns: Mapping[str, FactColumn], rows: Numbers, dated: _Mask
    ) -> Iterator[Piece]:
        """The answers of a version; `dated`: the rows whose facts the version that reads days has to read."""
        if number == _UNREADABLE:
            yield Piece(rows)
            return
        version = self._series.versions[number] if number >= 0 else None
        sound = np.ones(rows.size, bool)
        if self._dating is not None and self._dating is not version and dated.any():
            placed, strange = self._placed(self._dating, columns, rows.size)
            sound = ~dated | (placed.sound & ~strange)
        if not isinstance(version, PolicyKernel):
            # No version, a broken one or two of one day: said of all cases whose facts can be read.
            if (some := rows[~sound]).size:
                yield Piece(some)
            if (some := rows[sound]).size:
                yield Piece(some, alike=True)
            return
        placed, strange = self._placed(version, columns, rows.size)
        regular = sound & placed.sound & ~strange
        if not regular.all():
            yield Piece(rows[~regular])
            places = np.flatnonzero(regular)
            rows, placed = rows[places], placed.taken(places)
        if rows.size:
            said, errors = self._records(version).of(placed)
            yield Piece(rows, said, errors)

    def _placed(
        self, kernel: PolicyKernel, columns: Mapping[str, FactColumn], rows: int
    ) -> tuple[PlacedBatch, _Mask]:
        """The rows in a version's atoms, and those that give what is no fact of this version."""
        version = self._version(kernel)
        known = {name: column for name, column in columns.items() if name in version.readers}
        strange = np.zeros(rows, bool)
        for name, column in columns.items():
            if name not in known and not name.startswith("_"):
                strange |= column.given()
        placed = PlacedBatch(rows, known, kernel)
        placed.place(version.readers)
        return placed, strange

    def _version(self, kernel: PolicyKernel) -> _Version:
        number = self._series.versions.index(kernel)
        if number not in self._made:
            readers = {name: ColumnReader(fact) for name, fact in kernel.case_reader.facts.items()}
            self._made[number] = _Version(RecordColumns(kernel, self._keys), readers)
        return self._made[number]

    def _records(self, kernel: PolicyKernel) -> RecordColumns:
        """The version's columns of records, begun afresh where they hold too much."""
        made = self._version(kernel)
        if made.records.full:
            made = _Version(RecordColumns(kernel, self._keys), made.readers)
            self._made[self._series.versions.index(kernel)] = made
        return made.records


def _taken(columns: Mapping[str, FactColumn], rows: Numbers) -> dict[str, FactColumn]:
    return {name: column.taken(rows) for name, column in columns.items()}
