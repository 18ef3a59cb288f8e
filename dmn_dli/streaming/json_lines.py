"""JSON lines in blocks: cut between lines in the main process, decoded where they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from attrs import frozen

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.formats.jsonl import EMPTY
from dmn_dli.runtime.bounded_files import lines_within
from dmn_dli.runtime.input_error import why
from dmn_dli.streaming.block import BYTES, Block
from dmn_dli.streaming.line_bounds import lines_with_text


@frozen
class JsonLines(Block):
    """Whole lines of JSON lines. data: their bytes. line: the number of the first in its file."""

    data: bytes
    line: int

    def batch(self) -> CaseBatch:
        """As of every block."""
        from dmn_dli.streaming.decoded_lines import DecodedLines

        return DecodedLines(self.data, self.line, self.first).batch()


def file_blocks(name: str, first: int, cases: int) -> Iterator[Block]:
    """The blocks of a file with a JSON object on each line. Raises CasesFileError behind those before it."""
    found = False
    try:
        with Path(name).open("rb") as stream:
            for block in blocks_of_lines(name, partial(stream.read, BYTES), first, cases, 1):
                found = True
                yield block
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error
    if not found:
        raise CasesFileError(EMPTY)


def blocks_of_lines(
    name: str, read: Callable[[], bytes], first: int, cases: int, line: int
) -> Iterator[Block]:
    """The blocks of what `read` gives, piece by piece, until it gives nothing.

    line: the number of the first line. Raises OSError, behind the lines before it, for one that is too long.
    """
    skipped = 0
    for data in _whole_lines(read):
        bounds = lines_with_text(data)
        for piece, count, before in bounds.pieces(data, cases):
            yield JsonLines(name, first, count, skipped + len(piece), piece, line + before)
            first += count
            skipped = 0
        skipped += 0 if len(bounds.starts) else len(data)
        line += bounds.lines


def _whole_lines(read: Callable[[], bytes]) -> Iterator[bytes]:
    """What `read` gives, cut where lines end."""
    begun: list[bytes] = []
    size = 0
    while data := read():
        end = data.find(b"\n") + 1
        begun.append(data[:end] if end else data)
        size += len(begun[-1])
        if size > BYTES:
            _refuse_too_long(b"".join(begun))
        if end:
            cut = data.rfind(b"\n") + 1
            yield b"".join([*begun, data[end:cut]])
            begun = [data[cut:]]
            size = len(data) - cut
    if size:
        yield b"".join(begun)


def _refuse_too_long(line: bytes) -> None:
    for _ in lines_within(BytesIO(line)):
        """A line within bounds."""
