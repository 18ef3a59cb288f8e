"""Time zones (DMN 1.5, section 10.3.2.3.4): an offset from UTC in seconds, or a name of the IANA data base.

Names are looked up with `zoneinfo`: in the system's data base, else in the package `tzdata`. Years that
Python's calendar lacks have the offsets that the zone's rules give them: before the first rule the local mean
time, after the last one what repeats with the calendar.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import TYPE_CHECKING

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.day_numbers import CYCLE

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Zone = int | str
"""Seconds east of UTC, or a zone's name."""

SECOND = 1_000_000_000
"""The nanoseconds of a second."""

SECONDS_OF_DAY = 86_400

MOST_SECONDS = 14 * 3600
"""The greatest offset, either way (XML Schema)."""

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)

# Between these days every zone is asked as it is; others are asked for a day some cycles off.
_LOW, _HIGH = CYCLE, 24 * CYCLE

# Links that say what this machine's zone is: the same text must mean the same everywhere.
_OF_THE_MACHINE = frozenset({"localtime", "posixrules"})


def parse_zone(text: str) -> Zone | None:
    """`Z`, an offset of at most 14 hours, or `@` and a zone's name; None for others.

    Raises FeelLimit for a name where there is no data base at all.
    """
    if text == "Z":
        return 0
    if text.startswith("@"):
        return text[1:] if text[1:] in zone_names() else None
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = int(found[2]), int(found[3]), int(found[4] or 0)
    if minutes > 59 or seconds > 59:
        return None
    total = hours * 3600 + minutes * 60 + seconds
    return offset_zone(-total if found[1] == "-" else total)


def offset_zone(seconds: int) -> int | None:
    """The zone of that offset; None where it is more than 14 hours."""
    return seconds if abs(seconds) <= MOST_SECONDS else None


@cache
def zone_names() -> frozenset[str]:
    """The names in the data base of time zones. Raises FeelLimit where there is none."""
    from zoneinfo import available_timezones

    names = available_timezones() - _OF_THE_MACHINE
    if not names:
        raise FeelLimit(
            "a time zone is named, but this system has no data base of time zones; install the package "
            "`tzdata`, or write the offset, such as `+01:00`"
        )
    return frozenset(names)


@cache
def _rules(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def fixed_offset(zone: Zone) -> int | None:
    """The zone's offset where it has one at all times, in seconds; None where it depends on the day."""
    if isinstance(zone, int):
        return zone
    offset = _rules(zone).utcoffset(None)
    return None if offset is None else round(offset.total_seconds())


def offset_at(zone: Zone, day: int, second: int, *, later: bool) -> int:
    """The zone's offset in seconds where its clocks show that second of that day.

    Where clocks are put back, a time comes twice; `later` says which is meant. A time that they leap over
    has the offset from before.
    """
    if isinstance(zone, int):
        return zone
    offset = _rules(zone).utcoffset(_wall(day, second).replace(fold=int(later)))
    assert offset is not None
    return round(offset.total_seconds())


def clock_of(zone: Zone, day: int, second: int) -> tuple[int, int, bool]:
    """What the zone's clocks show at a second of a day in UTC: day, second, and whether it is the later."""
    if isinstance(zone, int):
        days, second = divmod(second + zone, SECONDS_OF_DAY)
        return day + days, second, False
    rules = _rules(zone)
    moment = _wall(day, second)
    local = rules.fromutc(moment.replace(tzinfo=rules))
    days = local.toordinal() - moment.toordinal()
    return day + days, (local.hour * 60 + local.minute) * 60 + local.second, bool(local.fold)


def _wall(day: int, second: int) -> datetime.datetime:
    """The moment in Python's calendar; a day beyond what is sure to lie there by one of the same rules."""
    if not _LOW <= day < _HIGH:
        day = _LOW + (day - _LOW) % CYCLE if day < _LOW else _HIGH - CYCLE + (day - _HIGH) % CYCLE
    minutes, seconds = divmod(second, 60)
    midnight = datetime.datetime.fromordinal(day)
    return midnight.replace(hour=minutes // 60, minute=minutes % 60, second=seconds)
