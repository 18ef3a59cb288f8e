"""Arithmetic turned round: from a result and one operand to the other one.

What is found is never too narrow: ends are rounded outward.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from attrs import evolve

from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.theories.intervals.arithmetic import hull
from dmn_dli.theories.intervals.values import GREATEST, Kind, ValueRange, between, whole_kind

_DAY = Decimal(DAY)
DOWN = Context(CONTEXT.prec, ROUND_FLOOR, CONTEXT.Emin, CONTEXT.Emax, traps=[])
"""FEEL's numbers, rounded down."""
UP = Context(CONTEXT.prec, ROUND_CEILING, CONTEXT.Emin, CONTEXT.Emax, traps=[])
"""FEEL's numbers, rounded up."""


def unrounded(said: ValueRange) -> ValueRange:
    """What may be rounded to the said numbers."""
    if said.kind is not Kind.NUMBER:
        return said
    low, high = CONTEXT.next_minus(said.low), CONTEXT.next_plus(said.high)
    return evolve(said, low=max(low, GREATEST.copy_negate()), high=min(high, GREATEST), unit=None)


def _outward(
    operation: Callable[[Context, Decimal, Decimal], Decimal], a: ValueRange, b: ValueRange
) -> ValueRange:
    """An operation of exact numbers, its ends rounded outward; it rises or falls with each operand."""
    corners = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return hull(
        Kind.NUMBER,
        [operation(context, x, y) for x, y in corners for context in (DOWN, UP)],
    ).without_null


def _added(a: ValueRange, b: ValueRange) -> ValueRange:
    return _outward(Context.add, a, b)


def _taken(a: ValueRange, b: ValueRange) -> ValueRange:
    return _outward(Context.subtract, a, b)


def _taken_from(a: ValueRange, b: ValueRange) -> ValueRange:
    return _taken(b, a)


def _multiplied(a: ValueRange, b: ValueRange) -> ValueRange:
    return _outward(Context.multiply, a, b)


def _divided(a: ValueRange, b: ValueRange) -> ValueRange:
    """What, multiplied with one of `b`, gives one of `a`; anything where both may be zero."""
    if b.low <= 0 <= b.high:
        if a.low <= 0 <= a.high or b.low < 0 < b.high:
            return whole_kind(Kind.NUMBER)
        # Where the product is not zero neither is the factor, and then it has one sign.
        least = b.unit or Decimal("1E-6176")
        b = evolve(b, low=least) if b.low == 0 else evolve(b, high=least.copy_negate())
        if b.low > b.high:
            return ValueRange(Kind.NONE)
    return _outward(Context.divide, a, b)


def _dividend_over(a: ValueRange, b: ValueRange) -> ValueRange:
    """The divisors that make of the dividends `b` the quotients `a`."""
    return _divided(b, a)


def _dates_on(days: ValueRange, date: ValueRange) -> ValueRange:
    first, last = _of_days(days)
    return between(Kind.DATE, date.low + first, date.high + last, None)


def _dates_before(days: ValueRange, date: ValueRange) -> ValueRange:
    first, last = _of_days(days)
    return between(Kind.DATE, date.low - last, date.high - first, None)


def _of_days(duration: ValueRange) -> tuple[Decimal, Decimal]:
    """The whole days of a range of durations; dates are whole days apart."""
    first, last = UP.divide(duration.low, _DAY), DOWN.divide(duration.high, _DAY)
    return first.to_integral_value(ROUND_CEILING), last.to_integral_value(ROUND_FLOOR)


_Inverse = Callable[[ValueRange, ValueRange], ValueRange]
_NUMBERS = Kind.NUMBER, Kind.NUMBER
INVERSES: dict[tuple[str, Kind, Kind], tuple[_Inverse, _Inverse]] = {
    ("+", *_NUMBERS): (_taken, _taken),
    ("-", *_NUMBERS): (_added, _taken_from),
    ("*", *_NUMBERS): (_divided, _divided),
    ("/", *_NUMBERS): (_multiplied, _dividend_over),
    ("-", Kind.DATE, Kind.DATE): (_dates_on, _dates_before),
}
"""By operator: the left operand from result and right one, the right operand from result and left one."""
