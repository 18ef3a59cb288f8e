"""Days as numbers: as Python counts them where it has them, else as counting one by one does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel.day_numbers import (
    FIRST_DAY,
    LAST_DAY,
    MOST_YEARS,
    day_number,
    like_day,
    months_later,
    year_month_day,
)
from tests.feel.temporals import DAYS

YEARS = st.integers(-MOST_YEARS, MOST_YEARS) | st.integers(-9, 9) | st.integers(9_990, 10_010)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length(year: int, month: int) -> int:
    return (31, 29 if _leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days(first: int, last: int) -> Iterator[tuple[int, int, int]]:
    for year in range(first, last + 1):
        for month in range(1, 13):
            for day in range(1, _length(year, month) + 1):
                yield year, month, day


@given(st.dates())
def test_a_day_of_pythons_calendar_has_the_number_that_python_gives(day: datetime.date) -> None:
    number = day_number(day.year, day.month, day.day)
    assert number == day.toordinal()
    assert year_month_day(number) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("first", "last"),
    [(-401, 5), (9_995, 10_405), (-MOST_YEARS, -MOST_YEARS + 5), (MOST_YEARS - 5, MOST_YEARS)],
)
def test_the_days_of_some_years_follow_one_another(first: int, last: int) -> None:
    start = day_number(first, 1, 1)
    assert start is not None
    for number, day in enumerate(_days(first, last), start):
        assert year_month_day(number) == day
        assert day_number(*day) == number


@given(YEARS, st.integers(-1, 14), st.integers(-1, 33))
def test_a_day_has_a_number_exactly_where_there_is_such_a_day(year: int, month: int, day: int) -> None:
    there_is = 1 <= month <= 12 and 1 <= day <= _length(year, month)
    assert (day_number(year, month, day) is not None) is there_is


def test_years_end_where_the_standard_says() -> None:
    assert year_month_day(FIRST_DAY) == (-MOST_YEARS, 1, 1)
    assert year_month_day(LAST_DAY) == (MOST_YEARS, 12, 31)
    assert day_number(MOST_YEARS + 1, 1, 1) is None
    assert day_number(-MOST_YEARS - 1, 12, 31) is None


@given(DAYS, st.integers(-40, 40) | st.integers(-(10**11), 10**11))
def test_so_many_months_on_it_is_the_same_day_or_the_months_last(number: int, months: int) -> None:
    year, month, day = year_month_day(number)
    count = year * 12 + month - 1 + months
    year, month = count // 12, count % 12 + 1
    expected = day_number(year, month, min(day, _length(year, month)))
    assert months_later(number, months) == expected


@given(DAYS)
def test_weekdays_follow_one_another_in_all_years(number: int) -> None:
    assert like_day(number).weekday() == (number - 1) % 7
