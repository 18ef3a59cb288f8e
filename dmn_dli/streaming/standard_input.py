"""Standard input in blocks: JSON lines as they arrive, or one document of JSON."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import BinaryIO

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import STANDARD_INPUT, case_of
from dmn_dli.cases.formats.json import document_entries
from dmn_dli.cases.formats.jsonl import EMPTY_STREAM, is_object
from dmn_dli.runtime.bounded_files import DOCUMENT_BYTES, lines_within, rest_within
from dmn_dli.runtime.input_error import why
from dmn_dli.streaming.block import BYTES, Block, CasesBlock
from dmn_dli.streaming.json_lines import JsonLines, blocks_of_lines

_PAUSE = 0.005
"""Seconds that further lines are waited for where several came at once: a program writes them."""


def standard_input_blocks(first: int, cases: int) -> Iterator[Block]:
    """The blocks of standard input: what there is of JSON lines at once, or all of a document.

    Raises CasesFileError behind the blocks before what cannot be read.
    """
    try:
        yield from _blocks(sys.stdin.buffer, first, cases)
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


def _blocks(stream: BinaryIO, first: int, cases: int) -> Iterator[Block]:
    number = 0
    # A document may stand in one line.
    for line in lines_within(stream, DOCUMENT_BYTES):
        number += 1
        if not line.strip():
            continue
        if is_object(line):
            # It may come alone, and is answered before the next one is waited for.
            yield JsonLines(STANDARD_INPUT, first, 1, len(line), line, number)
            yield from blocks_of_lines(STANDARD_INPUT, _arriving(stream), first + 1, cases, number + 1)
        else:
            data = b"\n" * (number - 1) + line + rest_within(stream, DOCUMENT_BYTES)
            yield from _document(data, first, cases)
        return
    raise CasesFileError(EMPTY_STREAM)


def _document(data: bytes, first: int, cases: int) -> Iterator[Block]:
    found = map(case_of, document_entries(data), count(first))
    size = len(data)
    while some := tuple(islice(found, cases)):
        yield CasesBlock(STANDARD_INPUT, first, len(some), size, some)
        first += len(some)
        size = 0


def _arriving(stream: BinaryIO) -> Callable[[], bytes]:
    """What gives the bytes that are there; it waits where there are none, and gives nothing at the end."""

    def read() -> bytes:
        data = stream.read1(BYTES)  # type: ignore[attr-defined]
        found = [data]
        size = len(data)
        while data and size < BYTES and _ready(stream, _PAUSE if data.count(b"\n") > 1 else 0):
            data = stream.read1(BYTES - size)  # type: ignore[attr-defined]
            found.append(data)
            size += len(data)
        return b"".join(found)

    return read


def _ready(stream: BinaryIO, seconds: float) -> bool:
    """Whether reading would not wait, as far as the system can tell."""
    try:
        return bool(select.select([stream], [], [], seconds)[0])
    except (OSError, ValueError):  # it is no file of the system's, or one that cannot be asked
        return False
