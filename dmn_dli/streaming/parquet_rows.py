"""Cases in Parquet in blocks: rows named by their place, read where they are asked for.

Nothing of the file goes from one process to another. Each process reads a row group once, from front to back,
past the rows of others: a row takes pyarrow a tenth of a microsecond, and more to be sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve, frozen

from dmn_dli.batch.arrow_cases import RecordBatch, case_batch
from dmn_dli.batch.cases import CaseBatch
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, case_of
from dmn_dli.cases.formats.parquet import batch_entries, unreadable
from dmn_dli.cases.headed_rows import OWN, refuse_repeated
from dmn_dli.streaming.block import Block

_BUFFER = 1_000_000
"""Bytes of a column that are read ahead, however long its row group is."""

_CODED = {"PLAIN_DICTIONARY", "RLE_DICTIONARY"}
_NEVER_CODED = {"DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"}
"""Encodings by which a column of text holds a value once, and those that pyarrow cannot read into codes."""

_CHANGED = "It was written to while it was read; evaluate it once it is whole."


@frozen
class ParquetRows(Block):
    """Rows of a Parquet file. groups: the row groups that hold them; start: their place in these.

    step: how many rows other blocks hold. state: of the file when it was cut up.
    """

    groups: tuple[int, ...]
    start: int
    step: int
    state: tuple[int, int]

    def batch(self) -> CaseBatch:
        """As of every block. Raises CasesFileError where the file cannot be read here."""
        try:
            found = self._rows()
        except (pa.ArrowException, OSError) as error:
            _reader.cache_clear()
            _file.cache_clear()
            raise unreadable(error) from error

        def single(row: int) -> Case:
            (entry,) = batch_entries(found.slice(row, 1))
            return case_of(entry, self.first + row)

        return evolve(case_batch(found, self.first), singly=single)

    def _rows(self) -> RecordBatch:
        if _state(self.file) != self.state:
            raise CasesFileError(_CHANGED)
        reader = _reader(self.file, self.groups, self.step, self.state)
        if reader.place > self.start:
            _reader.cache_clear()
            reader = _reader(self.file, self.groups, self.step, self.state)
        return reader.rows(self.start, self.cases)


def file_blocks(name: str, first: int, cases: int) -> Iterator[Block]:
    """The blocks of a Parquet file. Raises CasesFileError."""
    try:
        with pq.ParquetFile(name) as table:
            state = _state(name)
            refuse_repeated(table.schema_arrow.names)
            rows = [table.metadata.row_group(group).num_rows for group in range(table.num_row_groups)]
    except (pa.ArrowException, OSError) as error:
        raise unreadable(error) from error
    done, total = 0, sum(rows)
    for groups in _together(rows, cases):
        count = sum(rows[group] for group in groups)
        for start in range(0, count, cases):
            here = min(cases, count - start)
            size = (done + here) * state[1] // total - done * state[1] // total
            yield ParquetRows(name, first + done, here, size, groups, start, cases, state)
            done += here


def _state(name: str) -> tuple[int, int]:
    """What differs once a file is written to."""
    found = Path(name).stat()
    return found.st_mtime_ns, found.st_size


def _together(rows: Sequence[int], cases: int) -> Iterator[tuple[int, ...]]:
    """Row groups that are read together: small ones as far as they fill a block, any other alone."""
    groups: list[int] = []
    for group, count in enumerate(rows):
        if groups and sum(rows[each] for each in groups) + count > cases:
            yield tuple(groups)
            groups = []
        if count:
            groups.append(group)
    if groups:
        yield tuple(groups)


class _Reader:
    """Some row groups of a file, read from front to back."""

    def __init__(self, file: _File, groups: tuple[int, ...], step: int) -> None:
        """step: how many rows are read at once."""
        self._batches = file.coded(groups).iter_batches(
            step, groups, columns=file.names or None, use_threads=False
        )
        self._begun: RecordBatch | None = None
        self.place = 0
        """Of the row that comes next."""

    def rows(self, start: int, count: int) -> RecordBatch:
        """Some rows, none of which comes before `place`."""
        while self.place < start:
            self._next(start - self.place)
        pieces = [self._next(count)]
        while (found := sum(len(piece) for piece in pieces)) < count:
            pieces.append(self._next(count - found))
        if len(pieces) == 1:
            return pieces[0]
        (whole,) = pa.Table.from_batches(pieces).unify_dictionaries().combine_chunks().to_batches()
        return whole

    def _next(self, most: int) -> RecordBatch:
        batch = self._begun if self._begun is not None else next(self._batches, None)
        if batch is None:
            raise pa.ArrowInvalid("It has fewer rows than it says")
        self._begun = batch.slice(most) if len(batch) > most else None
        batch = batch.slice(0, most)
        self.place += len(batch)
        return batch


class _File:
    """A file that is open: what its end says of all row groups is read once, and may be long."""

    def __init__(self, name: str) -> None:
        """Raises ArrowException, OSError where it cannot be read."""
        self._name = name
        with pq.ParquetFile(name) as table:
            self._metadata, schema = table.metadata, table.schema_arrow
        self.names = [each for each in schema.names if not each.startswith("_")]
        """The columns that are read."""
        self._texts = {
            name for name in self.names if name != OWN[0] and pa.types.is_string(schema.field(name).type)
        }
        self._coded = frozenset[str]()
        self._file: Any = None

    def coded(self, groups: Sequence[int]) -> Any:
        """pyarrow's ParquetFile, which reads a text into codes where all of some row groups hold codes."""
        texts = self._texts.intersection(*[_coded(self._metadata.row_group(group)) for group in groups])
        if self._file is None or texts != self._coded:
            self._coded = frozenset(texts)
            self._file = pq.ParquetFile(
                self._name,
                read_dictionary=sorted(texts),
                pre_buffer=False,
                buffer_size=_BUFFER,
                metadata=self._metadata,
            )
        return self._file


def _coded(group: Any) -> set[str]:
    """The columns whose values a row group holds as codes, pyarrow's reading of them included."""
    columns = [group.column(place) for place in range(group.num_columns)]
    encodings = [(column.path_in_schema, {*column.encodings}) for column in columns]
    return {name for name, each in encodings if each & _CODED and not each & _NEVER_CODED}


@lru_cache(maxsize=1)
def _file(name: str, _state: tuple[int, int]) -> _File:
    """The file as it is in this state."""
    return _File(name)


@lru_cache(maxsize=1)
def _reader(name: str, groups: tuple[int, ...], step: int, state: tuple[int, int]) -> _Reader:
    """The reader of some row groups, which stays where the block before left it."""
    return _Reader(_file(name, state), groups, step)
