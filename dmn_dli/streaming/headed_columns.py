"""Rows of csv as columns below their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from io import StringIO
from itertools import islice

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.fact_columns import ValuesColumn
from dmn_dli.cases.files import Case, case_id, case_of, is_fact
from dmn_dli.cases.formats.csv import longer_fields, reader, row_entry
from dmn_dli.runtime.errors import Problem
from dmn_dli.streaming.coding import AT_ONCE, GrowingColumn, PayersColumn


class HeadedColumns:
    """The cases in some rows, of which empty ones are none."""

    def __init__(
        self, text: str, lines: int, first: int, cases: int, keys: Sequence[str], delimiter: str
    ) -> None:
        """lines: how many stand before the text in its file. first: the first case's position."""
        self._text = text
        self._lines = lines
        self._first = first
        self._cases = cases
        self._keys = keys
        self._delimiter = delimiter
        self._odd: dict[int, Case] = {}
        self._ids: list[str] = []
        self._places = {key: place for place, key in enumerate(keys) if key}
        self._unheaded = [place for place, key in enumerate(keys) if not key]

    def batch(self) -> CaseBatch:
        """The cases side by side."""
        facts = {key: GrowingColumn(self._cases) for key in self._places if is_fact(key)}
        payers = PayersColumn(self._cases, written=True)
        for start, columns in self._pieces():
            self._name(start, columns)
            if "payer" in self._places:
                payers.put(start, columns[self._places["payer"]])
            for key, column in facts.items():
                column.put(start, columns[self._places[key]])
        named, wrong = payers.named()
        for row in wrong:
            self._set_aside(row)
        read = {key: ValuesColumn(column.coded()) for key, column in facts.items()}
        return CaseBatch(self._cases, read, self._ids, named, self._odd, written=True, singly=self.single)

    def single(self, row: int) -> Case:
        """A case as it is read alone."""
        line, values = self._numbered[row]
        return case_of(row_entry(self._keys, values, line), self._first + row)

    @cached_property
    def _numbered(self) -> Sequence[tuple[int, Sequence[str]]]:
        with longer_fields():
            rows = reader(StringIO(self._text, newline=""), self._delimiter)
            return [(self._lines + rows.line_num, row) for row in rows if any(row)]

    def _set_aside(self, row: int) -> None:
        self._odd[row] = self.single(row)

    def _pieces(self) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
        """Some rows at a time as columns, by their place; what does not fit the headings is set aside."""
        rows = reader(StringIO(self._text, newline=""), self._delimiter)
        start = 0
        while start < self._cases:
            with longer_fields():
                piece = [*islice(filter(any, rows), AT_ONCE)]
            if {*map(len, piece)} != {len(self._keys)}:
                for place, row in enumerate(piece):
                    if len(row) != len(self._keys):
                        self._set_aside(start + place)
                        own = row_entry(self._keys, row, 0).values
                        piece[place] = [own.get(key, "") for key in self._keys]
            columns = [*zip(*piece, strict=True)]
            for place in self._unheaded:
                for row_place, text in enumerate(columns[place]):
                    if text.strip():
                        self._set_aside(start + row_place)
            yield start, columns
            start += len(piece)

    def _name(self, start: int, columns: Sequence[Sequence[str]]) -> None:
        problems: list[Problem] = []
        place = self._places.get("case_id")
        if place is None:
            self._ids += [
                case_id(None, self._first + row, problems) for row in range(start, start + len(columns[0]))
            ]
            return
        for row, text in enumerate(columns[place], start):
            self._ids.append(case_id(text, self._first + row, problems))
