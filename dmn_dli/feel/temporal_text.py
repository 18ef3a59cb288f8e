"""Dates, times and durations as text that reads back, as XML Schema has it (DMN 1.5, section 10.3.4.1).

Without idle zeros and parts: `2025-02-12`, `14:30:00.5Z`, `P1DT12H`, `P1Y`.
"""

from __future__ import annotations

from dmn_dli.feel.day_numbers import year_month_day
from dmn_dli.feel.zones import SECOND, SECONDS_OF_DAY, Zone


def date_text(day: int) -> str:
    """The date of a day's number."""
    year, month, day = year_month_day(day)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def time_text(nanoseconds: int, zone: Zone | None) -> str:
    """A time of day with its zone."""
    seconds, rest = divmod(nanoseconds, SECOND)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{_fraction(rest)}{_zone(zone)}"


def _fraction(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


def _zone(zone: Zone | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if not zone:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    sign = "-" if zone < 0 else "+"
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def duration_text(nanoseconds: int) -> str:
    """A days and time duration."""
    if not nanoseconds:
        return "PT0S"
    seconds, rest = divmod(abs(nanoseconds), SECOND)
    days, seconds = divmod(seconds, SECONDS_OF_DAY)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    clock = "".join(f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M")) if amount)
    if seconds or rest:
        clock += f"{seconds}{_fraction(rest)}S"
    sign = "-" if nanoseconds < 0 else ""
    return f"{sign}P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")


def months_text(count: int) -> str:
    """A years and months duration."""
    if not count:
        return "P0M"
    years, months = divmod(abs(count), 12)
    sign = "-" if count < 0 else ""
    return f"{sign}P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
