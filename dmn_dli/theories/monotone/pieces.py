"""Pieces: runs of a line on which a tree's value is of one type and goes one way, and where they end.

What is known of a piece is known of the values that FEEL works out, rounding included: an operation whose
result is rounded correctly goes one way where the exact one does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from dmn_dli.feel import FeelType, syntax
from dmn_dli.feel.value_types import type_of
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.bisection import first_where
from dmn_dli.theories.monotone.lines import Line

MOST_PIECES = 200
"""A sawtooth with more teeth is not taken apart."""


@frozen
class Piece:
    """The values of a line from number `first` to number `last`, and how a tree goes on them.

    kind: the type of its value there, null among them. trend: 1 where no value is less than one before it,
    -1 where none is greater, 0 where all are equal.
    """

    first: int
    last: int
    kind: FeelType
    trend: int


class Tracer(ABC):
    """How trees over one fact go along its line."""

    line: Line

    @abstractmethod
    def value(self, tree: syntax.Node, number: int) -> object:
        """The tree's value where the fact has the value of that number."""

    @abstractmethod
    def pieces(self, tree: syntax.Node, first: int, last: int) -> Sequence[Piece]:
        """How a tree goes from one number to another, without a gap. Raises NotAnalysable."""

    def constant(self, tree: syntax.Node, first: int, last: int) -> Piece:
        """The piece of a tree that is known to have one value there."""
        return Piece(first, last, type_of(self.value(tree, first)), 0)

    def going(self, tree: syntax.Node, first: int, last: int, trend: int) -> Iterator[Piece]:
        """The pieces of a tree that goes one way there, but that it may be null before or behind.

        Raises NotAnalysable where no value is found that is not null.
        """
        if not trend or first == last:
            yield self.constant(tree, first, last)
            return
        null_first, null_last = self.value(tree, first) is None, self.value(tree, last) is None
        start, end = first, last
        if null_first or null_last:
            middle = last if not null_last else first if not null_first else self._not_null(tree, first, last)
            if null_first:
                start = first_where(lambda at: self.value(tree, at) is not None, first, middle)
                yield Piece(first, start - 1, FeelType.NULL, 0)
            if null_last:
                end = first_where(lambda at: self.value(tree, at) is None, middle, last) - 1
        yield Piece(start, end, type_of(self.value(tree, start)), trend)
        if end < last:
            yield Piece(end + 1, last, FeelType.NULL, 0)

    def _not_null(self, tree: syntax.Node, first: int, last: int) -> int:
        for number in (0, self.line.at_amount(Decimal(1)), (first + last) // 2):
            if first < number < last and self.value(tree, number) is not None:
                return number
        raise NotAnalysable


def overlaid(*runs: Sequence[Piece]) -> Iterator[tuple[int, int, tuple[Piece, ...]]]:
    """The runs on which none of several sequences changes, with the piece of each; all cover the same."""
    places = [0] * len(runs)
    start = runs[0][0].first
    while True:
        pieces = tuple(run[place] for run, place in zip(runs, places, strict=True))
        end = min(piece.last for piece in pieces)
        yield start, end, pieces
        start = end + 1
        places = [place + (piece.last == end) for place, piece in zip(places, pieces, strict=True)]
        if places[0] == len(runs[0]):
            return


def common_trend(*trends: int) -> int:
    """The way that all go that go any. Raises NotAnalysable where two go against each other."""
    ways = {trend for trend in trends if trend}
    if len(ways) > 1:
        raise NotAnalysable
    return ways.pop() if ways else 0
