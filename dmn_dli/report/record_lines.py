"""Records as JSON from columns: the bytes of `records.writer` for json and jsonl, behind its outlet."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.coded import Coded, RowColumn
from dmn_dli.batch.fragments import JsonFragments
from dmn_dli.batch.joined_fragments import FragmentStore, JoinedRows
from dmn_dli.batch.transitions import Numbers
from dmn_dli.evaluate.record_fields import KEYS, ChosenColumns
from dmn_dli.report.records import plain
from dmn_dli.runtime.plain import for_programs

_PLAIN_IDS = re.compile(r"[A-Za-z0-9_ ./:\n-]*")
"""Ids, one a line, that stand in JSON as they are."""


class RecordLines:
    """Writes answers as lines of JSON, or with `indented` as elements of a list.

    A line ends with a line break; an element begins with a comma and a line break. What is made for one batch
    serves the next.
    """

    def __init__(self, columns: ChosenColumns | None = None, *, indented: bool = False) -> None:
        """columns: those that become the records' keys; None for the record as it is."""
        self._names = KEYS if columns is None else columns.names
        self._columns = columns
        self._indent = 2 if indented else None
        self._before, self._behind = (",\n", "") if indented else ("", "\n")
        self._line, self._last = ("\n  ", "\n") if indented else ("", "")
        self._fragments = JsonFragments(self._text, indent=self._indent)
        self._store = FragmentStore()

    def records(self, case_ids: Sequence[Any], answers: Answers) -> list[bytes]:
        """The record of each row of the answers; case_ids: of all rows of the batch."""
        records: list[bytes] = []
        for piece in self._pieces(case_ids, answers):
            records += self._safe(piece)
        for place, error in answers.errors.items():
            records[place] = f"{self._before}{self._text(error)}{self._behind}".encode()
        return records

    def text(self, case_ids: Sequence[Any], answers: Answers) -> Sequence[Any]:
        """The same records one behind the other, in pieces: buffers that are not copied once more."""
        if answers.errors:
            return [b"".join(self.records(case_ids, answers))]
        pieces = self._pieces(case_ids, answers)
        return [b"".join(self._safe(each)) if each.marked else each.text for each in pieces]

    def _safe(self, piece: JoinedRows) -> list[bytes]:
        """The records of a piece, of which none holds what a runner obeys."""
        records = piece.rows()
        for place, record in enumerate(records if piece.marked else ()):
            # What a runner obeys may stand in two fragments, neither of which it would obey.
            if b"#" in record and b"##" in record:
                records[place] = for_programs(record.decode()).encode()
        return records

    def _pieces(self, case_ids: Sequence[Any], answers: Answers) -> Sequence[JoinedRows]:
        rows = len(answers.rows)
        if not rows:
            return []
        fragments: list[Coded] = []
        parts: list[str | RowColumn] = []
        text = f"{self._before}{{{self._line}"
        comma = "," + (self._line or " ")
        for place, name in enumerate(self._names):
            text += f"{comma if place else ''}{self._text(name)}: "
            if name == "case_id":
                fragments += self._fragments.row([*parts, f'{text}"'], rows)
                fragments.append(self._ids(case_ids, answers.rows))
                parts, text = [], '"'
                continue
            column = self._column(name, answers)
            if isinstance(column, str):
                text += column
            else:
                parts += [text, column]
                text = ""
        fragments += self._fragments.row([*parts, f"{text}{self._last}}}{self._behind}"], rows)
        return self._store.pieces(fragments)

    def _text(self, value: Any) -> str:
        return for_programs(json.dumps(value, ensure_ascii=False, indent=self._indent, default=plain))

    def _ids(self, case_ids: Sequence[Any], rows: Numbers) -> Coded:
        """The ids of rows, without quotes."""
        ids = [str(case_ids[row]) for row in rows.tolist()]
        whole = "\n".join([*ids, ""])
        if whole.count("\n") == len(ids) and _PLAIN_IDS.fullmatch(whole):
            texts = whole.encode().split(b"\n")[:-1]
        else:
            texts = [self._text(each)[1:-1].encode() for each in ids]
        return Coded(np.arange(len(ids)), (), 0, texts)

    def _column(self, name: str, answers: Answers) -> str | RowColumn:
        """What stands under a name: of each row, or the same in all."""
        key, *within = name.split(".")
        if key in answers.alike:
            return self._text(answers.alike[key])
        return self._of_object(name, answers.columns[key]) if within else answers.columns[key]

    def _of_object(self, name: str, column: RowColumn) -> Coded:
        """What a column of objects, such as policies, has under a name within."""
        assert self._columns is not None, "the record itself has whole objects"
        key = name.partition(".")[0]
        if isinstance(column, Coded):
            values, numbers = column.all, column.numbers
        else:
            values, numbers = [column.at(row) for row in range(len(column))], np.arange(len(column))
        return Coded(numbers, (), 0, [self._columns.field({key: value}, name) for value in values])
