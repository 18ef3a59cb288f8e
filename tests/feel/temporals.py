"""FEEL's dates, times and durations for Hypothesis, in years near and far, with zones of all kinds."""

from __future__ import annotations

from hypothesis import strategies as st

from dmn_dli.feel import DateTimeValue, DateValue, DaysTimeDuration, TimeValue, YearsMonthsDuration
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.feel.zones import MOST_SECONDS

DAYS = st.one_of(
    st.integers(710_000, 760_000),
    st.integers(-800, 800),
    st.integers(3_652_000, 3_653_000),
    st.integers(FIRST_DAY, LAST_DAY),
    st.sampled_from([FIRST_DAY, LAST_DAY]),
)
"""Numbers of days: of our time, about the years 1 and 10,000, and of all years that there are."""

CLOCK = st.one_of(
    st.integers(0, DAY - 1), st.integers(0, 86_399).map(lambda second: second * 10**9), st.just(DAY - 1)
)

NAMED_ZONES = st.sampled_from(
    [
        "Europe/Paris",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Etc/GMT+5",
        "Africa/Monrovia",
    ]
)
ZONES = st.one_of(
    st.none(),
    st.integers(-MOST_SECONDS, MOST_SECONDS),
    st.sampled_from([0, 3600, -MOST_SECONDS, MOST_SECONDS]),
    NAMED_ZONES,
)

DATES = st.builds(DateValue, DAYS)
TIMES = st.builds(TimeValue, CLOCK, ZONES)
MOMENTS = st.builds(DateTimeValue, DAYS, CLOCK, ZONES)
DURATIONS = st.builds(
    DaysTimeDuration,
    st.one_of(st.integers(-(10**34) + 1, 10**34 - 1), st.integers(-3, 3).map(lambda days: days * DAY), CLOCK),
)
MONTHS = st.builds(YearsMonthsDuration, st.integers(-(10**20) + 1, 10**20 - 1) | st.integers(-30, 30))
TEMPORAL = st.one_of(DATES, TIMES, MOMENTS, DURATIONS, MONTHS)
