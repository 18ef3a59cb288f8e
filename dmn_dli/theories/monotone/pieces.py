"""Pieces: runs of a line on which a tree's value is of one type and goes one way, and where they end.

What is known of a piece is known of the values that FEEL works out, rounding included: an operation whose
result is rounded correctly goes one way where the exact one does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Context, Decimal

from attrs import evolve, frozen

from dmn_dli.feel import FeelType, feel_compare, syntax
from dmn_dli.feel.arithmetic import amount_of
from dmn_dli.feel.temporal_values import DateValue
from dmn_dli.feel.value_types import type_of
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.lines import Line

MOST_PIECES = 200
"""A sawtooth with more teeth is not taken apart."""

ORDERED = frozenset({FeelType.NUMBER, FeelType.DATE, FeelType.DAYS_DURATION, FeelType.YEARS_DURATION})
"""The types whose values may go up or down along a piece."""

_GUESSES = 12
_WIDE = Context(prec=60, traps=[])


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

    def compared(
        self, left: syntax.Node, right: syntax.Node | object, first: int, last: int, trend: int
    ) -> Iterator[tuple[int, int, int]]:
        """Where the first of two is less (-1), equal (0) or greater (1): runs of numbers, in their order.

        Both are of one type that is ordered; one that is no tree is a value. trend: that of the first
        against the second, not 0.
        """
        other = self.tree_or_value(right)

        def sign(number: int) -> int:
            found = feel_compare(self.value(left, number), other(number))
            assert found is not None
            return found * trend

        def distance(number: int) -> Decimal:
            return _WIDE.subtract(_amount(self.value(left, number)), _amount(other(number)))

        start, at_first = first, sign(first)
        for reached in range(at_first + 1, 2):
            if start > last:
                return
            guess = self._guess(distance, start, last) if start < last else None
            end = first_where(lambda number, least=reached: sign(number) >= least, start, last, guess)  # type: ignore[misc]
            if end > start:
                yield start, end - 1, (reached - 1) * trend
            start = end
        if start <= last:
            yield start, last, trend

    def tree_or_value(self, right: syntax.Node | object) -> Callable[[int], object]:
        """What stands against a tree, by the number of the fact's value."""
        if isinstance(right, syntax.Node):
            return lambda number: self.value(right, number)
        return lambda _number: right

    def _guess(self, distance: Callable[[int], Decimal], first: int, last: int) -> int | None:
        """About where the distance is nothing, by secants; what it costs is repaid by far in most cases."""
        line = self.line
        known = [at for at in map(line.at_amount, map(Decimal, (1, 2, -1, -2))) if first <= at <= last]
        older, newer = (*known, first, last)[:2]
        if older == newer:
            return None
        before, now = distance(older), distance(newer)
        for _ in range(_GUESSES):
            slope = _WIDE.subtract(now, before)
            if not slope or not now:
                break
            step = _WIDE.subtract(line.amount(newer), line.amount(older))
            amount = _WIDE.subtract(line.amount(newer), _WIDE.divide(_WIDE.multiply(now, step), slope))
            if not amount.is_finite():
                break
            older, before = newer, now
            newer = min(max(line.at_amount(amount), first), last)
            if newer == older:
                break
            now = distance(newer)
        return newer


def _amount(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return Decimal(value.day) if isinstance(value, DateValue) else amount_of(value)


def first_where(holds: Callable[[int], bool], first: int, last: int, guess: int | None = None) -> int:
    """The first number of which it holds; one beyond the last where it holds of none.

    holds: of all numbers behind one of which it holds. guess: where to look first.
    """
    low, high = first - 1, last + 1
    if guess is not None:
        step, probe = 1, guess
        while low < probe < high:
            if holds(probe):
                if low >= first:
                    high = probe
                    break
                high, probe = probe, probe - step
            else:
                if high <= last:
                    low = probe
                    break
                low, probe = probe, probe + step
            step *= 8
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


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


def within(pieces: Iterable[Piece], first: int, last: int) -> Iterator[Piece]:
    """The parts of pieces that lie between two numbers."""
    for piece in pieces:
        if piece.first <= last and piece.last >= first:
            yield evolve(piece, first=max(piece.first, first), last=min(piece.last, last))


def common_trend(*trends: int) -> int:
    """The way that all go that go any. Raises NotAnalysable where two go against each other."""
    ways = {trend for trend in trends if trend}
    if len(ways) > 1:
        raise NotAnalysable
    return ways.pop() if ways else 0
