"""Record batches as cases, and answers to them as record batches, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pyarrow as pa

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.cases import CaseBatch, side_by_side
from dmn_dli.batch.given import narrowed
from dmn_dli.cases.asking import Record
from dmn_dli.cases.files import given_case
from dmn_dli.cases.formats.parquet import python_values
from dmn_dli.evaluate.record_columns import LISTED, field, text_of, texts_of
from dmn_dli.runtime.record import FORMAT_VERSION

RecordBatch: TypeAlias = Any
"""A pyarrow.RecordBatch; pyarrow ships no types of its own."""


def case_batch(batch: RecordBatch) -> CaseBatch:
    """The rows as cases."""
    columns = {
        name: [narrowed(value, str(batch.column(name).type)) for value in python_values(batch.column(name))]
        for name in batch.schema.names
    }
    rows = [{name: values[row] for name, values in columns.items()} for row in range(batch.num_rows)]
    given = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return side_by_side([given_case(row, position) for position, row in enumerate(given, 1)])


def answers_table(batch: CaseBatch, answers: Answers, columns: Sequence[str]) -> RecordBatch:
    """The answers of a payer as columns, an error's under `error.…`."""
    records: list[Record] = []
    for place, row in enumerate(answers.rows.tolist()):
        own = {"format_version": FORMAT_VERSION, "case_id": batch.case_ids[row], "payer": answers.payer}
        said = {key: column.at(place) for key, column in answers.columns.items()}
        records.append(answers.errors.get(place) or own | said)
    arrays = [
        pa.array(
            [_shown(each, name) for each in records], pa.list_(pa.string()) if name in LISTED else pa.string()
        )
        for name in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, list(columns))


def _shown(record: Record, column: str) -> Any:
    value = field(record, column, {})
    if value is None:
        return None
    return texts_of(column, value) if column in LISTED else text_of(column, value)
