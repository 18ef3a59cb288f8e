"""Types whose values have an order by which tests part them: numbers, dates, durations.

Of each: at which values its values may be cut, and what lies between two cuts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from dmn_dli.feel import DateValue, FeelType
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY
from dmn_dli.feel.decimals import number_between
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE, from_date
from dmn_dli.feel.temporal_values import (
    DAY,
    DaysTimeDuration,
    YearsMonthsDuration,
    duration_of_months,
    duration_of_nanoseconds,
)
from dmn_dli.feel.zones import SECOND

SOME_DATE = from_date(date(2000, 1, 1))
"""Stands for all dates where no test names one."""

_SOME_DURATION, _SOME_MONTHS = DaysTimeDuration(DAY), YearsMonthsDuration(12)

_HOUR = 3_600 * SECOND
_GRIDS = (DAY, _HOUR, 60 * SECOND, SECOND)
"""Durations that people write, the coarsest first."""


ORDERED = frozenset({FeelType.NUMBER, FeelType.DATE, FeelType.DAYS_DURATION, FeelType.YEARS_DURATION})
"""The types of which `order_of` knows an order."""


@frozen
class Order:
    """A type whose values have an order.

    cut: whether its values may be cut at a constant. holds: whether a cut is a value itself, which 1.5 is not
    of whole numbers. between: a value between two others, neither included, or beyond the one where the other
    is None; None where there is no such value.
    """

    cut: Callable[[object], bool]
    holds: Callable[[Any], bool]
    between: Callable[[Any, Any], object]


def order_of(type_: FeelType, *, integer: bool = False, computed: bool = False) -> Order | None:
    """The order of a type; None where its values have none here.

    integer: whether its numbers are whole. computed: whether dates may lie in years that no fact can have,
    before 1 or beyond 9999, as those may that FEEL works out.
    """
    match type_:
        case FeelType.NUMBER:
            return _WHOLE_NUMBERS if integer else _NUMBERS
        case FeelType.DATE:
            return _COMPUTED_DATES if computed else _DATES
        case FeelType.DAYS_DURATION:
            return _DAYS
        case FeelType.YEARS_DURATION:
            return _MONTHS
    return None


def amount_of(value: object) -> Decimal | None:
    """A number itself, a date's day, a duration's nanoseconds or months; None for values without order here.

    Values of one type are ordered as their amounts are.
    """
    match value:
        case Decimal():
            return value
        case (
            DateValue(day=amount) | DaysTimeDuration(nanoseconds=amount) | YearsMonthsDuration(months=amount)
        ):
            return Decimal(amount)
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _whole_between(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None:
        below = number_between(None, high)
        return None if below is None else below.to_integral_value(rounding="ROUND_FLOOR")
    above = number_between(low.to_integral_value(rounding="ROUND_FLOOR"), None)
    return above if above is not None and (high is None or above < high) else None


def _dates(first: int, last: int) -> Order:
    def cut(value: object) -> bool:
        return isinstance(value, DateValue) and first <= value.day <= last

    def between(low: DateValue | None, high: DateValue | None) -> DateValue | None:
        day = _next(low.day if low else None, high.day if high else None, SOME_DATE.day)
        return DateValue(day) if day is not None and first <= day <= last else None

    return Order(cut, _any, between)


def _next(low: int | None, high: int | None, usual: int) -> int | None:
    """The next whole number after `low`, if it lies before `high`; without `low` the last before `high`."""
    if low is None:
        return usual if high is None else high - 1
    return low + 1 if high is None or low + 1 < high else None


def _months_between(
    low: YearsMonthsDuration | None, high: YearsMonthsDuration | None
) -> YearsMonthsDuration | None:
    months = _next(low.months if low else None, high.months if high else None, _SOME_MONTHS.months)
    return None if months is None else duration_of_months(months)


def _duration_between(low: DaysTimeDuration | None, high: DaysTimeDuration | None) -> DaysTimeDuration | None:
    """The next whole days, hours, minutes or seconds, the coarsest that lie between, else the middle."""
    if low is None:
        if high is None:
            return _SOME_DURATION
        return duration_of_nanoseconds((-(-high.nanoseconds // DAY) - 1) * DAY)
    for unit in _GRIDS:
        after = (low.nanoseconds // unit + 1) * unit
        if high is None or after < high.nanoseconds:
            return duration_of_nanoseconds(after)
    assert high is not None, "a day lies after every duration"
    middle = (low.nanoseconds + high.nanoseconds) // 2
    return DaysTimeDuration(middle) if middle > low.nanoseconds else None


def _is_duration(value: object) -> bool:
    return isinstance(value, DaysTimeDuration)


def _is_months(value: object) -> bool:
    return isinstance(value, YearsMonthsDuration)


def _any(value: object) -> bool:  # noqa: ARG001 - the signature is that of `Order.holds`
    return True


_NUMBERS = Order(_is_number, _any, number_between)
_WHOLE_NUMBERS = Order(_is_number, _is_whole, _whole_between)
_DATES = _dates(FIRST_DATE.day, LAST_DATE.day)
_COMPUTED_DATES = _dates(FIRST_DAY, LAST_DAY)
_DAYS = Order(_is_duration, _any, _duration_between)
_MONTHS = Order(_is_months, _any, _months_between)
