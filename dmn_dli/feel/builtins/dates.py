"""Making dates, times and durations, and reading the calendar (DMN 1.5, sections 10.3.4.1, 10.3.4.8)."""

from __future__ import annotations

from decimal import Decimal

from dmn_dli.feel import temporal
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.day_numbers import like_day, year_month_day
from dmn_dli.feel.decimals import whole
from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
    at_midnight,
    made_date,
    made_time,
    moment_at,
)
from dmn_dli.feel.zones import SECOND, offset_zone

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# No part of a date or time has more digits; what has is not written out to see that it is too much.
_MOST_DIGITS = 10


def _parts(*numbers: Decimal) -> list[int] | None:
    """The numbers as whole ones; None where one is none, or can be no part of a date or time."""
    if any(number and number.adjusted() > _MOST_DIGITS for number in numbers):
        return None
    parts = [whole(number) for number in numbers]
    return None if None in parts else parts  # type: ignore[return-value]


@builtin("date", "from: string", "date")
def date_from_text(text: str) -> DateValue | None:
    """`date("2025-02-12")`."""
    return temporal.parse_date(text)


@builtin("date", "from: date|date and time", "date")
def date_from_date(moment: DateValue | DateTimeValue) -> DateValue:
    """The day of a date and time."""
    return DateValue(moment.day)


@builtin("date", "year: number, month: number, day: number", "date")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> DateValue | None:
    """`date(2025, 2, 12)`."""
    parts = _parts(year, month, day)
    return None if parts is None else made_date(*parts)


@builtin("time", "from: string", "time")
def time_from_text(text: str) -> TimeValue | None:
    """`time("14:30:00Z")`."""
    return temporal.parse_time(text)


@builtin("time", "from: time|date and time", "time")
def time_from_moment(moment: TimeValue | DateTimeValue) -> TimeValue:
    """The time of day of a date and time, with its zone."""
    return moment.time if isinstance(moment, DateTimeValue) else moment


@builtin("time", "from: date", "time")
def time_from_date(_: DateValue) -> TimeValue:
    """A date's midnight, in UTC."""
    return TimeValue(0, 0)


@builtin("time", "hour: number, minute: number, second: number, offset?: days and time duration", "time")
def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTimeDuration | None = None
) -> TimeValue | None:
    """`time(14, 30, 0)`, `time(14, 30, 0, duration("PT1H"))`; of the second nine decimals count."""
    parts = _parts(hour, minute)
    if parts is None or not 0 <= second < 60:
        return None
    zone = None
    if offset is not None:
        seconds, rest = divmod(offset.nanoseconds, SECOND)
        zone = None if rest else offset_zone(seconds)
        if zone is None:
            return None
    hours, minutes = parts
    return made_time(hours, minutes, int(second), int(second % 1 * SECOND), zone)


@builtin("date and time", "from: string", "date and time")
def moment_from_text(text: str) -> DateTimeValue | None:
    """`date and time("2025-02-12T14:30:00")`."""
    return temporal.parse_date_and_time(text)


@builtin("date and time", "from: date", "date and time")
def moment_from_date(day: DateValue) -> DateTimeValue:
    """A date's midnight, in UTC."""
    return at_midnight(day)


@builtin("date and time", "from: date and time", "date and time")
def moment_from_moment(moment: DateTimeValue) -> DateTimeValue:
    """The same."""
    return moment


@builtin("date and time", "date: date|date and time, time: time", "date and time")
def moment_from_parts(day: DateValue | DateTimeValue, time: TimeValue) -> DateTimeValue:
    """The day of the first at the time of the second."""
    return moment_at(day.day, time)


@builtin("duration", "from: string", "Any")
def duration_from_text(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    """`duration("P3D")`, `duration("P1Y6M")`."""
    return temporal.parse_duration(text)


@builtin(
    "years and months duration",
    "from: date|date and time, to: date|date and time",
    "years and months duration",
)
def months_between(start: DateValue | DateTimeValue, end: DateValue | DateTimeValue) -> YearsMonthsDuration:
    """The whole months from one day to the other; negative where the second is earlier."""
    (year, month, day), (end_year, end_month, end_day) = map(year_month_day, (start.day, end.day))
    months = (end_year - year) * 12 + end_month - month
    if months > 0 and end_day < day:
        months -= 1
    elif months < 0 and end_day > day:
        months += 1
    return YearsMonthsDuration(months)


@builtin("day of year", "date: date|date and time", "number")
def day_of_year(day: DateValue | DateTimeValue) -> Decimal:
    """1 for the first of January."""
    return Decimal(like_day(day.day).timetuple().tm_yday)


@builtin("day of week", "date: date|date and time", "string")
def day_of_week(day: DateValue | DateTimeValue) -> str:
    """The weekday's English name."""
    return _DAYS[like_day(day.day).weekday()]


@builtin("month of year", "date: date|date and time", "string")
def month_of_year(day: DateValue | DateTimeValue) -> str:
    """The month's English name."""
    return _MONTHS[like_day(day.day).month - 1]


@builtin("week of year", "date: date|date and time", "number")
def week_of_year(day: DateValue | DateTimeValue) -> Decimal:
    """The week's number of ISO 8601."""
    return Decimal(like_day(day.day).isocalendar().week)
