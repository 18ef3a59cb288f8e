"""FEEL's dates, times and durations as values (DMN 1.5, sections 10.3.2.3.4 to 10.3.2.3.9).

Python's own end with the year 9999 and count microseconds; these reach as far as the standard and count
nanoseconds. All are plain whole numbers, and `str` gives the text that reads back. Two that are equal as
Python has it are the same value; whether FEEL holds two equal is for `comparison` to say (`10:00:00Z` equals
`11:00:00+01:00`).
"""

from __future__ import annotations

from attrs import field, frozen

from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY, day_number, year_month_day
from dmn_dli.feel.temporal_text import date_text, duration_text, months_text, time_text
from dmn_dli.feel.zones import SECOND, SECONDS_OF_DAY, Zone, clock_of, fixed_offset, offset_at

DAY = SECONDS_OF_DAY * SECOND
"""The nanoseconds of a day."""

# Far beyond any calendar: so that a duration, counted in nanoseconds, is a number that FEEL holds exactly.
_MOST_NANOSECONDS = 10**34


@frozen(eq=False)
class DateValue:
    """A date: the number of its day, as `day_numbers` counts them."""

    day: int

    @property
    def year_month_day(self) -> tuple[int, int, int]:
        """Its year, month and day of the month."""
        return year_month_day(self.day)

    def __str__(self) -> str:
        return date_text(self.day)

    # Written out, since masks and sorted constants compare days all the time.
    def __eq__(self, other: object) -> bool:
        return self.day == other.day if type(other) is DateValue else NotImplemented

    def __hash__(self) -> int:
        return hash(self.day)

    def __lt__(self, other: DateValue) -> bool:
        return self.day < other.day if type(other) is DateValue else NotImplemented

    def __le__(self, other: DateValue) -> bool:
        return self.day <= other.day if type(other) is DateValue else NotImplemented

    def __gt__(self, other: DateValue) -> bool:
        return self.day > other.day if type(other) is DateValue else NotImplemented

    def __ge__(self, other: DateValue) -> bool:
        return self.day >= other.day if type(other) is DateValue else NotImplemented


@frozen
class TimeValue:
    """A time of day, in nanoseconds since midnight, with its zone or none."""

    nanoseconds: int
    zone: Zone | None = None

    @property
    def offset(self) -> int | None:
        """The zone's offset in seconds; None without zone, or where the offset depends on the day."""
        return None if self.zone is None else fixed_offset(self.zone)

    def __str__(self) -> str:
        return time_text(self.nanoseconds, self.zone)


@frozen
class DateTimeValue:
    """A date and time: a day, the nanoseconds since its midnight as the clocks there show them, and a zone.

    later: of two times that a named zone's clocks show twice, as they are put back, the second one. Only
    arithmetic gives it; it has no text of its own.
    """

    day: int
    nanoseconds: int
    zone: Zone | None = None
    later: bool = field(default=False, kw_only=True)

    @property
    def date(self) -> DateValue:
        """The day alone."""
        return DateValue(self.day)

    @property
    def time(self) -> TimeValue:
        """The time of day alone, with the zone."""
        return TimeValue(self.nanoseconds, self.zone)

    @property
    def offset(self) -> int | None:
        """The zone's offset at that time, in seconds; None without zone."""
        if self.zone is None or isinstance(self.zone, int):
            return self.zone
        return offset_at(self.zone, self.day, self.nanoseconds // SECOND, later=self.later)

    @property
    def instant(self) -> int:
        """Its place on the time line, in nanoseconds: of UTC with a zone, else of the clocks themselves."""
        return self.day * DAY + self.nanoseconds - (self.offset or 0) * SECOND

    def __str__(self) -> str:
        return f"{date_text(self.day)}T{time_text(self.nanoseconds, self.zone)}"


@frozen(order=True)
class DaysTimeDuration:
    """A days and time duration, in nanoseconds."""

    nanoseconds: int

    def __str__(self) -> str:
        return duration_text(self.nanoseconds)


@frozen(order=True)
class YearsMonthsDuration:
    """A years and months duration, counted in months."""

    months: int

    def __str__(self) -> str:
        return months_text(self.months)


Temporal = DateValue | TimeValue | DateTimeValue | DaysTimeDuration | YearsMonthsDuration

TEMPORAL_CLASSES = (DateValue, TimeValue, DateTimeValue, DaysTimeDuration, YearsMonthsDuration)

# Far beyond any calendar; what is beyond it is null, so that no count of months has digits without end.
_MOST_MONTHS = 10**20


def duration_of_months(count: int) -> YearsMonthsDuration | None:
    """The years and months duration of so many months, or null where they are too many."""
    return YearsMonthsDuration(count) if abs(count) < _MOST_MONTHS else None


def duration_of_nanoseconds(count: int) -> DaysTimeDuration | None:
    """The days and time duration of so many nanoseconds, or null where they are too many."""
    return DaysTimeDuration(count) if abs(count) < _MOST_NANOSECONDS else None


def made_date(year: int, month: int, day: int) -> DateValue | None:
    """The date, or null where there is no such day."""
    number = day_number(year, month, day)
    return None if number is None else DateValue(number)


def date_of_day(number: int) -> DateValue | None:
    """The date of a day's number, or null beyond the years that there are."""
    return DateValue(number) if FIRST_DAY <= number <= LAST_DAY else None


def made_time(
    hour: int, minute: int, second: int, nanosecond: int = 0, zone: Zone | None = None
) -> TimeValue | None:
    """The time of day, or null where there is none such; 24:00:00 is midnight (XML Schema 1.1)."""
    if (hour, minute, second, nanosecond) == (24, 0, 0, 0):
        hour = 0
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return TimeValue(((hour * 60 + minute) * 60 + second) * SECOND + nanosecond, zone)


def at_midnight(date: DateValue) -> DateTimeValue:
    """A date as a date and time: its midnight in UTC (section 10.3.2.9.4)."""
    return DateTimeValue(date.day, 0, 0)


def moment_at(day: int, time: TimeValue) -> DateTimeValue:
    """The date and time of a day at a time of day."""
    return DateTimeValue(day, time.nanoseconds, time.zone)


def moment_of(instant: int, zone: Zone | None) -> DateTimeValue | None:
    """The date and time at a place on the time line, as the clocks of the zone show it.

    Null beyond the years that there are.
    """
    seconds, rest = divmod(instant, SECOND)
    day, second = divmod(seconds, SECONDS_OF_DAY)
    later = False
    if zone is not None:
        day, second, later = clock_of(zone, day, second)
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    return DateTimeValue(day, second * SECOND + rest, zone, later=later)
