"""Arithmetic on numbers, strings, dates and durations (DMN 1.5, section 10.3.2.15); null where it fails."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from dmn_dli.feel.budget import limit_text, made
from dmn_dli.feel.comparison import clock_reading
from dmn_dli.feel.day_numbers import months_later
from dmn_dli.feel.decimals import CONTEXT, finite
from dmn_dli.feel.reasons import GATHERERS, note
from dmn_dli.feel.temporal_values import (
    DAY,
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
    at_midnight,
    date_of_day,
    duration_of_months,
    duration_of_nanoseconds,
    moment_at,
    moment_of,
)

_DURATIONS = (DaysTimeDuration, YearsMonthsDuration)

_MOST_DIGITS = 40
"""More digits than any duration has: what is beyond is not written out to see that it is too much."""

_TAKES = {
    "+": "two numbers, two strings, two durations of one kind, or a date or time and a duration",
    "-": "two numbers, two durations of one kind, two dates or times, or a date or time and a duration",
    "*": "two numbers, or a duration and a number",
    "/": "two numbers, two durations of one kind, or a duration and a number",
    "**": "two numbers",
}


def add(a: object, b: object) -> object:
    """`a + b`."""
    if type(a) is Decimal and type(b) is Decimal:
        return _number("+", CONTEXT.add(a, b), a, b)
    if type(a) is str and type(b) is str:
        limit_text(len(a) + len(b))
        return made(a + b)
    return _lasting("+", _sum, a, b)


def subtract(a: object, b: object) -> object:
    """`a - b`."""
    if type(a) is Decimal and type(b) is Decimal:
        return _number("-", CONTEXT.subtract(a, b), a, b)
    return _lasting("-", _difference, a, b)


def multiply(a: object, b: object) -> object:
    """`a * b`."""
    if type(a) is Decimal and type(b) is Decimal:
        return _number("*", CONTEXT.multiply(a, b), a, b)
    return _lasting("*", _product, a, b)


def divide(a: object, b: object) -> object:
    """`a / b`; null where b is zero."""
    if type(a) is Decimal and type(b) is Decimal:
        return _number("/", CONTEXT.divide(a, b), a, b)
    return _lasting("/", _quotient, a, b)


def power(a: object, b: object) -> object:
    """`a ** b`, of numbers alone."""
    if type(a) is Decimal and type(b) is Decimal:
        return _number("**", CONTEXT.power(a, b), a, b)
    return _without_value("**", a, b)


def negate(a: object) -> object:
    """`-a`, of a number or a duration."""
    if type(a) is Decimal:
        return CONTEXT.minus(a)
    if type(a) is YearsMonthsDuration:
        return YearsMonthsDuration(-a.months)
    if type(a) is DaysTimeDuration:
        return DaysTimeDuration(-a.nanoseconds)
    note("`-` takes a number or a duration, not {}", a)
    return None


def _number(operator: str, value: Decimal, a: Decimal, b: Decimal) -> Decimal | None:
    """The number, or null where the operation has no finite one."""
    return value if value.is_finite() else _without_value(operator, a, b)


def _lasting(operator: str, operation: Callable[[object, object], object], a: object, b: object) -> object:
    """The operation's value; null, with why, where it has none or leaves the calendar."""
    value = operation(a, b)
    return _without_value(operator, a, b) if value is None else value


def _without_value(operator: str, a: object, b: object) -> Decimal | None:
    """Null, and why."""
    if not GATHERERS.count:
        return None
    if operator == "/" and type(b) is Decimal and not b:
        note("{} is divided by zero", a)
    elif type(a) is Decimal and type(b) is Decimal:
        note(f"{{}} {operator} {{}} is no number, or one that is too large", a, b)
    elif a is None or b is None:
        note(f"`{operator}` has no value for {{}} and {{}}", a, b)
    else:
        note(f"`{operator}` has no value for {{}} and {{}} (it takes {_TAKES[operator]})", a, b)
    return None


