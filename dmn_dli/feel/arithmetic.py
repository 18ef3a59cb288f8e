"""Arithmetic on numbers, strings, dates and durations (DMN 1.5, section 10.3.2.15); null where it fails."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from decimal import Decimal

from dmn_dli.feel.budget import limit_text
from dmn_dli.feel.decimals import CONTEXT, finite
from dmn_dli.feel.reasons import gathering, note
from dmn_dli.feel.temporal import made_date
from dmn_dli.feel.values import YearsMonthsDuration, duration_of_months

_SOME_DAY = datetime.date(2000, 1, 1)
_DAY = datetime.timedelta(days=1)
_MICROSECOND = datetime.timedelta(microseconds=1)

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
        return a + b
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
    if type(a) is datetime.timedelta:
        return _lasting("*", _scaled, a, Decimal(-1))
    note("`-` takes a number or a duration, not {}", a)
    return None


def _number(operator: str, value: Decimal, a: Decimal, b: Decimal) -> Decimal | None:
    """The number, or null where the operation has no finite one."""
    return value if value.is_finite() else _without_value(operator, a, b)


def _lasting(operator: str, operation: Callable[[object, object], object], a: object, b: object) -> object:
    """The operation's value, or null where it leaves Python's calendar."""
    try:
        value = operation(a, b)
    except OverflowError:
        value = None
    return _without_value(operator, a, b) if value is None else value


def _without_value(operator: str, a: object, b: object) -> Decimal | None:
    """Null, and why."""
    if not gathering():
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
        case (datetime.timedelta(), datetime.timedelta()):
            return a + b
        case (YearsMonthsDuration(), YearsMonthsDuration()):
            return duration_of_months(a.months + b.months)
        case (datetime.date() | datetime.time(), datetime.timedelta() | YearsMonthsDuration()):
            return _moved(a, b)
        case (datetime.timedelta() | YearsMonthsDuration(), datetime.date() | datetime.time()):
            return _moved(b, a)
    return None


def _difference(a: object, b: object) -> object:
    match a, b:
        case (datetime.timedelta(), datetime.timedelta()):
            return a - b
        case (YearsMonthsDuration(), YearsMonthsDuration()):
            return duration_of_months(a.months - b.months)
        case (datetime.date() | datetime.time(), datetime.timedelta()):
            return _moved(a, -b)
        case (datetime.date(), YearsMonthsDuration()):
            return _moved(a, YearsMonthsDuration(-b.months))
        case (datetime.date(), datetime.date()):
            return _days_between(a, b)
        case (datetime.time(), datetime.time()):
            return _between_times(a, b)
    return None


def _moved(
    start: datetime.date | datetime.time, by: datetime.timedelta | YearsMonthsDuration
) -> datetime.date | datetime.time | None:
    if isinstance(by, datetime.timedelta):
        if isinstance(start, datetime.time):
            moment = datetime.datetime.combine(_SOME_DAY, start.replace(tzinfo=None)) + by % _DAY
            return moment.timetz().replace(tzinfo=start.tzinfo)
        return start + by
    if isinstance(start, datetime.time):
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + by.months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    date = made_date(year, month + 1, day)
    if date is None or not isinstance(start, datetime.datetime):
        return date
    return datetime.datetime.combine(date, start.timetz())


def _days_between(a: datetime.date, b: datetime.date) -> datetime.timedelta | None:
    """The time between two days or moments; a day is its midnight in UTC."""
    left, right = _moment(a), _moment(b)
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if left.tzinfo is not None:  # Python compares wall clocks where both have one zone object
        left, right = left.astimezone(datetime.UTC), right.astimezone(datetime.UTC)
    return left - right


def _moment(day: datetime.date) -> datetime.datetime:
    if isinstance(day, datetime.datetime):
        return day
    return datetime.datetime.combine(day, datetime.time(tzinfo=datetime.UTC))


def _between_times(a: datetime.time, b: datetime.time) -> datetime.timedelta | None:
    if (a.tzinfo is None) != (b.tzinfo is None):
        return None
    left, right = (_since_midnight(time) for time in (a, b))
    return left - right


def _since_midnight(time: datetime.time) -> datetime.timedelta:
    wall = datetime.timedelta(
        hours=time.hour, minutes=time.minute, seconds=time.second, microseconds=time.microsecond
    )
    return wall - (time.utcoffset() or datetime.timedelta())


def _product(a: object, b: object) -> object:
    return _scaled(b, a) if type(a) is Decimal else _scaled(a, b)


def _scaled(duration: object, factor: object) -> object:
    if type(factor) is not Decimal:
        return None
    return _measured(duration, lambda amount: finite(CONTEXT.multiply(amount, factor)))


def _quotient(a: object, b: object) -> object:
    if type(b) is Decimal:
        return _measured(a, lambda amount: finite(CONTEXT.divide(amount, b)))
    if type(a) is type(b) and type(a) in (datetime.timedelta, YearsMonthsDuration):
        return finite(CONTEXT.divide(amount_of(a), amount_of(b)))
    return None


def amount_of(duration: object) -> Decimal:
    """A duration as a number: months, or microseconds."""
    if isinstance(duration, YearsMonthsDuration):
        return Decimal(duration.months)
    return Decimal(duration // _MICROSECOND)  # type: ignore[operator]


def _measured(duration: object, change: Callable[[Decimal], Decimal | None]) -> object:
    """The duration whose amount is changed; fractions of a month or microsecond are cut off."""
    if type(duration) not in (datetime.timedelta, YearsMonthsDuration):
        return None
    amount = change(amount_of(duration))
    if amount is None:
        return None
    if type(duration) is YearsMonthsDuration:
        return duration_of_months(int(amount))
    return datetime.timedelta(microseconds=int(amount))
