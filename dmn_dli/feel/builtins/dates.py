"""Making dates, times and durations, and reading the calendar (DMN 1.5, sections 10.3.4.1, 10.3.4.8)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from dmn_dli.feel import temporal
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.decimals import whole
from dmn_dli.feel.values import YearsMonthsDuration

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("date", "from: string", "date")
def date_from_text(text: str) -> datetime.date | None:
    """`date("2025-02-12")`."""
    return temporal.parse_date(text)


@builtin("date", "from: date|date and time", "date")
def date_from_date(moment: datetime.date) -> datetime.date:
    """The day of a date and time."""
    return datetime.date(moment.year, moment.month, moment.day)


@builtin("date", "year: number, month: number, day: number", "date")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> datetime.date | None:
    """`date(2025, 2, 12)`."""
    parts = [whole(part) for part in (year, month, day)]
    if None in parts:
        return None
    return temporal.made_date(*parts)  # type: ignore[arg-type]


@builtin("time", "from: string", "time")
def time_from_text(text: str) -> datetime.time | None:
    """`time("14:30:00Z")`."""
    return temporal.parse_time(text)


@builtin("time", "from: time|date and time", "time")
def time_from_moment(moment: datetime.time | datetime.datetime) -> datetime.time:
    """The time of day of a date and time, with its zone."""
    return moment.timetz() if isinstance(moment, datetime.datetime) else moment


@builtin("time", "from: date", "time")
def time_from_date(_: datetime.date) -> datetime.time:
    """A date's midnight, in UTC."""
    return datetime.time(tzinfo=datetime.UTC)


@builtin("time", "hour: number, minute: number, second: number, offset?: days and time duration", "time")
def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: datetime.timedelta | None = None
) -> datetime.time | None:
    """`time(14, 30, 0)`, `time(14, 30, 0, duration("PT1H"))`."""
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or not 0 <= second < 60:
        return None
    zone = None
    if offset is not None:
        zone = temporal.made_zone(int(offset.total_seconds()))
    microsecond = int(second % 1 * 1_000_000)
    return temporal.made_time(hours, minutes, int(second), microsecond, zone)


@builtin("date and time", "from: string", "date and time")
def moment_from_text(text: str) -> datetime.datetime | None:
    """`date and time("2025-02-12T14:30:00")`."""
    return temporal.parse_date_and_time(text)


@builtin("date and time", "from: date", "date and time")
def moment_from_date(day: datetime.date) -> datetime.datetime:
    """A date's midnight, in UTC."""
    return datetime.datetime.combine(day, datetime.time(tzinfo=datetime.UTC))


@builtin("date and time", "from: date and time", "date and time")
def moment_from_moment(moment: datetime.datetime) -> datetime.datetime:
    """The same."""
    return moment


@builtin("date and time", "date: date|date and time, time: time", "date and time")
def moment_from_parts(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The day of the first at the time of the second."""
    return datetime.datetime.combine(date_from_date(day), time)  # type: ignore[arg-type]


@builtin("duration", "from: string", "Any")
def duration_from_text(text: str) -> datetime.timedelta | YearsMonthsDuration | None:
    """`duration("P3D")`, `duration("P1Y6M")`."""
    return temporal.parse_duration(text)


@builtin(
    "years and months duration",
    "from: date|date and time, to: date|date and time",
    "years and months duration",
)
def months_between(start: datetime.date, end: datetime.date) -> YearsMonthsDuration:
    """The whole months from one day to the other; negative where the second is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonthsDuration(months)


@builtin("day of year", "date: date|date and time", "number")
def day_of_year(day: datetime.date) -> Decimal:
    """1 for the first of January."""
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week", "date: date|date and time", "string")
def day_of_week(day: datetime.date) -> str:
    """The weekday's English name."""
    return _DAYS[day.weekday()]


@builtin("month of year", "date: date|date and time", "string")
def month_of_year(day: datetime.date) -> str:
    """The month's English name."""
    return _MONTHS[day.month - 1]


@builtin("week of year", "date: date|date and time", "number")
def week_of_year(day: datetime.date) -> Decimal:
    """The week's number of ISO 8601."""
    return Decimal(day.isocalendar().week)
