"""Dates, times and durations as text (DMN 1.5, section 10.3.2.3), as ISO 8601 writes them.

Python's calendar ends where years have four digits, and its clocks count
microseconds: years outside 1 to 9999 are null, finer fractions are cut off.
"""

from __future__ import annotations

import datetime
import re

from dmn_dli.feel.values import YearsMonthsDuration, duration_of_months

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]+)?", re.ASCII
)
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_END_OF_DAY = re.compile(r"24:00:00(?:\.0+)?(?![\d.])")
_MAXIMUM_OFFSET = 14 * 3600
_MAXIMUM_DIGITS = 18


def parse_date(text: str) -> datetime.date | None:
    """`2025-02-12`, or None."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    return made_date(int(found[1]), int(found[2]), int(found[3]))


def made_date(year: int, month: int, day: int) -> datetime.date | None:
    """The date, or None where there is no such day."""
    try:
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def parse_time(text: str) -> datetime.time | None:
    """`14:30:00`, `14:30:00.5Z`, `14:30:00+01:00`, `14:30:00@Europe/Paris`, or None."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    zone = parse_zone(found[5]) if found[5] else None
    if found[5] and zone is None:
        return None
    microsecond = int((found[4] or "")[:6].ljust(6, "0"))
    return made_time(int(found[1]), int(found[2]), int(found[3]), microsecond, zone)


def made_time(
    hour: int, minute: int, second: int, microsecond: int = 0, zone: datetime.tzinfo | None = None
) -> datetime.time | None:
    """The time of day, or None where there is none such."""
    try:
        return datetime.time(hour, minute, second, microsecond, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def parse_zone(text: str) -> datetime.tzinfo | None:
    """`Z`, an offset of at most 14 hours, or `@` and a zone's name in the IANA data base; None for others."""
    if text == "Z":
        return datetime.UTC
    if text.startswith("@"):
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(text[1:])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    hours, minutes, *rest = (int(part) for part in text[1:].split(":"))
    seconds = hours * 3600 + minutes * 60 + sum(rest)
    if seconds > _MAXIMUM_OFFSET or minutes > 59 or sum(rest) > 59:
        return None
    return made_zone(-seconds if text[0] == "-" else seconds)


def made_zone(seconds: int) -> datetime.timezone:
    """The zone of that offset from UTC, in seconds."""
    return datetime.timezone(datetime.timedelta(seconds=seconds)) if seconds else datetime.UTC


def parse_date_and_time(text: str) -> datetime.datetime | None:
    """`2025-02-12T14:30:00` with any zone; a date alone means its midnight. None for others."""
    day, separator, clock = text.partition("T")
    date = parse_date(day)
    if date is None or not separator:
        return None if date is None else datetime.datetime.combine(date, datetime.time())
    if _END_OF_DAY.match(clock) and date < datetime.date.max:
        date, clock = date + datetime.timedelta(days=1), "00" + clock[2:]
    time = parse_time(clock)
    return None if time is None else datetime.datetime.combine(date, time)


def midnight(day: datetime.date) -> datetime.datetime:
    """The day where a date and time is due: its midnight in UTC (DMN 1.5, section 10.3.2.9.4)."""
    return datetime.datetime.combine(day, datetime.time(tzinfo=datetime.UTC))


def parse_duration(text: str) -> datetime.timedelta | YearsMonthsDuration | None:
    """`P3DT4H`, `-PT0.5S`, `P1Y6M`, or None."""
    months = _MONTHS.fullmatch(text)
    if months is not None and (months[2] or months[3]):
        if max(len(part or "") for part in months.groups()) > _MAXIMUM_DIGITS:
            return None
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return duration_of_months(-count if months[1] else count)
    found = _DAYS.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    try:
        duration = datetime.timedelta(
            days=int(found[2] or 0),
            hours=int(found[4] or 0),
            minutes=int(found[5] or 0),
            seconds=int(found[6] or 0),
            microseconds=int((found[7] or "")[:6].ljust(6, "0")),
        )
        return -duration if found[1] else duration
    except (OverflowError, ValueError):
        return None


def parse_temporal(text: str) -> object:
    """What `@"…"` means: a date, a date and time, a time or a duration; None where it is none of these."""
    if "T" in text and not text.lstrip("-").startswith("P"):
        return parse_date_and_time(text)
    return parse_date(text) or parse_time(text) or parse_duration(text)
