"""A policy over Arrow record batches: the columns of the record for each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.arrow_columns import Pool
from dmn_dli.batch.columns import ColumnReader
from dmn_dli.batch.fact_columns import ArrowColumn
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.record_columns import RecordColumns
from dmn_dli.batch.transitions import Numbers
from dmn_dli.cases.asking import error_record
from dmn_dli.cases.headed_rows import OWN, refuse_repeated
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.record_fields import ANSWERS
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.facts import unknown_fact

RecordBatch: TypeAlias = Any
"""A pyarrow.RecordBatch; pyarrow ships no types of its own."""

COLUMNS = (*ANSWERS, "error")
"""All columns of answers, in the order in which they stand where none are chosen."""


class BatchEvaluator:
    """One version of a policy, ready for record batches; what it works out serves all further ones."""

    def __init__(
        self,
        kernel: PolicyKernel,
        columns: Iterable[str] = COLUMNS,
        keep: Iterable[str] = (),
        *,
        null_is_unknown: bool = False,
    ) -> None:
        """Take a compiled policy; the rest as `dmn_dli.batch_evaluator` says. Raises ValueError."""
        self.kernel = kernel
        self.columns = tuple(dict.fromkeys(columns))
        self.keep = tuple(dict.fromkeys(keep))
        self.null_is_unknown = null_is_unknown
        unknown = [name for name in self.columns if name not in COLUMNS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no column of answers: {', '.join(COLUMNS)}")
        self.readers = {
            name: ColumnReader(fact, null_is_unknown=null_is_unknown)
            for name, fact in kernel.case_reader.facts.items()
        }
        self._records = RecordColumns(kernel, [name for name in self.columns if name != "error"])
        self._rows: Numbers = np.arange(0)
        self._pools = {name: Pool("error.message" if name == "error" else name) for name in self.columns}

    @property
    def by_states(self) -> bool:
        """Whether states settle rows; else each is asked of the kernel by itself."""
        return self._records.by_states

    def evaluate(self, batch: RecordBatch) -> RecordBatch:
        """The answers, a row for each row and in its order, behind the columns that are kept.

        Raises CaseError for columns that are no facts, CasesFileError for two of one name, and KeyError for
        a column to keep that is not there. What is wrong with a row stands in its column `error`.
        """
        columns = {name: ArrowColumn(batch.column(name), self.null_is_unknown) for name in self._facts(batch)}
        given = PlacedBatch(batch.num_rows, columns, self.kernel)
        if self.by_states:
            given.place(self.readers)
        if self._records.full:
            self._records = RecordColumns(self.kernel, self._records.keys)
        said, errors = self._records.of(given)
        records = {row: error_record("", self.kernel.payer, each) for row, each in errors.items()}
        if self._rows.size != batch.num_rows:
            self._rows = np.arange(batch.num_rows)
        answers = Answers(self.kernel.payer, self._rows, said, records)
        arrays = [batch.column(name) for name in self.keep]
        for pool in self._pools.values():
            pool.begin()
            arrays.append(pool.array(pool.numbers(answers)))
        return pa.RecordBatch.from_arrays(arrays, [*self.keep, *self.columns])

    def _facts(self, batch: RecordBatch) -> list[str]:
        """The names of the columns that are facts. Raises CaseError, CasesFileError."""
        names: list[str] = batch.schema.names
        refuse_repeated(names)
        further = [name for name in names if name not in self.readers]
        known = self.kernel.case_reader.facts
        strange = [name for name in further if name not in (*OWN, *self.keep) and not name.startswith("_")]
        if strange:
            raise CaseError([unknown_fact(name, known) for name in strange])
        return [name for name in names if name in self.readers]
