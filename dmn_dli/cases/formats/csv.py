"""Cases in comma-separated text: a row for each below a row of headings, read as they are asked for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from dmn_dli.cases.entries import CasesFileError, Entry, decode
from dmn_dli.cases.headed_rows import EMPTY, OWN, keys_of, unheaded, values_by_key
from dmn_dli.runtime.errors import problem
from dmn_dli.runtime.input_error import why

LONGEST_FIELD = 16_000_000
"""Characters of one value, and bytes or characters of one line: a file without line ends ends in words."""

_PIECE = 100_000
"""Bytes that are looked at together."""


class Reader(Protocol):
    """A reader of the csv module."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""A first line by which Excel is told the separator."""


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a csv file, read as they are asked for.

    Values are parted by what a first line `sep=;` says; else by semicolons or tabs where the headings have no
    comma. Raises CasesFileError for an empty file, for text that is not UTF-8, for repeated headings, and,
    behind the cases before it, for a line that is no csv.
    """
    try:
        with path.open("rb") as stream, longer_fields():
            check_text(stream)
            stream.seek(0)
            yield from _entries(_lines(TextIOWrapper(stream, "utf-8-sig", newline="")))
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


def check_text(stream: BinaryIO) -> None:
    """Raise CasesFileError where a line is not UTF-8, before the first case is taken from any."""
    while piece := stream.read(_PIECE) + stream.readline(LONGEST_FIELD):
        try:
            piece.decode()
        except UnicodeDecodeError:
            break
        if len(piece) >= LONGEST_FIELD:
            break
    else:
        return
    stream.seek(0)
    number = 0
    while line := stream.readline(LONGEST_FIELD):
        number += 1
        _check_length(line, number)
        decode(line, number)


def _lines(stream: TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_FIELD):
        number += 1
        _check_length(line, number)
        yield line


def _check_length(line: str | bytes, number: int) -> None:
    if len(line) >= LONGEST_FIELD:
        raise CasesFileError(f"Line {number} is longer than {LONGEST_FIELD:,} characters.")


@contextmanager
def longer_fields() -> Iterator[None]:
    """Room for remarks that the csv module takes for a mistake; its limit is one for the whole process."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _entries(lines: Iterator[str]) -> Iterator[Entry]:
    read = opened(lines)
    try:
        for row in read.rows:
            if any(row):
                yield row_entry(read.keys, row, read.rows.line_num)
    except csv.Error as error:
        raise no_csv(read.rows.line_num, error) from error


class Opened(NamedTuple):
    """The rows below the headings, the headings as keys, and what parts the values."""

    rows: Reader
    keys: Sequence[str]
    delimiter: str


def opened(lines: Iterator[str]) -> Opened:
    """Read lines of csv as far as the headings. Raises CasesFileError where there are none."""
    blank: list[str] = []
    first = ""
    for first in lines:
        if first.strip():
            break
        blank.append(first)
    stated = _SEPARATOR.fullmatch(first.strip("\r\n"))
    if stated:
        blank.append("\n")
        first = next(lines, "")
    delimiter = stated[1] if stated else _delimiter(first)
    rows = reader(chain(blank, [first], lines), delimiter)
    try:
        headings = next((row for row in rows if any(row)), None)
    except csv.Error as error:
        raise no_csv(rows.line_num, error) from error
    if headings is None:
        raise CasesFileError(EMPTY)
    return Opened(rows, keys_of(headings), delimiter)


def reader(lines: Iterable[str], delimiter: str) -> Reader:
    """The csv module's reader as cases are read by it."""
    return csv.reader(lines, delimiter=delimiter, strict=True)


def no_csv(line: int, error: csv.Error) -> CasesFileError:
    """Why a file cannot be read behind a line."""
    return CasesFileError(f"Line {line} is no csv: {error}.")


def _delimiter(headings: str) -> str:
    return next((mark for mark in (",", ";", "\t") if mark in headings), ",")


def row_entry(keys: Sequence[str], row: Sequence[str], line: int) -> Entry:
    """The case in a row that ends in this line; one with a problem where it does not fit the headings."""
    values = values_by_key(keys, row)
    if len(row) == len(keys):
        return Entry(values, written=True, problems=unheaded(keys, row, f"Line {line}"))
    reason = (
        f"The number of values in line {line} is {len(row)}, but that of the headings is {len(keys)}; "
        "put a value that holds a comma in double quotes."
    )
    # Behind the odd comma every value may stand under the wrong heading: take none for a fact.
    own = {key: text for key, text in values.items() if key in OWN}
    return Entry(own, written=True, problems=(problem(reason),))


def decoded(data: bytes, line: int) -> str:
    """Text that was found to be UTF-8. Raises CasesFileError where that is no longer so."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        decode(data, line)
        raise
