"""Cases in JSON lines: an object on each line, read as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dmn_dli.cases.entries import CasesFileError, Entry, decode
from dmn_dli.cases.formats.json import document_entries, entry_of, parse, reason_of
from dmn_dli.runtime.bounded_files import DOCUMENT_BYTES, lines_within, rest_within
from dmn_dli.runtime.errors import problem
from dmn_dli.runtime.input_error import why

EMPTY = "It is empty; a JSON object on each line is expected."

EMPTY_STREAM = "It is empty; a JSON object, a list of objects, or JSON lines are expected."


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a file with a JSON object on each line, read as they are asked for.

    A line that is no JSON object is a case with a problem. Raises CasesFileError.
    """
    try:
        with path.open("rb") as stream:
            found = False
            for entry in _lines(enumerate(lines_within(stream), 1)):
                found = True
                yield entry
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error
    if not found:
        raise CasesFileError(EMPTY)


def stream_entries(stream: BinaryIO) -> Iterator[Entry]:
    """The cases of a stream that holds one JSON document, or JSON lines; lines are read one at a time.

    Raises CasesFileError where it holds neither, or is of absurd size.
    """
    try:
        yield from _stream_entries(stream)
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


def _stream_entries(stream: BinaryIO) -> Iterator[Entry]:
    number = 0
    # A document may stand in one line.
    for line in lines_within(stream, DOCUMENT_BYTES):
        number += 1
        if not line.strip():
            continue
        if is_object(line):
            yield line_entry(number, line)
            yield from _lines(enumerate(lines_within(stream), number + 1))
        else:
            yield from document_entries(b"\n" * (number - 1) + line + rest_within(stream, DOCUMENT_BYTES))
        return
    raise CasesFileError(EMPTY_STREAM)


def is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object, so that what follows are further lines of the kind."""
    try:
        return isinstance(parse(decode(line)), dict)
    except (ValueError, CasesFileError):
        return False


def _lines(lines: Iterable[tuple[int, bytes]]) -> Iterator[Entry]:
    for number, line in lines:
        if line.strip():
            yield line_entry(number, line)


def line_entry(number: int, line: bytes) -> Entry:
    """The case in a line that is not blank; one with a problem where it is no JSON object."""
    try:
        return entry_of(parse(decode(line)), f"Line {number}")
    except CasesFileError:
        return Entry({}, problems=(problem(f"Line {number} is not UTF-8 text."),))
    except ValueError as error:
        reason = f"Line {number} is not JSON: {reason_of(error, None)}"
        return Entry({}, problems=(problem(reason),))
