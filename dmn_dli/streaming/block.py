"""A block of cases: what every format's reader cuts its file into."""

from __future__ import annotations

from abc import ABC, abstractmethod

from attrs import frozen

from dmn_dli.batch.cases import CaseBatch, side_by_side
from dmn_dli.cases.files import Case

CASES = 8_192
"""How many cases a block holds at most, unless somebody wants it otherwise."""

BYTES = 4_000_000
"""How many bytes of text a block holds, but for one case that is longer."""


@frozen
class Block(ABC):
    """Some cases of a file, in a form that another process can be given.

    file: as the command names it. first: the position of its first case over all files, from 1. cases: how
    many it holds. size: how much of the file it stands for, in bytes.
    """

    file: str
    first: int
    cases: int
    size: int

    @abstractmethod
    def batch(self) -> CaseBatch:
        """The cases, read."""


@frozen
class CasesBlock(Block):
    """Cases that had to be read where the file was cut up."""

    given: tuple[Case, ...]

    def batch(self) -> CaseBatch:
        """As of every block."""
        return side_by_side(self.given)
