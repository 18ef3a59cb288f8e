"""Records as JSON from columns: each value is put into text once, and a record is joined of such pieces.

The bytes are those that `records.writer` gives for the formats json and jsonl, behind their outlet.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

from dmn_dli.batch.answers import KEYS, Answers
from dmn_dli.batch.coded import Coded, RowColumn
from dmn_dli.report.records import plain
from dmn_dli.runtime.plain import for_programs
from dmn_dli.runtime.record import FORMAT_VERSION

_REMEMBERED = 2_048
"""Lists of values whose pieces are kept; a list serves one key of one version."""


class RecordLines:
    """Writes answers as lines of JSON, or with `indented` as elements of a list.

    A line ends with a line break; an element begins with a comma and a line break.
    """

    def __init__(self, columns: Sequence[str] = KEYS, *, indented: bool = False) -> None:
        """columns: the record's keys in their order."""
        self._columns = tuple(columns)
        self._indent = 2 if indented else None
        self._start, self._comma, self._end = ("", ", ", "}\n") if not indented else (",\n", ",\n  ", "\n}")
        self._open = "{\n  " if indented else "{"
        self._pieces: dict[str, _Pieces] = {name: _Pieces(self._piece(name)) for name in self._columns}

    def records(self, case_ids: Sequence[Any], answers: Answers) -> list[bytes]:
        """The record of each row of the answers; case_ids: of all rows of the batch."""
        columns = [self._column(name, case_ids, answers) for name in self._columns]
        records = [*map(b"".join, zip(*columns, repeat(self._end.encode(), len(answers.rows)), strict=True))]
        for place, error in answers.errors.items():
            records[place] = f"{self._start}{self._text(error)}{'' if self._indent else chr(10)}".encode()
        return records

    def _column(self, name: str, case_ids: Sequence[Any], answers: Answers) -> Sequence[bytes]:
        piece = self._pieces[name]
        if name == "case_id":
            return [piece.render(case_ids[row]) for row in answers.rows.tolist()]
        constant = {"format_version": FORMAT_VERSION, "payer": answers.payer}.get(name)
        if constant is not None:
            return [piece.render(constant)] * len(answers.rows)
        return piece.of(answers.columns[name])

    def _piece(self, name: str) -> Callable[[Any], bytes]:
        first = name == self._columns[0]
        before = f"{self._start}{self._open}" if first else self._comma
        head = f"{before}{self._text(name)}: "

        def render(value: Any) -> bytes:
            text = self._text(value)
            return (head + (text if self._indent is None else text.replace("\n", "\n  "))).encode()

        return render

    def _text(self, value: Any) -> str:
        return for_programs(json.dumps(value, ensure_ascii=False, indent=self._indent, default=plain))


class _Pieces:
    """One key with its values as text; those of lists that serve many batches are kept."""

    def __init__(self, render: Callable[[Any], bytes]) -> None:
        self.render = render
        self._kept: OrderedDict[int, tuple[Sequence[Any], list[bytes]]] = OrderedDict()

    def of(self, column: RowColumn) -> Sequence[bytes]:
        """The piece of each row."""
        if not isinstance(column, Coded):
            return [self.render(column.at(row)) for row in range(len(column))]
        pieces = [*self._settled(column.values, column.settled), *map(self.render, column.own)]
        return [pieces[number] for number in column.numbers.tolist()]

    def _settled(self, values: Sequence[Any], count: int) -> Sequence[bytes]:
        if not count:
            return ()
        # The list itself is kept beside its pieces: its id stands for it as long as it lives.
        _, pieces = self._kept.setdefault(id(values), (values, []))
        self._kept.move_to_end(id(values))
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        pieces += [self.render(values[number]) for number in range(len(pieces), count)]
        return pieces[:count]
