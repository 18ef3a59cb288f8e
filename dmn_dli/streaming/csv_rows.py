"""Rows of csv as columns below their headings: by pyarrow where both parsers read them alike, else by csv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from io import StringIO
from itertools import islice

import numpy as np
from attrs import frozen

from dmn_dli.batch.arrow_cases import Array, case_ids_of
from dmn_dli.batch.cases import CaseBatch
from dmn_dli.batch.coded import Coded
from dmn_dli.batch.fact_columns import ValuesColumn
from dmn_dli.cases.files import Case, case_id, case_of, is_fact
from dmn_dli.cases.formats.csv import decoded, longer_fields, reader, row_entry
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.runtime.errors import Problem
from dmn_dli.streaming.block import Block
from dmn_dli.streaming.coding import AT_ONCE, GrowingColumn, named
from dmn_dli.streaming.plain_csv import plain_columns

_ID, _PAYER = OWN


@frozen
class CsvRows(Block):
    """Whole rows of a csv file. data: their text; lines: how many stand before them in the file.

    keys: the headings as keys. delimiter: what parts the values. plain: a row ends with its line, and quotes
    stand around whole values alone.
    """

    data: bytes
    lines: int
    keys: tuple[str, ...]
    delimiter: str
    plain: bool

    def batch(self) -> CaseBatch:
        """As of every block."""
        return _Columns(self).batch()


class _Columns:
    """The cases in some rows, of which empty ones are none."""

    def __init__(self, block: CsvRows) -> None:
        self._block = block
        self._odd: dict[int, Case] = {}
        self._places = {key: place for place, key in enumerate(block.keys) if key}

    def batch(self) -> CaseBatch:
        """The cases side by side. Raises CasesFileError where the text is not what it was."""
        block = self._block
        wanted = [place for place, key in enumerate(block.keys) if not key.startswith("_")]
        columns = None
        if block.plain:
            columns = plain_columns(block.data, block.cases, block.delimiter, len(block.keys), wanted)
        ids, coded = self._by_csv(wanted) if columns is None else self._by_arrow(columns)
        for place, column in coded.items():
            if not block.keys[place]:
                self._refuse_unheaded(column)
        payers = coded.get(self._places.get(_PAYER, -1), Coded(np.zeros(block.cases, np.intp), (), 0, [None]))
        asked, wrong = named(payers, written=True)
        for row in wrong:
            self._set_aside(row)
        facts = {key: ValuesColumn(coded[place]) for key, place in self._places.items() if is_fact(key)}
        return CaseBatch(block.cases, facts, ids, asked, self._odd, written=True, singly=self.single)

    def single(self, row: int) -> Case:
        """A case as it is read alone."""
        line, values = self._numbered[row]
        return case_of(row_entry(self._block.keys, values, line), self._block.first + row)

    @cached_property
    def _text(self) -> str:
        return decoded(self._block.data, self._block.lines + 1)

    @cached_property
    def _numbered(self) -> Sequence[tuple[int, Sequence[str]]]:
        with longer_fields():
            rows = reader(StringIO(self._text, newline=""), self._block.delimiter)
            return [(self._block.lines + rows.line_num, row) for row in rows if any(row)]

    def _set_aside(self, row: int) -> None:
        self._odd[row] = self.single(row)

    def _refuse_unheaded(self, column: Coded) -> None:
        wrong = [number for number, text in enumerate(column.own) if isinstance(text, str) and text.strip()]
        for row in np.flatnonzero(np.isin(column.numbers, wrong)).tolist():
            self._set_aside(row)

    def _by_arrow(self, columns: dict[int, Array]) -> tuple[Sequence[str], dict[int, Coded]]:
        ids = case_ids_of(columns.get(self._places.get(_ID, -1)), self._block.cases, self._block.first, set())
        coded = {
            place: Coded(each.indices.to_numpy(), (), 0, each.dictionary.to_pylist())
            for place, each in columns.items()
        }
        return ids, coded

    def _by_csv(self, wanted: Sequence[int]) -> tuple[Sequence[str], dict[int, Coded]]:
        ids: list[str] = []
        grown = {
            place: GrowingColumn(self._block.cases) for place in wanted if place != self._places.get(_ID)
        }
        for start, columns in self._pieces():
            ids += self._case_ids(start, columns)
            for place, column in grown.items():
                column.put(start, columns[place])
        return ids, {place: column.coded() for place, column in grown.items()}

    def _pieces(self) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
        """Some rows at a time as columns, by their place; what does not fit the headings is set aside."""
        keys = self._block.keys
        rows = reader(StringIO(self._text, newline=""), self._block.delimiter)
        start = 0
        while start < self._block.cases:
            with longer_fields():
                piece = [*islice(filter(any, rows), AT_ONCE)]
            if {*map(len, piece)} != {len(keys)}:
                for place, row in enumerate(piece):
                    if len(row) != len(keys):
                        self._set_aside(start + place)
                        own = row_entry(keys, row, 0).values
                        piece[place] = [own.get(key, "") for key in keys]
            yield start, [*zip(*piece, strict=True)]
            start += len(piece)

    def _case_ids(self, start: int, columns: Sequence[Sequence[str]]) -> list[str]:
        problems: list[Problem] = []  # none comes of text
        rows = range(self._block.first + start, self._block.first + start + len(columns[0]))
        texts = columns[self._places[_ID]] if _ID in self._places else [None] * len(rows)
        return [case_id(text, row, problems) for text, row in zip(texts, rows, strict=True)]
