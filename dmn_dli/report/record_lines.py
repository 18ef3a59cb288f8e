"""Records as JSON from columns: the bytes of `records.writer` for json and jsonl, behind its outlet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from dmn_dli.batch.answers import KEYS, Answers
from dmn_dli.batch.coded import Coded, RowColumn
from dmn_dli.evaluate.record_columns import ChosenColumns
from dmn_dli.report.json_pieces import JsonRows, Layout, Pieces
from dmn_dli.runtime.plain import for_programs
from dmn_dli.runtime.record import FORMAT_VERSION


class RecordLines:
    """Writes answers as lines of JSON, or with `indented` as elements of a list.

    A line ends with a line break; an element begins with a comma and a line break. What is made for one batch
    serves the next.
    """

    def __init__(self, columns: ChosenColumns | None = None, *, indented: bool = False) -> None:
        """columns: those that become the records' keys; None for the record as it is."""
        self._names = KEYS if columns is None else columns.names
        self._columns = columns
        self._layout = Layout(2 if indented else None)
        self._before, self._behind = (",\n", "") if indented else ("", "\n")
        self._pieces = Pieces()

    def records(self, case_ids: Sequence[Any], answers: Answers) -> list[bytes | memoryview]:
        """The record of each row of the answers; case_ids: of all rows of the batch."""
        if not len(answers.rows):
            return []
        self._pieces.begin()
        rows = JsonRows(self._layout, self._pieces, len(answers.rows))
        rows.literal(f"{self._before}{{{self._layout.line(1)}")
        for place, name in enumerate(self._names):
            rows.literal(f"{self._layout.comma(1) if place else ''}{self._layout.text(name)}: ")
            self._column(rows, name, case_ids, answers)
        rows.literal(f"{self._layout.line(0)}}}{self._behind}")
        data, ends = rows.done()
        records: list[bytes | memoryview] = [data[start:end] for start, end in pairwise(ends)]
        if self._pieces.open_ends:
            records = [for_programs(str(record, "utf-8")).encode() for record in records]
        for place, error in answers.errors.items():
            records[place] = f"{self._before}{self._layout.text(error)}{self._behind}".encode()
        return records

    def _column(self, rows: JsonRows, name: str, case_ids: Sequence[Any], answers: Answers) -> None:
        key, *rest = name.split(".")
        alike = {"format_version": FORMAT_VERSION, "payer": answers.payer, "error": None}
        if name == "case_id":
            ids = [str(case_ids[row]) for row in answers.rows.tolist()]
            rows.column(Coded(np.arange(len(ids)), (), 0, ids), 1)
        elif key in alike:
            rows.literal(self._layout.text(alike[key], 1))
        elif rest:
            rows.column(self._of_object(name, answers.columns[key]), 1)
        else:
            rows.column(answers.columns[key], 1)

    def _of_object(self, name: str, column: RowColumn) -> Coded:
        """What a column of objects, such as policies, has under a name within."""
        assert self._columns is not None, "the record itself has whole objects"
        key = name.partition(".")[0]
        if isinstance(column, Coded):
            values = [*column.values[: column.settled], *column.own]
            numbers = column.numbers
        else:
            values, numbers = [column.at(row) for row in range(len(column))], np.arange(len(column))
        return Coded(numbers, (), 0, [self._columns.field({key: value}, name) for value in values])