def _sum(a: object, b: object) -> object:
    match a, b:
        case (DaysTimeDuration(), DaysTimeDuration()):
            return duration_of_nanoseconds(a.nanoseconds + b.nanoseconds)
        case (YearsMonthsDuration(), YearsMonthsDuration()):
            return duration_of_months(a.months + b.months)
        case (_, DaysTimeDuration()):
            return _moved(a, b.nanoseconds)
        case (DaysTimeDuration(), _):
            return _moved(b, a.nanoseconds)
        case (_, YearsMonthsDuration()):
            return _months_on(a, b.months)
        case (YearsMonthsDuration(), _):
            return _months_on(b, a.months)
    return None


def _difference(a: object, b: object) -> object:
    match a, b:
        case (DaysTimeDuration(), DaysTimeDuration()):
            return duration_of_nanoseconds(a.nanoseconds - b.nanoseconds)
        case (YearsMonthsDuration(), YearsMonthsDuration()):
            return duration_of_months(a.months - b.months)
        case (_, DaysTimeDuration()):
            return _moved(a, -b.nanoseconds)
        case (_, YearsMonthsDuration()):
            return _months_on(a, -b.months)
        case (DateValue(), DateValue()):
            return DaysTimeDuration((a.day - b.day) * DAY)
        case (DateValue() | DateTimeValue(), DateValue() | DateTimeValue()):
            return _between(*[at_midnight(day) if isinstance(day, DateValue) else day for day in (a, b)])
        case (TimeValue(), TimeValue()):
            return _between(a, b)
    return None


def _moved(start: object, by: int) -> DateValue | DateTimeValue | TimeValue | None:
    """A date, time or date and time so many nanoseconds on: along the time line, whatever clocks do there."""
    match start:
        case DateTimeValue():
            return moment_of(start.instant + by, start.zone)
        case DateValue():
            return date_of_day(start.day + by // DAY)
        case TimeValue():
            return TimeValue((start.nanoseconds + by) % DAY, start.zone)
    return None


def _months_on(start: object, months: int) -> DateValue | DateTimeValue | None:
    """The same day so many months on, or that month's last, at the same time of day."""
    if not isinstance(start, DateValue | DateTimeValue):
        return None
    day = months_later(start.day, months)
    if day is None:
        return None
    return moment_at(day, start.time) if isinstance(start, DateTimeValue) else DateValue(day)


def _between(a: TimeValue | DateTimeValue, b: TimeValue | DateTimeValue) -> DaysTimeDuration | None:
    """The time from the second to the first; null where one has a zone and the other has none."""
    (kind, left), (other_kind, right) = clock_reading(a), clock_reading(b)
    return DaysTimeDuration(left - right) if kind == other_kind else None


def _product(a: object, b: object) -> object:
    return _scaled(b, a) if type(a) is Decimal else _scaled(a, b)


def _scaled(duration: object, factor: object) -> object:
    if type(factor) is not Decimal:
        return None
    return _measured(duration, lambda amount: finite(CONTEXT.multiply(amount, factor)))


def _quotient(a: object, b: object) -> object:
    if type(b) is Decimal:
        return _measured(a, lambda amount: finite(CONTEXT.divide(amount, b)))
    if type(a) is type(b) and type(a) in _DURATIONS:
        return finite(CONTEXT.divide(amount_of(a), amount_of(b)))
    return None


def amount_of(duration: object) -> Decimal:
    """A duration as a number: months, or nanoseconds."""
    if isinstance(duration, YearsMonthsDuration):
        return Decimal(duration.months)
    assert isinstance(duration, DaysTimeDuration)
    return Decimal(duration.nanoseconds)


def _measured(duration: object, change: Callable[[Decimal], Decimal | None]) -> object:
    """The duration whose amount is changed; fractions of a month or nanosecond are cut off."""
    if type(duration) not in _DURATIONS:
        return None
    amount = change(amount_of(duration))
    if amount is None or (amount and amount.adjusted() > _MOST_DIGITS):
        return None
    if type(duration) is YearsMonthsDuration:
        return duration_of_months(int(amount))
    return duration_of_nanoseconds(int(amount))
