"""Records as a Parquet file: the columns of tables, text dictionary-encoded, lists as lists of text.

Source: Apache Parquet, as pyarrow writes it. Needs the extra `batch`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.arrow_columns import ArrowAnswers, schema
from dmn_dli.batch.cases import side_by_side
from dmn_dli.cases.files import Case
from dmn_dli.evaluate.record_fields import COLUMNS, keys_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.records import Record, Writer

RecordBatch: TypeAlias = Any
"""pyarrow's; it ships no types of its own."""

_ROWS = 131_072
"""Rows of a row group; all but the last have so many, in whatever pieces they came."""

_RECORDS = 1_024
"""Single records that are put side by side at a time."""

_BYTES = 256_000_000
"""Of how many bytes a row group may be before it is written with fewer rows."""


_DISTINCT = {"case_id"}
"""Columns whose values hardly repeat: they are written as they are, since codes would only take longer."""


class RecordTable:
    """A Parquet file that is written row group by row group, in bounded memory.

    Within a `with` block, behind which nothing more is written, whether it was finished or not.
    """

    def __init__(self, stream: BinaryIO, columns: Sequence[str] = COLUMNS) -> None:
        """Begin on a stream of bytes. columns: their names."""
        types = schema(columns)
        coded = [_leaf(each) for each in types if each.name not in _DISTINCT]
        self._writer = pq.ParquetWriter(stream, types, compression="zstd", use_dictionary=coded)
        self._waiting: list[RecordBatch] = []
        self._rows = self._bytes = 0

    def __enter__(self) -> RecordTable:
        return self

    def __exit__(self, *_: object) -> None:
        # Else pyarrow would end the file when it is taken apart, and the stream is closed by then.
        self._writer.is_open = False

    def piece(self, batch: RecordBatch) -> None:
        """Take some rows."""
        start = 0
        while start < batch.num_rows:
            some = batch.slice(start, _ROWS - self._rows)
            self._waiting.append(some)
            self._rows += some.num_rows
            self._bytes += some.nbytes
            start += some.num_rows
            if self._rows == _ROWS or self._bytes >= _BYTES:
                self._write()

    def finish(self) -> None:
        """Write what waits, and the file's end."""
        if self._waiting:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        # Of several dictionaries in one row group Parquet keeps the first, and writes the rest as plain text.
        table = pa.Table.from_batches(self._waiting).unify_dictionaries().combine_chunks()
        self._writer.write_table(table, row_group_size=_ROWS)
        self._waiting, self._rows, self._bytes = [], 0, 0


def _leaf(column: Any) -> str:
    """The path under which Parquet has a column's values; of a list its items'."""
    return f"{column.name}.list.element" if pa.types.is_list(column.type) else str(column.name)


class TableWriter(Writer):
    """Writes single records as rows of a Parquet file."""

    def __init__(
        self, table: RecordTable, columns: Sequence[str], series: Mapping[str, KernelSeries]
    ) -> None:
        """table, columns: what it writes to. series: the payers whose records come."""
        self.begun = False
        self._table = table
        self._batches = ArrowAnswers(columns)
        self._answers = PayersAnswers(series, None, keys_of(columns))
        self._records: list[Record] = []

    def record(self, record: Record) -> None:
        """Take one record; it is written when there are enough of them."""
        self._records.append(record)
        if len(self._records) == _RECORDS:
            self._pass_on()

    def finish(self) -> None:
        """Write what waits, and the file's end."""
        self._pass_on()
        self._table.finish()

    def _pass_on(self) -> None:
        records, self._records = self._records, []
        rows: dict[str, list[int]] = {}
        for row, record in enumerate(records):
            rows.setdefault(record["payer"], []).append(row)
        pieces = [
            self._answers.as_answers(payer, each, [dict(records[row]) for row in each])
            for payer, each in rows.items()
        ]
        # Each record stands in a row of its own, so that they stay in their order.
        cases = [Case(record["case_id"], None, {}, written=False, problems=()) for record in records]
        self._table.piece(self._batches.table(side_by_side(cases), pieces))
