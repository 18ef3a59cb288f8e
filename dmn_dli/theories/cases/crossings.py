"""Where the value of a clause reaches what it is to reach while one fact changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dmn_dli.feel import free_names, mentions_input, syntax
from dmn_dli.feel.walk import children

Course = Callable[[Fraction], Fraction | None]
"""Where a clause's value stands on its line while the fact stands at a place; None where it has no place."""

_STEPS = 100
"""How often a stretch is narrowed at most; halving alone gets from end to end of the calendar in 22."""

_TRIED_STRAIGHT = 8
"""How often the straight line between two ends is followed before the stretch is halved each time."""


def reached(
    course: Course,
    stretch: tuple[Fraction, Fraction],
    aim: Fraction,
    done: Callable[[Fraction], bool],
    grid: int,
) -> tuple[Fraction, ...]:
    """A place in a stretch at which the course is done; where there is none, the two next to its crossing.

    stretch: two places between which the course crosses `aim`. Where it is a straight line the place is found
    at once. grid: how far apart places are, 0 where there is always one between.
    """
    low, high = stretch
    at_low, at_high = course(low), course(high)
    for step in range(_STEPS):
        if at_low is None or at_high is None or (not grid and high - low < _least(low, high)):
            break
        middle = (low + high) / 2
        if step < _TRIED_STRAIGHT and step % 3 < 2 and at_high != at_low:
            middle = low + (aim - at_low) * (high - low) / (at_high - at_low)
        middle = Fraction(round(middle / grid) * grid) if grid else _shortened(middle, low, high)
        if not low < middle < high:
            middle = Fraction((low + high) // 2) if grid else _shortened((low + high) / 2, low, high)
            if not low < middle < high:
                break
        if done(middle):
            return (middle,)
        found = course(middle)
        if found is None:
            break
        if (found < aim) is (at_low < aim):
            low, at_low = middle, found
        else:
            high, at_high = middle, found
    return low, high


def _least(low: Fraction, high: Fraction) -> Fraction:
    return max(abs(low), abs(high), Fraction(1)) / 10**30


def _shortened(place: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """A place as a number of FEEL's has it, so that fractions stay small."""
    if place.denominator < 10**12:
        return place
    digits = 33 - len(str(int(max(abs(low), abs(high)))))
    unit = Fraction(10**digits) if digits >= 0 else Fraction(1, 10**-digits)
    return round(place * unit) / unit


def crossed(
    points: Sequence[tuple[Fraction, Fraction | None]], aim: Fraction
) -> Iterator[tuple[Fraction, Fraction]]:
    """The neighbouring places between which a course crosses an aim, or has it at one of them.

    points: places, ascending, each with where the course is there.
    """
    for (low, at_low), (high, at_high) in pairwise(points):
        if at_low is None or at_high is None or at_low == at_high:
            continue
        if (at_low <= aim <= at_high) or (at_high <= aim <= at_low):
            yield low, high


def compared(tree: syntax.Node, names: frozenset[str]) -> Iterator[tuple[syntax.Node, syntax.Node]]:
    """The pairs of values over `names` that a clause compares with each other, wherever that is in it."""
    for left, right in _pairs(tree):
        askable = not (mentions_input(left) or mentions_input(right))
        if askable and free_names(left) | free_names(right) <= names:
            yield left, right
    for child in children(tree):
        yield from compared(child, names)


def _pairs(tree: syntax.Node) -> Iterator[tuple[syntax.Node, syntax.Node]]:
    match tree:
        case syntax.Comparison(_, left, right):
            yield left, right
        case syntax.Between(value, low, high):
            yield from ((value, low), (value, high))
        case syntax.In(value, tests):
            for test in tests.tests:
                inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
                ends = [inner.low, inner.high] if isinstance(inner, syntax.Range) else [inner]
                yield from ((value, end) for end in ends if end is not None)
