"""Case files in blocks: cut up where it is cheap, read where there is a processor to spare."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import count, islice
from pathlib import Path

from dmn_dli.cases.files import STANDARD_INPUT, read_case_file
from dmn_dli.streaming.block import CASES, Block, CasesBlock

_READERS = {".jsonl": "json_lines", ".csv": "csv_text", ".parquet": "parquet_rows"}
"""The modules that read a format in blocks without a look at every case, by its ending."""


def blocks(name: str, first: int = 1, cases: int = CASES) -> Iterator[Block]:
    """The blocks of a file, or of standard input where its name is `-`.

    first: the position of its first case. cases: how many a block holds at most. Standard input that holds
    JSON lines gives what there is of it at once. Raises CasesFileError behind the blocks before what cannot
    be read.
    """
    if name == STANDARD_INPUT:
        from dmn_dli.streaming.standard_input import standard_input_blocks

        return standard_input_blocks(first, cases)
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        return _documents(name, first, cases)
    found: Iterator[Block] = import_module(f"dmn_dli.streaming.{reader}").file_blocks(name, first, cases)
    return found


def total_size(name: str) -> int | None:
    """How many bytes the blocks of a file stand for together; None where that is not known."""
    if name == STANDARD_INPUT:
        return None
    try:
        return Path(name).stat().st_size
    except OSError:  # it cannot be read either, which its blocks say
        return None


def _documents(name: str, first: int, cases: int) -> Iterator[Block]:
    """The blocks of a file that is read whole before its first case is there."""
    found = read_case_file(name, count(first))
    size = total_size(name) or 0
    while some := tuple(islice(found, cases)):
        yield CasesBlock(name, first, len(some), size, some)
        first += len(some)
        size = 0
