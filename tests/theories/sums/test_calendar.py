"""The days of months, and the months of days, against the calendar itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import DateValue, YearsMonthsDuration
from dmn_dli.feel.builtins.dates import months_between
from dmn_dli.feel.day_numbers import months_later, year_month_day
from dmn_dli.theories.sums.calendar import (
    YEAR,
    YEAR_STARTS,
    days_later,
    least_days,
    least_months,
    most_days,
    most_months,
)

DAYS = st.integers(date(1896, 1, 1).toordinal(), date(2105, 1, 1).toordinal())


def whole_months(start: int, end: int) -> int:
    found = months_between(DateValue(start), DateValue(end))
    assert isinstance(found, YearsMonthsDuration)
    return found.months


@pytest.mark.parametrize(
    ("months", "fewest", "most"),
    [(1, 28, 61), (2, 59, 91), (12, 365, 396), (24, 730, 761), (216, 6573, 6605)],
)
def test_whole_months_take_some_days(months: int, fewest: int, most: int) -> None:
    assert (least_days(months), most_days(months)) == (fewest, most)


def test_no_whole_month_is_less_than_the_longest_month_either_way() -> None:
    assert (least_days(0), most_days(0)) == (-30, 30)


@given(DAYS, st.integers(-800, 800))
def test_a_date_some_months_later_lies_within_the_bounds(day: int, months: int) -> None:
    later = months_later(day, months)
    assert later is not None
    fewest, most = days_later(months)
    assert fewest <= later - day <= most


@given(DAYS, st.integers(-20_000, 20_000))
def test_days_and_whole_months_bound_each_other(day: int, apart: int) -> None:
    months = whole_months(day, day + apart)
    assert least_days(months) <= apart <= most_days(months)
    assert least_months(apart) <= months <= most_months(apart)


@pytest.mark.parametrize("months", [-13, -1, 0, 1, 2, 11, 12, 13, 216, 240, 4_801])
def test_the_bounds_of_whole_months_are_reached(months: int) -> None:
    starts = [
        date(year, month, day).toordinal()
        for year in (*range(1896, 1904), *range(2000, 2004))
        for month in range(1, 13)
        for day in (1, 28)
    ]
    for apart in (least_days(months), most_days(months)):
        found = {whole_months(start, start + apart) for start in starts}
        found |= {whole_months(start - apart, start) for start in starts}
        assert months in found


@given(DAYS)
def test_the_days_of_a_year_lie_near_so_many_years(day: int) -> None:
    low, high = YEAR_STARTS
    assert low <= day - YEAR * year_month_day(day)[0] <= high
