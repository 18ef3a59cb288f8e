"""Frames that give their columns as Arrow: its own tables, Polars, DuckDB's relations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from dmn_dli.batch.arrow_cases import as_plain
from dmn_dli.batch.cases import ROWS
from dmn_dli.batch.fact_columns import ArrowColumn
from dmn_dli.runtime.input_error import InputError


class ArrowFrame:
    """A frame that gives a stream of record batches."""

    def __init__(self, frame: Any, *, null_is_unknown: bool) -> None:
        """Take what has `__arrow_c_stream__`. Raises InputError for anything else."""
        self._frame = frame
        self._null_is_unknown = null_is_unknown
        if isinstance(frame, pa.RecordBatch):
            self._table = pa.Table.from_batches([frame])
        elif hasattr(frame, "__arrow_c_stream__"):
            self._table = frame if isinstance(frame, pa.Table) else _read(frame)
        else:
            lazy = "; collect() it first" if hasattr(frame, "collect") else ""
            raise InputError(
                f"A frame of pandas, Polars or Arrow is expected, not {type(frame).__name__}{lazy}."
            )
        self.names: list[str] = self._table.schema.names

    def parts(self, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, ArrowColumn]]]:
        """The wanted columns, some rows after the other: how many, and what they give."""
        for batch in self._table.to_batches(max_chunksize=ROWS):
            columns = {
                name: ArrowColumn(as_plain(batch.column(name)), self._null_is_unknown) for name in wanted
            }
            yield batch.num_rows, columns

    def beside(self, kept: Sequence[str], answers: Iterable[Any], schema: Any) -> Any:
        """The answers behind the columns to keep, a frame of the same kind, else of Arrow."""
        found = pa.Table.from_batches(answers, schema).unify_dictionaries()
        polars = sys.modules.get("polars")
        if polars is not None and isinstance(self._frame, polars.DataFrame):
            made = polars.from_arrow(found)
            return self._frame.select(kept).hstack(made) if kept else made
        for position, name in enumerate(kept):
            found = found.add_column(position, self._table.schema.field(name), self._table.column(name))
        if not isinstance(self._frame, pa.RecordBatch):
            return found
        (batch,) = found.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], found.schema)]
        return batch


def _read(frame: Any) -> Any:
    """The table that a stream of Arrow gives. Raises InputError for what is none, and for unknown types."""
    try:
        return pa.table(frame)
    except pa.ArrowException as error:
        raise InputError(
            f"{type(frame).__name__} cannot be read as a frame of Arrow: {error}. A frame of pandas, Polars "
            "or Arrow is expected, with columns of types that pyarrow knows."
        ) from error
