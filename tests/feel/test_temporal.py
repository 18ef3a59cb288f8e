"""Dates, times and durations: their texts, their border with Python's, and reckoning with them."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    FeelLimit,
    FeelUnsupported,
    TimeValue,
    YearsMonthsDuration,
    compile_expression,
    compile_unary_tests,
    feel_compare,
    feel_equal,
    from_python,
    infer,
    parse_expression,
    parse_unary_tests,
    to_feel,
)
from dmn_dli.feel import zones as zones_module
from dmn_dli.feel.arithmetic import add, subtract
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY
from dmn_dli.feel.json_values import feel_json
from dmn_dli.feel.members import path
from dmn_dli.feel.temporal import (
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_temporal,
    parse_time,
)
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.feel.values import to_python
from tests.feel.temporals import CLOCK, DATES, DAYS, DURATIONS, MOMENTS, NAMED_ZONES, TEMPORAL, TIMES

_MICROSECOND = datetime.timedelta(microseconds=1)


@given(TEMPORAL)
def test_a_value_reads_back_from_its_text(value: object) -> None:
    assert parse_temporal(str(value)) == value
    assert feel_json([value]) == [str(value)]


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-12", "-2025-02-12", "0000-02-29", "10000-01-01", "999999999-12-31", "-999999999-01-01",
        "23:59:59.999999999", "10:00:00Z", "10:00:00-14:00", "10:00:00+01:02:03", "10:00:00@Etc/GMT+5",
        "10:00:00@America/Port-au-Prince", "10:00:00@America/Argentina/Buenos_Aires", "10:00:00@EST5EDT",
        "2025-02-12T00:00:00", "-0001-12-31T23:59:59.000000001@America/Toronto",
        "P1D", "-P1DT2H3M4.5S", "PT0.000000001S", "P1Y2M", "-P11M", "PT0S", "P0M",
    ],
)  # fmt: skip
def test_a_text_in_its_plainest_form_is_what_its_value_is_written_as(text: str) -> None:
    assert str(parse_temporal(text)) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("-0000-02-29", "0000-02-29"),
        ("24:00:00", "00:00:00"),
        ("24:00:00.000", "00:00:00"),
        ("10:00:00+00:00", "10:00:00Z"),
        ("10:00:00.100", "10:00:00.1"),
        ("2025-12-31T24:00:00Z", "2026-01-01T00:00:00Z"),
        ("PT36H", "P1DT12H"),
        ("P0D", "PT0S"),
        ("PT0.S", "PT0S"),
        ("P14M", "P1Y2M"),
    ],
)
def test_a_value_is_written_in_its_plainest_form(text: str, plain: str) -> None:
    assert str(parse_temporal(text)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "", "02025-02-12", "+2025-02-12", "+12025-02-12", "225-02-12", "1000000000-01-01",
        "-1000000000-12-31",
        "2025-2-12", "2025-02-30", "2025-00-01", "2025-02-12Z", "٢٠٢٥-02-12", "2025-02-12\n",
        "24:00:01", "24:00:00.1", "23:60:00", "23:59:60", "10:00", "10:00:00.", "10:00:00.0000000001",
        "10:00:00+14:00:01", "10:00:00+01:60", "10:00:00z", "10:00:00@", "10:00:00@Nowhere/Town",
        "10:00:00@europe/paris", "10:00:00@../Europe/Paris", "10:00:00@Europe/Paris ", "10:00:00@Éire",
        "10:00:00@\N{SNOWMAN}", "10:00:00@\ud800", "10:00:00@Europe", "10:00:00@localtime", "10:00:00@\0",
        "10:00:00+01:00@Europe/Paris", "2025-02-12T", "2025-02-12t10:00:00", "999999999-12-31T24:00:00",
        "2025-02-12T10:00:00@UTC@UTC", "P", "PT", "P1DT", "P1Y1D", "P-1D", "+P1D", "P1.5D",
        "PT0.0000000001S", "P" + "9" * 40 + "D", "P" + "9" * 30 + "D", "P" + "9" * 25 + "Y",
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_no_value(text: str) -> None:
    assert parse_temporal(text) is None
    assert [parse(text) for parse in (parse_date, parse_time, parse_date_and_time, parse_duration)] == [
        None
    ] * 4


@given(st.text("0123456789-+:.TZPYMDHS@Etc/GMT", max_size=30))
def test_any_text_is_a_value_that_reads_back_or_none(text: str) -> None:
    value = parse_temporal(text)
    assert value is None or parse_temporal(str(value)) == value


AWARE = st.datetimes(
    datetime.datetime(2, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime.datetime(9998, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([datetime.UTC, ZoneInfo("Europe/Paris"), ZoneInfo("Australia/Lord_Howe")]),
)
NAIVE = st.datetimes()
PYTHON = st.one_of(st.dates(), st.times(), NAIVE, AWARE, st.timedeltas())


@given(PYTHON)
def test_pythons_values_come_back_the_same(value: object) -> None:
    back = to_python(from_python(value))
    assert type(back) is type(value)
    assert back == value
    assert str(back) == str(value)


@given(TEMPORAL)
def test_what_python_would_change_stays_feels(value: object) -> None:
    assert from_python(to_python(value)) == value


def test_a_zone_that_has_no_text_is_refused() -> None:
    odd = datetime.timezone(datetime.timedelta(microseconds=1))
    with pytest.raises(TypeError, match="FEEL has no time zone such as"):
        from_python(datetime.time(10, tzinfo=odd))
    with pytest.raises(TypeError, match="FEEL has no time zone such as"):
        from_python(datetime.time(10, tzinfo=datetime.timezone(datetime.timedelta(hours=15))))


@given(NAIVE, st.timedeltas(datetime.timedelta(-40_000), datetime.timedelta(40_000)))
def test_moments_without_zone_move_as_pythons(moment: datetime.datetime, by: datetime.timedelta) -> None:
    moved = add(from_python(moment), from_python(by))
    assert moved == add(from_python(by), from_python(moment))
    try:
        expected = moment + by
    except OverflowError:
        assert to_python(moved) == moved
        return
    assert to_python(moved) == expected
    assert to_python(subtract(moved, from_python(moment))) == by


@given(AWARE, st.timedeltas(datetime.timedelta(-300), datetime.timedelta(300)))
def test_moments_in_a_zone_move_along_the_time_line(
    moment: datetime.datetime, by: datetime.timedelta
) -> None:
    expected = (moment.astimezone(datetime.UTC) + by).astimezone(moment.tzinfo)
    moved = to_python(add(from_python(moment), from_python(by)))
    assert str(moved) == str(expected)
    assert to_python(subtract(from_python(moved), from_python(moment))) == by


@given(AWARE, AWARE)
def test_moments_compare_by_their_instants(left: datetime.datetime, right: datetime.datetime) -> None:
    first, second = left.astimezone(datetime.UTC), right.astimezone(datetime.UTC)
    order = (first > second) - (first < second)
    assert feel_compare(from_python(left), from_python(right)) == order
    same = first.replace(microsecond=0) == second.replace(microsecond=0)
    assert feel_equal(from_python(left), from_python(right)) is same


@given(NAIVE)
def test_the_parts_of_a_moment_are_pythons(moment: datetime.datetime) -> None:
    value = from_python(moment)
    for name in ("year", "month", "day", "hour", "minute", "second"):
        assert path(value, name) == getattr(moment, name)
    assert path(value, "weekday") == moment.isoweekday()


@given(st.one_of(DATES, MOMENTS, TIMES), DURATIONS)
def test_what_is_moved_and_moved_back_is_where_it_was(start: object, by: DaysTimeDuration) -> None:
    there = add(start, by)
    if there is None or (isinstance(start, DateValue) and by.nanoseconds % DAY):
        return
    back = subtract(there, by)
    assert feel_compare(back, start) in (0, None)
    if isinstance(start, DateTimeValue):
        assert isinstance(back, DateTimeValue)
        assert back.instant == start.instant


@given(DAYS, CLOCK, NAMED_ZONES, st.integers(-3, 3))
def test_a_zones_rules_repeat_with_the_calendar_beyond_pythons_years(
    day: int, clock: int, zone: str, cycles: int
) -> None:
    near = DateTimeValue(day % 146_097 + 3_500_000, clock, zone)
    far = DateTimeValue(near.day + (cycles + 4) * 100 * 146_097, clock, zone)
    assert near.offset == far.offset


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # The clocks of Paris leap from 2:00 to 3:00 on 30 March 2025, and back again on 26 October.
        ('@"2025-03-30T01:59:59@Europe/Paris" + @"PT1S"', '@"2025-03-30T03:00:00@Europe/Paris"'),
        ('@"2025-03-30T03:00:00@Europe/Paris" - @"PT1S"', '@"2025-03-30T01:59:59@Europe/Paris"'),
        ('@"2025-03-29T12:00:00@Europe/Paris" + @"P1D"', '@"2025-03-30T13:00:00@Europe/Paris"'),
        ('@"2025-03-29T12:00:00@Europe/Paris" + @"P1M"', '@"2025-04-29T12:00:00@Europe/Paris"'),
        ('@"2025-03-30T12:00:00@Europe/Paris" - @"2025-03-29T12:00:00@Europe/Paris"', '@"PT23H"'),
        ('@"2025-10-26T02:30:00@Europe/Paris" + @"PT1H"', '@"2025-10-26T02:30:00@Europe/Paris"'),
        ('@"2025-10-26T02:30:00@Europe/Paris" + @"PT1H" > @"2025-10-26T02:30:00@Europe/Paris"', "true"),
        ('@"2025-10-26T02:30:00@Europe/Paris" + @"PT1H" + @"PT1H"', '@"2025-10-26T03:30:00@Europe/Paris"'),
        ('(@"2025-10-26T02:30:00@Europe/Paris" + @"PT1H").time offset', '@"PT1H"'),
        ('@"2025-10-26T02:30:00@Europe/Paris".time offset', '@"PT2H"'),
        ('@"2025-03-30T02:30:00@Europe/Paris" + @"PT0S"', '@"2025-03-30T03:30:00@Europe/Paris"'),
        # Far years: mean time before the first rule, the last rule after it.
        ('@"-5000-07-01T00:00:00@Europe/Paris".time offset', '@"PT9M21S"'),
        ('@"12345-07-01T00:00:00@Europe/Paris".time offset', '@"PT2H"'),
        ('@"12345-01-01T00:00:00@Europe/Paris".time offset', '@"PT1H"'),
        ('@"2025-01-01T00:00:00@Etc/GMT+5" = @"2025-01-01T05:00:00Z"', "true"),
        ('@"10:00:00@Etc/GMT+5".time offset', '@"-PT5H"'),
        ('@"10:00:00@Europe/Paris".time offset', "null"),
        ('@"10:00:00@Europe/Paris" < @"11:00:00@Europe/Paris"', "true"),
        ('@"10:00:00@Europe/Paris" < @"11:00:00@Asia/Dhaka"', "null"),
        ('@"10:00:00@Europe/Paris" < @"11:00:00Z"', "null"),
        ('@"10:00:00@Europe/Paris" = @"10:00:00@Asia/Dhaka"', "false"),
        ('@"10:00:00@Europe/Paris" - @"09:00:00@Asia/Dhaka"', "null"),
        ('@"10:00:00.000000002" > @"10:00:00.000000001"', "true"),
        ('@"10:00:00.000000002" = @"10:00:00.000000001"', "true"),
        ('@"PT0.000000002S" = @"PT0.000000001S"', "false"),
        ('@"PT1S" / 3', '@"PT0.333333333S"'),
        ('@"999999999-12-31" - @"-999999999-01-01"', '@"P730484999633D"'),
        ('@"-999999999-01-01T00:00:00" - @"PT0.000000001S"', "null"),
        ('@"999999999-12-31T23:59:59.999999999" + @"PT0.000000001S"', "null"),
        ('@"999999999-12-31" + @"P1M"', "null"),
        ('@"P99999999999999999D" * 1e20', "null"),
        ('time(10, 0, 0.1234567899)', '@"10:00:00.123456789"'),
        ('time(10, 0, 0, @"PT14H")', '@"10:00:00+14:00"'),
        ('time(10, 0, 0, @"PT14H1S")', "null"),
        ('time(10, 0, 0, @"PT0.5S")', "null"),
        ('@"PT0S" * 1e6000', '@"PT0S"'),
        ('1e6000 * @"PT1S"', "null"),
        ('time(0 * 1e6000, 0, 0)', '@"00:00:00"'),
        ('time(24, 0, 0)', '@"00:00:00"'),
        ('date(1e30, 1, 1)', "null"),
        ('date(-1, 12, 31) + @"P1D"', '@"0000-01-01"'),
        ('day of week(@"-0001-12-31")', '"Friday"'),
        ('week of year(@"10000-01-01")', "52"),
        ('for d in @"9999-12-31"..@"10000-01-01" return d', '[@"9999-12-31", @"10000-01-01"]'),
        ('years and months duration(@"-0001-01-01", @"0001-01-01")', '@"P2Y"'),
        ('range("[@\\"9999-12-31\\"..@\\"10000-01-01\\"]").end', '@"10000-01-01"'),
    ],
)  # fmt: skip
def test_reckoning_with_times(expression: str, value: str) -> None:
    assert to_feel(compile_expression(parse_expression(expression).tree)({})) == value


def test_a_time_that_comes_twice_is_no_more_the_same() -> None:
    first = parse_date_and_time("2025-10-26T02:30:00@Europe/Paris")
    second = add(first, DaysTimeDuration(3600 * 10**9))
    assert isinstance(second, DateTimeValue)
    assert second.later
    assert from_python(to_python(second)) == second
    assert feel_equal(first, second) is False


def test_values_of_python_classes_are_told_apart() -> None:
    values = [DateValue(1), TimeValue(1), DateTimeValue(1, 0), DaysTimeDuration(1), YearsMonthsDuration(1)]
    assert len({hash(value) for value in values} | set(values)) >= len(values)
    assert all(left != right for left in values for right in values if left is not right)


@given(DAYS)
def test_a_date_is_what_its_day_is(day: int) -> None:
    assert FIRST_DAY <= day <= LAST_DAY
    assert (DateValue(day) < DateValue(day + 1)) is True
    assert (DateValue(day) >= DateValue(day + 1)) is False
    with pytest.raises(TypeError):
        DateValue(day) < day  # type: ignore[operator]  # noqa: B015


@pytest.fixture
def no_data_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.available_timezones", lambda: {"localtime"})
    monkeypatch.setattr(zones_module, "zone_names", zones_module.zone_names.__wrapped__)


@pytest.mark.usefixtures("no_data_base")
def test_where_there_is_no_data_base_of_zones_a_name_is_refused_in_words() -> None:
    message = "this system has no data base of time zones; install the package `tzdata`"
    tree = parse_expression('date("2025-01-01") < @"10:00:00@Europe/Paris"').tree
    with pytest.raises(FeelUnsupported, match=message) as refused:
        compile_expression(tree)
    assert refused.value.span.start == 21
    assert any(message in problem.message for problem in infer(tree, {}).problems)
    with pytest.raises(FeelUnsupported, match=message):
        compile_unary_tests(parse_unary_tests('< @"10:00:00@Europe/Paris"').tree)
    asked = compile_expression(parse_expression("time(text)").tree)
    with pytest.raises(FeelLimit, match=message):
        asked({"text": "10:00:00@Europe/Paris"})
    assert asked({"text": "10:00:00+01:00"}) == TimeValue(36_000 * 10**9, 3600)
