"""Values of ordered types as places on a line, so that what lies between two of them can be worked out.

A number stands at itself, a date at its day, a duration at its months or nanoseconds, all as exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from dmn_dli.feel import DateValue, FeelType
from dmn_dli.feel.decimals import CONTEXT, finite
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.feel.temporal_values import (
    DAY,
    DateTimeValue,
    TimeValue,
    duration_of_months,
    duration_of_nanoseconds,
)
from dmn_dli.feel.zones import SECOND
from dmn_dli.tables.orders import amount_of

_FARTHEST = 100
"""Numbers beyond ten to this power, or as near to zero, have no place: their fractions would be endless."""

_DIGITS = 9
"""How many digits a number is rounded to at most before it stays as it is."""


@frozen
class Scale:
    """The line of a type.

    value: what stands at a place, or nearest to it where nothing does; None beyond the end. grid: how far
    apart values are, 0 where there is always one between. steps: distances that people think in, the shortest
    first. usual: places worth trying whatever the constants are.
    """

    value: Callable[[Fraction], object]
    grid: int
    steps: tuple[Fraction, ...]
    usual: tuple[Fraction, ...]

    def rounder(self, place: Fraction) -> Iterator[Fraction]:
        """Places near one, the roundest first, up to the place itself."""
        if self.grid:
            for step in reversed(self.steps):
                yield round(place / step) * step
        elif place:
            size = CONTEXT.divide(Decimal(place.numerator), Decimal(place.denominator)).adjusted()
            for exponent in range(size, size - _DIGITS, -1):
                unit = Fraction(10) ** exponent
                yield round(place / unit) * unit
        yield place


def place_of(value: object) -> Fraction | None:
    """Where a value stands on the line of its type; None for one that has none, such as null or text."""
    match value:
        case Decimal():
            return Fraction(value) if value.is_finite() and abs(value.adjusted()) < _FARTHEST else None
        case DateTimeValue():
            return Fraction(value.instant)
        case TimeValue():
            return Fraction(value.nanoseconds - (value.offset or 0) * SECOND)
    amount = amount_of(value)
    return None if amount is None else Fraction(amount)


def scale_of(type_: FeelType, *, integer: bool = False) -> Scale | None:
    """The line of a fact's type; None where its values have none."""
    match type_:
        case FeelType.NUMBER:
            return _WHOLE_NUMBERS if integer else _NUMBERS
        case FeelType.DATE:
            return _DATES
        case FeelType.DAYS_DURATION:
            return _DURATIONS
        case FeelType.YEARS_DURATION:
            return _MONTHS
    return None


def _number(place: Fraction) -> Decimal | None:
    return finite(CONTEXT.divide(Decimal(place.numerator), Decimal(place.denominator)))


def _whole_number(place: Fraction) -> Decimal:
    return CONTEXT.create_decimal(round(place))


def _date(place: Fraction) -> DateValue | None:
    day = round(place)
    return DateValue(day) if FIRST_DATE.day <= day <= LAST_DATE.day else None


def _fractions(*values: Any) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, values))


def _both_ways(*values: Any) -> tuple[Fraction, ...]:
    return (*_fractions(0, *values), *[-each for each in _fractions(*values)])


_SIZES = (1, 2, 3, 7, 10, 37, 70, 100, 175, 1_000, 10_000, 10**5, 10**6, 10**8)
_WHOLE_NUMBERS = Scale(_whole_number, 1, _fractions(1, 10, 100, 1_000), _both_ways(*_SIZES))
_NUMBERS = Scale(
    _number,
    0,
    _fractions("0.000001", "0.001", "0.01", "0.1", 1, 10, 100, 1_000),
    _both_ways("0.001", "0.1", "0.5", "1.5", "1.75", *_SIZES),
)
_CALENDAR = (
    *((1900, 1, 1), (1950, 6, 15), (1980, 2, 29), (1999, 12, 31), (2000, 1, 1), (2000, 2, 29), (2007, 9, 30)),
    *((2015, 3, 31), (2023, 2, 28), (2024, 2, 29), (2024, 3, 1), (2025, 1, 31), (2025, 12, 31), (2060, 7, 4)),
)
_DATES = Scale(
    _date,
    1,
    _fractions(1, 2, 28, 31, 366, 3_653, 36_525),
    _fractions(*[date(*each).toordinal() for each in _CALENDAR]),
)
_CLOCK = (1, SECOND, 60 * SECOND, 3_600 * SECOND, DAY, 7 * DAY, 30 * DAY, 365 * DAY, 3_653 * DAY)
_DURATIONS = Scale(
    lambda place: duration_of_nanoseconds(round(place)), 1, _fractions(*_CLOCK), _both_ways(*_CLOCK[1:])
)
_MONTHS = Scale(
    lambda place: duration_of_months(round(place)),
    1,
    _fractions(1, 12, 120),
    _both_ways(1, 6, 12, 24, 60, 216, 780, 1_200),
)
