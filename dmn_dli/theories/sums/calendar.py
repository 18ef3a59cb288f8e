"""How many days so many months have, over the whole Gregorian calendar."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise

from dmn_dli.feel.day_numbers import CYCLE, day_number

_MONTHS = 4_800
"""The months of 400 years, after which the calendar repeats."""


YEAR = Fraction(CYCLE, 400)
"""The days of a year, on the whole."""

YEAR_STARTS = Fraction(-367), Fraction(1)
"""How far the days of a year lie, at least and at most, from as many such years as its number says."""


@lru_cache(maxsize=1)
def _starts() -> tuple[int, ...]:
    """The first days of the months of two cycles, from 0."""
    firsts = [day_number(1 + month // 12, 1 + month % 12, 1) for month in range(_MONTHS + 1)]
    lengths = [later - first for first, later in pairwise(firsts) if first and later]
    return tuple(accumulate(lengths * 2, initial=0))


@lru_cache(maxsize=4096)
def days_of(months: int) -> tuple[int, int]:
    """The fewest and the most days of so many months on end (0 or more), from a first of the month."""
    cycles, rest = divmod(months, _MONTHS)
    starts = _starts()
    spans = [starts[first + rest] - starts[first] for first in range(_MONTHS)]
    return cycles * CYCLE + min(spans), cycles * CYCLE + max(spans)


def days_later(months: int) -> tuple[int, int]:
    """How many days a date plus so many months lies behind the date, at least and at most; before it below 0.

    A day that the other month lacks becomes that month's last. It lies then as many days on as the months
    that begin one month later have, so that the bounds of whole months hold for it, too.
    """
    if months >= 0:
        return days_of(months)
    fewest, most = days_of(-months)
    return -most, -fewest


def least_days(months: int) -> int:
    """The fewest days between two dates with so many whole months from the first to the second, or more.

    Whole months are those of `years and months duration(from, to)`; they and days are below 0 where the
    second date is earlier.
    """
    return days_of(months)[0] if months > 0 else 1 - days_of(1 - months)[1]


def most_days(months: int) -> int:
    """The most days between two dates with so many whole months from the first to the second, or fewer."""
    return -least_days(-months)


def most_months(days: int) -> int:
    """The most whole months that lie between two dates so many days apart, or fewer."""
    months = days * _MONTHS // CYCLE + 2
    while least_days(months) > days:
        months -= 1
    return months


def least_months(days: int) -> int:
    """The fewest whole months that lie between two dates so many days apart, or more."""
    return -most_months(-days)
