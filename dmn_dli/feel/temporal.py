"""Reads dates, times and durations as XML Schema and FEEL write them (DMN 1.5, sections 10.3.1.2, 10.3.4.1).

Years run from -999999999 to 999999999, those beyond 9999 without leading zeros, none with `+`; fractions of
a second have at most nine digits. What is written otherwise is null. All raise FeelLimit where a zone is
named and there is no data base of zones.
"""

from __future__ import annotations

import re

from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    Temporal,
    TimeValue,
    YearsMonthsDuration,
    date_of_day,
    duration_of_months,
    duration_of_nanoseconds,
    made_date,
    made_time,
    moment_at,
)
from dmn_dli.feel.zones import SECOND, parse_zone

_DATE = re.compile(r"(-?(?:[1-9]\d{3,8}|0\d{3}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@.+)?", re.ASCII)
_COUNT = r"\d{1,30}"
# `PT0.S` is written so in the standard's own suite.
_DAYS = re.compile(
    rf"(-)?P(?:({_COUNT})D)?(T(?=\d)(?:({_COUNT})H)?(?:({_COUNT})M)?(?:({_COUNT})(?:\.(\d{{0,9}}))?S)?)?",
    re.ASCII,
)
_MONTHS = re.compile(rf"(-)?P(?=\d)(?:({_COUNT})Y)?(?:({_COUNT})M)?", re.ASCII)
_END_OF_DAY = "24:"


def parse_date(text: str) -> DateValue | None:
    """`2025-02-12`, or null."""
    found = _DATE.fullmatch(text)
    return None if found is None else made_date(int(found[1]), int(found[2]), int(found[3]))


def parse_time(text: str) -> TimeValue | None:
    """`14:30:00`, `14:30:00.5Z`, `14:30:00+01:00`, `14:30:00@Europe/Paris`, or null."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    zone = parse_zone(found[5]) if found[5] else None
    if found[5] and zone is None:
        return None
    return made_time(int(found[1]), int(found[2]), int(found[3]), _nanoseconds(found[4]), zone)


def _nanoseconds(fraction: str | None) -> int:
    return int((fraction or "").ljust(9, "0"))


def parse_date_and_time(text: str) -> DateTimeValue | None:
    """`2025-02-12T14:30:00` with any zone; a date alone means its midnight. Null for others."""
    day, separator, clock = text.partition("T")
    date = parse_date(day)
    if date is None or not separator:
        return None if date is None else DateTimeValue(date.day, 0)
    time = parse_time(clock)
    if time is not None and clock.startswith(_END_OF_DAY):
        date = date_of_day(date.day + 1)
    return None if time is None or date is None else moment_at(date.day, time)


def parse_duration(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    """`P3DT4H`, `-PT0.5S`, `P1Y6M`, or null."""
    months = _MONTHS.fullmatch(text)
    if months is not None and (months[2] or months[3]):
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return duration_of_months(-count if months[1] else count)
    found = _DAYS.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    days, hours, minutes, seconds = (int(found[place] or 0) for place in (2, 4, 5, 6))
    total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND + _nanoseconds(found[7])
    return duration_of_nanoseconds(-total if found[1] else total)


def parse_temporal(text: str) -> Temporal | None:
    """What `@"…"` means: a date, a date and time, a time or a duration; null where it is none of these."""
    if "T" in text and not text.lstrip("-").startswith("P") and "@" not in text.partition("T")[0]:
        return parse_date_and_time(text)
    return parse_date(text) or parse_time(text) or parse_duration(text)
