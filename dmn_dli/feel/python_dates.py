"""The border between FEEL's temporal values and Python's: facts and records hold `datetime`'s.

Python's end with the year 9999 and count microseconds. What they cannot say stays FEEL's value.
"""

from __future__ import annotations

import datetime

from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    moment_at,
)
from dmn_dli.feel.zones import SECOND, Zone, offset_zone, zone_names

FIRST_DATE, LAST_DATE = DateValue(datetime.date.min.toordinal()), DateValue(datetime.date.max.toordinal())
"""The days that Python has, and so all that a fact may be."""

_MICROSECOND = 1_000
_WHOLE = datetime.timedelta(microseconds=1)


def from_date(date: datetime.date) -> DateValue:
    """The date of Python's date, or of its date and time."""
    return DateValue(date.toordinal())


def feel_fact(value: object) -> object:
    """The FEEL value of a fact's canonical value: Python's date as FEEL's, all else as it is."""
    return from_date(value) if type(value) is datetime.date else value


def python_fact(value: object) -> object:
    """A FEEL value as facts and compiled policies have it: a date as Python's, all else as it is."""
    return to_date(value) if type(value) is DateValue else value


def from_temporal(
    value: datetime.date | datetime.time | datetime.timedelta,
) -> DateValue | TimeValue | DateTimeValue | DaysTimeDuration:
    """FEEL's value of Python's. Raises TypeError for a zone that FEEL cannot write."""
    if isinstance(value, datetime.datetime):
        found = moment_at(value.toordinal(), _time(value.timetz(), value.utcoffset()))
        later = isinstance(found.zone, str) and bool(value.fold)
        return DateTimeValue(found.day, found.nanoseconds, found.zone, later=True) if later else found
    if isinstance(value, datetime.date):
        return from_date(value)
    if isinstance(value, datetime.time):
        return _time(value, value.utcoffset())
    return DaysTimeDuration(value // _WHOLE * _MICROSECOND)


def _time(value: datetime.time, offset: datetime.timedelta | None) -> TimeValue:
    zone = None if value.tzinfo is None else _zone(value.tzinfo, offset)
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return TimeValue(seconds * SECOND + value.microsecond * _MICROSECOND, zone)


def _zone(zone: datetime.tzinfo, offset: datetime.timedelta | None) -> Zone:
    name = getattr(zone, "key", None)
    if isinstance(name, str) and name in zone_names():
        return name
    whole = offset is not None and not offset % datetime.timedelta(seconds=1)
    seconds = offset_zone(round(offset.total_seconds())) if offset is not None and whole else None
    if seconds is None:
        raise TypeError(f"FEEL has no time zone such as {zone!r}")
    return seconds


def to_date(date: DateValue) -> datetime.date | DateValue:
    """Python's date; FEEL's own where Python has no such year."""
    return datetime.date.fromordinal(date.day) if FIRST_DATE.day <= date.day <= LAST_DATE.day else date


def to_temporal(value: DateValue | TimeValue | DateTimeValue | DaysTimeDuration) -> object:
    """Python's value of FEEL's; the value itself where Python's would be another."""
    match value:
        case DateValue():
            return to_date(value)
        case TimeValue():
            return value if value.nanoseconds % _MICROSECOND else _python_time(value)
        case DateTimeValue():
            day = to_date(value.date)
            if isinstance(day, DateValue) or value.nanoseconds % _MICROSECOND:
                return value
            return datetime.datetime.combine(day, _python_time(value.time)).replace(fold=int(value.later))
    if value.nanoseconds % _MICROSECOND:
        return value
    try:
        return datetime.timedelta(microseconds=value.nanoseconds // _MICROSECOND)
    except OverflowError:
        return value


def _python_time(value: TimeValue) -> datetime.time:
    minutes, second = divmod(value.nanoseconds // SECOND, 60)
    microsecond = value.nanoseconds % SECOND // _MICROSECOND
    return datetime.time(minutes // 60, minutes % 60, second, microsecond, tzinfo=_tzinfo(value.zone))


def _tzinfo(zone: Zone | None) -> datetime.tzinfo | None:
    if zone is None:
        return None
    if isinstance(zone, str):
        from zoneinfo import ZoneInfo

        return ZoneInfo(zone)
    return datetime.timezone(datetime.timedelta(seconds=zone)) if zone else datetime.UTC
