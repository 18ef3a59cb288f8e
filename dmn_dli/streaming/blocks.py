"""Case files in blocks: cut up where it is cheap, read where there is a processor to spare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from attrs import frozen

from dmn_dli.batch.cases import CaseBatch, side_by_side
from dmn_dli.cases.files import Case, read_case_file

CASES = 8_192
"""How many cases a block holds at most."""


@frozen
class Block:
    """Some cases of a file, in a form that another process can be given.

    file: as the command names it. first: the position of its first case over all files, from 1. cases: how
    many it holds. size: how much of the file it stands for, in bytes.
    """

    file: str
    first: int
    cases: int
    size: int
    given: tuple[Case, ...]

    def batch(self) -> CaseBatch:
        """The cases, read."""
        return side_by_side(self.given)


def blocks(name: str, first: int = 1) -> Iterator[Block]:
    """The blocks of a file, or of standard input where its name is `-`.

    first: the position of its first case. Raises CasesFileError behind the blocks before what cannot be read.
    """
    numbers = count(first)
    cases = read_case_file(name, numbers)
    while some := tuple(islice(cases, CASES)):
        yield Block(name, first, len(some), 0, some)
        first += len(some)
