"""Days of the proleptic Gregorian calendar as numbers, for the years that DMN and XML Schema allow.

Day 1 is the first of January of the year 1, as in `datetime.date.toordinal`; the year before is 0 (XML
Schema 1.1). The calendar repeats every 400 years, weekdays included, so that Python's own, which ends where
years have four digits, answers for all of them.
"""

from __future__ import annotations

import datetime

CYCLE = 146_097
"""The days of 400 years."""

MOST_YEARS = 999_999_999
"""Years run from minus this to this (DMN 1.5, section 10.3.2.3.5, by XML Schema's time line)."""


def day_number(year: int, month: int, day: int) -> int | None:
    """The number of a day, or None where there is no such day, or the year is out of bounds."""
    if abs(year) > MOST_YEARS:
        return None
    cycle, rest = divmod(year - 1, 400)
    try:
        return cycle * CYCLE + datetime.date(rest + 1, month, day).toordinal()
    except (ValueError, OverflowError):
        return None


def _number_of(year: int, month: int, day: int) -> int:
    number = day_number(year, month, day)
    assert number is not None
    return number


FIRST_DAY = _number_of(-MOST_YEARS, 1, 1)
LAST_DAY = _number_of(MOST_YEARS, 12, 31)


def like_day(number: int) -> datetime.date:
    """The day of the years 1 to 400 that lies in its year, month and week as this one does."""
    return datetime.date.fromordinal((number - 1) % CYCLE + 1)


def year_month_day(number: int) -> tuple[int, int, int]:
    """The year, month and day of a day's number."""
    like = like_day(number)
    return like.year + (number - 1) // CYCLE * 400, like.month, like.day


def months_later(number: int, months: int) -> int | None:
    """The same day of another month, or that month's last; None where the year is out of bounds."""
    year, month, day = year_month_day(number)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return day_number(year, month + 1, min(day, _length(year, month)))


def _length(year: int, month: int) -> int:
    """How many days a month has, 0 being January."""
    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month] + leap


_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
