"""Where two linear functions of one number cross, though both go the same way: `n * 2 > n + 10`.

Far from the crossing the rounding of FEEL's numbers does not matter, and the exact functions say which is
greater. So close to it that rounding might matter, every number is looked at; they are few.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from dmn_dli.feel import constant_value, is_constant, syntax
from dmn_dli.runtime.scalars import LARGEST_EXPONENT
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.lines import NumberLine
from dmn_dli.theories.monotone.pieces import Tracer

_LARGEST_ERROR = Fraction(1, 10**33)
"""That of one operation, in relation to its result: a unit of the last of 34 digits at most."""

_MOST_NUMBERS = 2_000
_MOST_OPERATIONS = 20
_LARGEST_CONSTANT = Fraction(10**100)
"""So that no result is too large or too small for its 34 digits, whatever fact it is made of."""

_LARGEST = 10**40
_SMALLEST = Fraction(1, 10**40)


@frozen
class _Affine:
    """`slope * n + level`, how large its parts may grow on the way, and how many operations it takes."""

    slope: Fraction
    level: Fraction
    slopes: Fraction
    levels: Fraction
    operations: int


def apart(
    tracer: Tracer, left: syntax.Node, right: syntax.Node, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The runs on which the left is less than the right throughout, equal, or greater.

    Raises NotAnalysable where they are not both linear, or run too close to each other for too long.
    """
    if not isinstance(tracer.line, NumberLine):
        raise NotAnalysable
    a, b = _affine(left), _affine(right)
    operations = a.operations + b.operations + 1
    if operations > _MOST_OPERATIONS or tracer.line.amount(tracer.line.last).adjusted() > LARGEST_EXPONENT:
        raise NotAnalysable
    slope, level = a.slope - b.slope, a.level - b.level
    if not slope:
        raise NotAnalysable
    error = _LARGEST_ERROR * operations
    slopes, levels = a.slopes + b.slopes, a.levels + b.levels
    crossing = -level / slope
    rest = abs(slope) - error * slopes
    if rest <= 0:
        raise NotAnalysable
    # Beyond that distance |slope * n + level| exceeds the error of both: error * (slopes * |n| + levels).
    distance = error * (slopes * abs(crossing) + levels) / rest
    low, high = _number(tracer, crossing - distance) - 1, _number(tracer, crossing + distance) + 2
    low, high = max(low, first - 1), min(high, last + 1)
    if high - low > _MOST_NUMBERS:
        raise NotAnalysable
    if first <= min(low, last):
        yield first, min(low, last)
    for number in range(max(low + 1, first), min(high, last + 1)):
        yield number, number
    if max(high, first) <= last:
        yield max(high, first), last


def _number(tracer: Tracer, value: Fraction) -> int:
    """The place of a fraction on the line, give or take one. Raises NotAnalysable where it is too large."""
    if abs(value) > _LARGEST or 0 < abs(value) < _SMALLEST:
        raise NotAnalysable
    return tracer.line.number(Decimal(value.numerator) / Decimal(value.denominator))


def _affine(tree: syntax.Node) -> _Affine:
    """The linear function that a tree is but for rounding. Raises NotAnalysable where it is none."""
    if is_constant(tree):
        value = constant_value(tree)
        if not isinstance(value, Decimal):
            raise NotAnalysable
        level = Fraction(value)
        if level and not 1 / _LARGEST_CONSTANT <= abs(level) <= _LARGEST_CONSTANT:
            raise NotAnalysable
        return _Affine(Fraction(0), level, Fraction(0), abs(level), 0)
    match tree:
        case syntax.Name():
            return _Affine(Fraction(1), Fraction(0), Fraction(1), Fraction(0), 0)
        case syntax.Negation(operand):
            return _times(_affine(operand), Fraction(-1), 1)
        case syntax.Arithmetic("+" | "-" as operator, left, right):
            a, b = _affine(left), _affine(right)
            sign = 1 if operator == "+" else -1
            return _Affine(
                a.slope + sign * b.slope,
                a.level + sign * b.level,
                a.slopes + b.slopes,
                a.levels + b.levels,
                a.operations + b.operations + 1,
            )
        case syntax.Arithmetic("*", left, right):
            a, b = _affine(left), _affine(right)
            if a.slopes and b.slopes:
                raise NotAnalysable
            moving, factor = (b, a) if b.slopes else (a, b)
            return _times(moving, factor.level, factor.operations + 1)
        case syntax.Arithmetic("/", left, right):
            moving, divisor = _affine(left), _affine(right)
            if divisor.slopes or not divisor.level:
                raise NotAnalysable
            return _times(moving, 1 / divisor.level, divisor.operations + 1)
    raise NotAnalysable


def _times(affine: _Affine, factor: Fraction, operations: int) -> _Affine:
    return _Affine(
        affine.slope * factor,
        affine.level * factor,
        affine.slopes * abs(factor),
        affine.levels * abs(factor),
        affine.operations + operations,
    )
