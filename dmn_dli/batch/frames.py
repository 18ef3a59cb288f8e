"""Frames of pandas, Polars and Arrow, answered as batches; the answers are a frame of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.arrow_cases import positions
from dmn_dli.batch.arrow_columns import ArrowAnswers
from dmn_dli.batch.arrow_frames import ArrowFrame
from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import Coded
from dmn_dli.batch.fact_columns import FactColumn
from dmn_dli.batch.pandas_frames import PandasFrame, is_pandas
from dmn_dli.cases.files import given_case
from dmn_dli.cases.headed_rows import OWN, refuse_repeated
from dmn_dli.evaluate.record_fields import ANSWERS, chosen_columns, keys_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.facts import ABSENT, unknown_fact
from dmn_dli.runtime.input_error import InputError

Frame: TypeAlias = Any
"""A pandas or Polars DataFrame, a pyarrow Table or RecordBatch, or what else gives a stream of Arrow."""

COLUMNS = (*ANSWERS, "error.message")
"""The columns of answers where none are chosen."""

_ID = OWN[0]


class FrameAnswers:
    """A payer's versions, ready for frames; what is worked out for one serves the next."""

    def __init__(
        self, series: KernelSeries, columns: Iterable[str] | None = None, *, null_is_unknown: bool = True
    ) -> None:
        """Take the versions; the rest as `Policy.frame` says. Raises InputError."""
        self._series = series
        self._null_is_unknown = null_is_unknown
        self._columns = COLUMNS if columns is None else chosen_columns(columns)
        self._answers = PayersAnswers({series.payer: series}, [series.payer], keys_of(self._columns))
        self._arrow = ArrowAnswers(self._columns)

    def of(self, frame: Frame, keep: Iterable[str] = ()) -> Frame:
        """The answers to the rows of a frame, as `Policy.frame` says."""
        kept = tuple(dict.fromkeys([keep] if isinstance(keep, str) else keep))
        kind = PandasFrame if is_pandas(frame) else ArrowFrame
        given = kind(frame, null_is_unknown=self._null_is_unknown)
        self._refuse_strange(given.names, kept)
        facts = self._series.facts
        wanted = [name for name in given.names if name in facts]
        if _ID in self._columns and _ID in given.names:
            wanted.append(_ID)
        answers, first = [], 1
        for rows, columns in given.parts(wanted):
            batch = self._cases(rows, columns, first)
            answers.append(self._arrow.table(batch, self._answers.of(batch)))
            first += rows
        return given.beside(kept, answers, self._arrow.schema)

    def _cases(self, rows: int, columns: Mapping[str, FactColumn], first: int) -> CaseBatch:
        facts = {name: column for name, column in columns.items() if name != _ID}
        ids: Sequence[str] = positions(first, rows)
        if _ID in columns:
            ids = [_case_id(columns[_ID].value(row), first + row) for row in range(rows)]
        return CaseBatch(rows, facts, ids, Coded(np.zeros(rows, np.intp), (None,), 1), {})

    def _refuse_strange(self, names: Sequence[str], kept: Sequence[str]) -> None:
        """Raise for columns that are no facts, and for those to keep that are not there, or answers."""
        refuse_repeated(names)
        for name in kept:
            if name not in names:
                raise InputError(f'There is no column "{name}" to keep. There are: {", ".join(names)}.')
            if name in self._columns:
                raise InputError(f'The column "{name}" to keep has the name of an answer; rename it.')
        facts = self._series.facts
        if not self._series.deciding:
            return  # no workbook can be read that would say what is a fact; each row is told why
        strange = [name for name in names if name not in (*facts, *OWN, *kept) and not name.startswith("_")]
        if strange:
            raise CaseError([unknown_fact(name, facts) for name in strange])


def _case_id(value: Any, position: int) -> str:
    case = given_case({} if value is ABSENT else {_ID: value}, position)
    if case.problems:
        raise CaseError(case.problems)
    return case.case_id
