"""What starts afresh again and again: the month of a date, the remainder of a division, whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from dmn_dli.feel import DateValue, FeelType, syntax
from dmn_dli.feel.arithmetic import amount_of
from dmn_dli.feel.day_numbers import day_number, year_month_day
from dmn_dli.feel.temporal_values import DAY, DaysTimeDuration, YearsMonthsDuration
from dmn_dli.feel.zones import SECOND
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.crossing import compared
from dmn_dli.theories.monotone.pieces import MOST_PIECES, Piece, Tracer

_WIDE = Context(prec=2_000, traps=[])

Starts = Callable[[object, object], Iterable[object]]
"""The values from one to another at which something starts afresh; raises NotAnalysable for too many."""


def stepwise(
    tracer: Tracer, argument: syntax.Node, piece: Piece, starts: Starts
) -> Iterator[tuple[int, int, int]]:
    """The runs of a piece of the argument between the starts, and at each of them (0)."""
    ends = (tracer.value(argument, at) for at in (piece.first, piece.last))
    low, high = ends if piece.trend >= 0 else reversed(list(ends))
    first = piece.first
    points = list(starts(low, high))
    for point in points if piece.trend >= 0 else reversed(points):
        rest = piece.last
        for start, end, sign in compared(tracer, argument, point, first, rest, piece.trend or 1):
            first = start
            if sign * (piece.trend or 1) > 0:
                break
            yield start, end, sign
            first = end + 1
        if first > rest:
            return
    yield first, piece.last, 1


def multiples(of: Decimal) -> Starts:
    """The whole multiples of a number that is not zero."""
    step = abs(of)

    def found(low: object, high: object) -> Iterator[Decimal]:
        assert isinstance(low, Decimal)
        assert isinstance(high, Decimal)
        if _WIDE.divide(_WIDE.subtract(high, low), step) > MOST_PIECES:
            raise NotAnalysable
        start = _WIDE.divide(low, step).to_integral_value(ROUND_CEILING, _WIDE)
        end = _WIDE.divide(high, step).to_integral_value(ROUND_FLOOR, _WIDE)
        for count in range(int(start) - 1, int(end) + 2):
            multiple = _WIDE.multiply(Decimal(count), step)
            if low <= multiple <= high:
                yield multiple

    return found


def _of_duration(make: Callable[[int], object], amount: int) -> Starts:
    whole = multiples(Decimal(amount))

    def found(low: object, high: object) -> Iterator[object]:
        return (make(int(each)) for each in whole(amount_of(low), amount_of(high)))  # type: ignore[call-overload]

    return found


def _months(low: object, high: object) -> Iterator[DateValue]:
    """The firsts of months."""
    assert isinstance(low, DateValue)
    assert isinstance(high, DateValue)
    (year, month, _), (end_year, end_month, _) = (year_month_day(each.day) for each in (low, high))
    start, end = year * 12 + month - 1, end_year * 12 + end_month - 1
    if end - start > MOST_PIECES:
        raise NotAnalysable
    for count in range(start, end + 1):
        day = day_number(count // 12, count % 12 + 1, 1)
        if day is not None and low.day <= day <= high.day:
            yield DateValue(day)


def _years(low: object, high: object) -> Iterator[DateValue]:
    """The firsts of Januaries."""
    assert isinstance(low, DateValue)
    assert isinstance(high, DateValue)
    start, end = (year_month_day(each.day)[0] for each in (low, high))
    if end - start > MOST_PIECES:
        raise NotAnalysable
    for year in range(start, end + 1):
        day = day_number(year, 1, 1)
        if day is not None and low.day <= day <= high.day:
            yield DateValue(day)


def _weeks(low: object, high: object) -> Iterator[DateValue]:
    """Mondays."""
    assert isinstance(low, DateValue)
    assert isinstance(high, DateValue)
    if high.day - low.day > 7 * MOST_PIECES:
        raise NotAnalysable
    start = low.day + -(low.day - 1) % 7  # day 1 was a Monday
    return (DateValue(day) for day in range(start, high.day + 1, 7))


def _days(low: object, high: object) -> Iterator[DateValue]:
    assert isinstance(low, DateValue)
    assert isinstance(high, DateValue)
    if high.day - low.day > MOST_PIECES:
        raise NotAnalysable
    return (DateValue(day) for day in range(low.day, high.day + 1))


RISING_MEMBERS = {
    FeelType.DATE: "year",
    FeelType.YEARS_DURATION: "years",
    FeelType.DAYS_DURATION: "days",
}
"""The member of each type that grows with the value."""

MEMBER_STARTS: dict[tuple[FeelType, str], Starts] = {
    (FeelType.DATE, "month"): _years,
    (FeelType.DATE, "day"): _months,
    (FeelType.DATE, "weekday"): _weeks,
    (FeelType.YEARS_DURATION, "months"): _of_duration(YearsMonthsDuration, 12),
    (FeelType.DAYS_DURATION, "hours"): _of_duration(DaysTimeDuration, DAY),
    (FeelType.DAYS_DURATION, "minutes"): _of_duration(DaysTimeDuration, 3_600 * SECOND),
    (FeelType.DAYS_DURATION, "seconds"): _of_duration(DaysTimeDuration, 60 * SECOND),
}
"""Where those start afresh that grow with the value between."""

CALENDAR_STARTS: dict[str, Starts] = {
    "day of year": _years,
    "day of week": _days,
    "month of year": _months,
    "week of year": _weeks,
}
"""The same of the functions of a date; of all but the first the value stays between."""
