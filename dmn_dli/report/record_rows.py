"""Records as rows of csv from columns: each text is made once, and a row is joined of such pieces.

The bytes are those that `records.writer` gives for csv, behind its outlet.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import partial
from io import StringIO
from itertools import groupby
from typing import Any

from dmn_dli.batch.answers import Answers
from dmn_dli.evaluate.record_fields import ALL, ChosenColumns, text_of
from dmn_dli.report.cell_pieces import CellPieces, cell
from dmn_dli.report.table_row import row
from dmn_dli.runtime.plain import for_people

_PLAIN_IDS = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?\n)*")
"""Ids, one a line, that stand in a row as they are."""


class RecordRows:
    """Writes answers as lines of csv; what it makes for one batch serves the next."""

    def __init__(self, columns: ChosenColumns = ALL) -> None:
        """columns: those that a row has."""
        self._columns = columns
        groups = groupby(columns.names, key=lambda name: name.partition(".")[0])
        self._groups = [(key, tuple(names)) for key, names in groups]
        """Columns side by side that are made from one key of the record."""
        self._pieces = {
            names: CellPieces(names[0], partial(_cells, names, key)) for key, names in self._groups
        }

    @property
    def heading(self) -> bytes:
        """The line that names the columns."""
        return _line(self._columns.names)

    def records(self, case_ids: Sequence[Any], answers: Answers) -> list[bytes]:
        """The line of each row of the answers; case_ids: of all rows of the batch."""
        cells = [self._group(key, names, case_ids, answers) for key, names in self._groups]
        if len(self._columns.names) == 1:
            cells = [[each or b'""' for each in cells[0]]]  # a blank line would be no row
        lines = [b",".join(each) + b"\n" for each in zip(*cells, strict=True)]
        if b"::" in b" ".join(cells[0]):  # at a line's start a runner would obey it
            for place, first in enumerate(cells[0]):
                if b"::" in first:
                    lines[place] = for_people(lines[place].decode()).encode()
        for place, error in answers.errors.items():
            lines[place] = _line(row(error, self._columns))
        return lines

    def _group(
        self, key: str, names: tuple[str, ...], case_ids: Sequence[Any], answers: Answers
    ) -> Sequence[bytes]:
        if key == "case_id":
            return _ids([str(case_ids[place]) for place in answers.rows.tolist()])
        if key in answers.alike:
            return [_cells(names, key, answers.alike[key])] * len(answers.rows)
        return self._pieces[names].of(answers.columns[key])


def _cells(names: Iterable[str], key: str, value: Any) -> bytes:
    """The cells of columns that are made from one value of the record."""
    record = {key: value}
    return b",".join(
        [cell(text_of(name, ALL.field(record, name) if "." in name else value)) for name in names]
    )


def _ids(ids: Sequence[str]) -> Sequence[bytes]:
    whole = "\n".join([*ids, ""])
    if whole.count("\n") == len(ids) and _PLAIN_IDS.fullmatch(whole):
        return whole.encode().split(b"\n")[:-1]
    return [cell(each) for each in ids]


def _line(cells: Iterable[str]) -> bytes:
    stream = StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return for_people(stream.getvalue()).encode()
