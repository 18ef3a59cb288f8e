"""Numeric functions (DMN 1.5, section 10.3.4.5)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.decimals import CONTEXT, finite, whole
from dmn_dli.feel.reasons import note
from dmn_dli.feel.temporal_values import DaysTimeDuration, YearsMonthsDuration

_MINIMUM_SCALE, _MAXIMUM_SCALE = -6111, 6176
_ZERO = Decimal(0)


def _scaled(number: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """The number rounded to `scale` digits behind the point."""
    digits = int(scale)
    if not _MINIMUM_SCALE <= digits <= _MAXIMUM_SCALE:
        note(f"the parameter `scale` lies between {_MINIMUM_SCALE} and {_MAXIMUM_SCALE}, not at {{}}", scale)
        return None
    if -int(number.as_tuple().exponent) <= digits:
        return number
    return finite(number.quantize(Decimal(1).scaleb(-digits, CONTEXT), rounding, CONTEXT))


@builtin("decimal", "n: number, scale: number", "number")
def decimal(number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded half to even."""
    return _scaled(number, scale, ROUND_HALF_EVEN)


@builtin("floor", "n: number, scale?: number", "number")
def floor(number: Decimal, *scale: Decimal | None) -> Decimal | None:
    """Rounded down, towards minus infinity; to a whole number where no scale is given."""
    return _to_scale(number, scale, ROUND_FLOOR)


@builtin("ceiling", "n: number, scale?: number", "number")
def ceiling(number: Decimal, *scale: Decimal | None) -> Decimal | None:
    """Rounded up, towards infinity; to a whole number where no scale is given."""
    return _to_scale(number, scale, ROUND_CEILING)


def _to_scale(number: Decimal, scale: tuple[Decimal | None, ...], rounding: str) -> Decimal | None:
    wanted = scale[0] if scale else _ZERO
    return None if wanted is None else _scaled(number, wanted, rounding)


@builtin("round up", "n: number, scale: number", "number")
def round_up(number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded away from zero."""
    return _scaled(number, scale, ROUND_UP)


@builtin("round down", "n: number, scale: number", "number")
def round_down(number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded towards zero."""
    return _scaled(number, scale, ROUND_DOWN)


@builtin("round half up", "n: number, scale: number", "number")
def round_half_up(number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded to the nearest, a half away from zero."""
    return _scaled(number, scale, ROUND_HALF_UP)


@builtin("round half down", "n: number, scale: number", "number")
def round_half_down(number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded to the nearest, a half towards zero."""
    return _scaled(number, scale, ROUND_HALF_DOWN)


@builtin("abs", "n: number", "number")
def absolute(number: Decimal) -> Decimal:
    """The number without its sign."""
    return CONTEXT.abs(number)


@builtin("abs", "n: days and time duration", "days and time duration")
def absolute_days(duration: DaysTimeDuration) -> DaysTimeDuration:
    """The duration without its sign."""
    return DaysTimeDuration(abs(duration.nanoseconds))


@builtin("abs", "n: years and months duration", "years and months duration")
def absolute_months(duration: YearsMonthsDuration) -> YearsMonthsDuration:
    """The duration without its sign."""
    return YearsMonthsDuration(abs(duration.months))


@builtin("modulo", "dividend: number, divisor: number", "number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder, with the divisor's sign; null where that is zero."""
    if not divisor:
        note("{} is divided by zero", dividend)
        return None
    remainder = finite(CONTEXT.remainder(dividend, divisor))
    if remainder and (remainder < 0) != (divisor < 0):
        return finite(CONTEXT.add(remainder, divisor))
    return remainder


@builtin("sqrt", "number: number", "number")
def square_root(number: Decimal) -> Decimal | None:
    """The square root; null of a negative number."""
    return finite(CONTEXT.sqrt(number))


@builtin("log", "number: number", "number")
def logarithm(number: Decimal) -> Decimal | None:
    """The natural logarithm; null of a number that is not positive."""
    return finite(CONTEXT.ln(number))


@builtin("exp", "number: number", "number")
def exponential(number: Decimal) -> Decimal | None:
    """Euler's number to the power of the number."""
    return finite(CONTEXT.exp(number))


@builtin("odd", "number: number", "boolean")
def odd(number: Decimal) -> bool | None:
    """Whether a whole number is odd."""
    integer = whole(number)
    return None if integer is None else integer % 2 == 1


@builtin("even", "number: number", "boolean")
def even(number: Decimal) -> bool | None:
    """Whether a whole number is even."""
    integer = whole(number)
    return None if integer is None else integer % 2 == 0
