"""Polynomials of one number with rational coefficients: where along a line each has which sign, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import lcm

from dmn_dli.theories.monotone.bisection import first_where
from dmn_dli.theories.monotone.lines import NumericLine

_CONTEXT = Context(prec=50, traps=[])

Polynomial = tuple[Fraction, ...]
"""The coefficients, that of the constant first; no zero last, and none at all of zero."""


_Whole = tuple[int, ...]
"""A polynomial with whole coefficients."""


def polynomial(coefficients: Sequence[Fraction]) -> Polynomial:
    """The polynomial with these coefficients."""
    end = len(coefficients)
    while end and not coefficients[end - 1]:
        end -= 1
    return tuple(coefficients[:end])


def added(a: Polynomial, b: Polynomial, times: Fraction = Fraction(1)) -> Polynomial:
    """The first and so many times the second."""
    longer = max(len(a), len(b))
    padded = [(*each, *[Fraction(0)] * (longer - len(each))) for each in (a, b)]
    return polynomial([one + times * other for one, other in zip(*padded, strict=True)])


def multiplied(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product."""
    if not a or not b:
        return ()
    found = [Fraction(0)] * (len(a) + len(b) - 1)
    for place, one in enumerate(a):
        for other_place, other in enumerate(b):
            found[place + other_place] += one * other
    return polynomial(found)


def signs(
    polynomial_: Polynomial, line: NumericLine, first: int, last: int
) -> Iterator[tuple[int, int, int]]:
    """The runs of a line's numbers on which it is negative (-1), zero (0) or positive (1).

    It goes one way where its derivative has one sign, so that each run is found by bisection. A run never
    reaches over a place where the derivative turns: so the sign is that of all numbers between, too.
    """
    denominator = lcm(*(each.denominator for each in polynomial_))
    return _signs(tuple(int(each * denominator) for each in polynomial_), line, first, last)


def _signs(whole: _Whole, line: NumericLine, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    if len(whole) < 2:
        yield first, last, _sign(whole, line, first)
        return
    derivative = tuple(place * each for place, each in enumerate(whole) if place)
    marks = _marks(whole, line)
    for low, high, way in _signs(derivative, line, first, last):
        start, sign = low, _sign(whole, line, low)
        while way and sign != way and start <= high:
            end = _first_beyond(whole, line, marks, (start, high), (sign, way))
            if end > start:
                yield start, end - 1, sign
            start, sign = end, sign + way
        if start <= high:
            yield start, high, sign


def _first_beyond(
    whole: _Whole, line: NumericLine, marks: Sequence[int], ends: tuple[int, int], signs_: tuple[int, int]
) -> int:
    """The first number between the ends whose sign is beyond a sign, on the way; between the marks first."""
    (first, last), (sign, way) = ends, signs_

    def beyond(number: int) -> bool:
        return (_sign(whole, line, number) - sign) * way > 0

    between = [mark for mark in marks if first < mark < last]
    place = first_where(lambda index: beyond(between[index]), 0, len(between) - 1)
    low = between[place - 1] if place else first
    high = between[place] if place < len(between) else last
    return first_where(beyond, low, high)


def _marks(whole: _Whole, line: NumericLine) -> list[int]:
    """Numbers between which all roots lie but zero (Cauchy's bound, and that of the turned polynomial)."""
    lowest = next(place for place, each in enumerate(whole) if each)
    sizes = [abs(each) for each in whole[lowest:]]
    if len(sizes) < 2:
        return [-1, 0, 1]
    far = Decimal(10) ** len(str(1 + max(sizes[:-1]) // sizes[-1]))
    near = _CONTEXT.divide(Decimal(1), Decimal(10) ** len(str(2 + max(sizes[1:]) // sizes[0])))
    high, low = line.at_amount(far), line.at_amount(near)
    return sorted({-high, -low, -1, 0, 1, low, high})


def _sign(whole: _Whole, line: NumericLine, number: int) -> int:
    """Its sign at a number of the line, in whole numbers alone."""
    digits, exponent = line.parts(number)
    if exponent >= 0:
        digits, unit = digits * 10**exponent, 1
    else:
        unit = 10**-exponent
    value, scale = 0, 1
    for coefficient in reversed(whole):
        value = value * digits + coefficient * scale
        scale *= unit
    return (value > 0) - (value < 0)
