"""Equality and order of FEEL values (DMN 1.5, section 10.3.2.15): true, false, or null."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.reasons import note
from dmn_dli.feel.values import RangeValue, YearsMonthsDuration

# Types whose values Python compares as FEEL does. Booleans are none: FEEL does not order them.
_PLAIN = frozenset({str, Decimal, datetime.date, datetime.timedelta, YearsMonthsDuration})
_CLOCKS = frozenset({datetime.time, datetime.datetime})
_NO_ORDER: dict[Callable[[Any, Any], bool], str] = {
    operator: f"`{sign}` compares two values of one type that has an order, not {{}} and {{}}"
    for operator, sign in ((lt, "<"), (le, "<="), (gt, ">"), (ge, ">="))
}


def feel_equal(a: object, b: object) -> bool | None:
    """`a = b`: null equals null alone; values of different types compare to null."""
    kind = type(a)
    if kind is not type(b):
        return False if a is None or b is None else _of_no_type(a, b)
    if kind is list or kind is dict:
        bounded(a)
        bounded(b)
    same = _equal(a, b)
    return _of_no_type(a, b) if same is None else same


def _of_no_type(a: object, b: object) -> bool | None:
    """Null, and why."""
    note("`=` and `!=` compare values of one type, not {} and {}", a, b)
    return None


def _equal(a: object, b: object) -> bool | None:
    """As `feel_equal`, for values that are known to end."""
    kind = type(a)
    if kind is not type(b):
        return False if a is None or b is None else None
    if kind in _CLOCKS:
        return _same_instant(a, b)
    if kind is list:
        return _equal_lists(a, b)  # type: ignore[arg-type]
    if kind is dict:
        return _equal_contexts(a, b)  # type: ignore[arg-type]
    if kind is RangeValue:
        return _equal_ranges(a, b)  # type: ignore[arg-type]
    return a == b


def feel_not_equal(a: object, b: object) -> bool | None:
    """`a != b`."""
    same = feel_equal(a, b)
    return None if same is None else not same


def feel_less(a: object, b: object) -> bool | None:
    """`a < b`; null where the two have no order."""
    return a < b if type(a) is type(b) and type(a) in _PLAIN else _ordered(lt, a, b)  # type: ignore[operator]


def feel_less_or_equal(a: object, b: object) -> bool | None:
    """`a <= b`; null where the two have no order."""
    return a <= b if type(a) is type(b) and type(a) in _PLAIN else _ordered(le, a, b)  # type: ignore[operator]


def feel_greater(a: object, b: object) -> bool | None:
    """`a > b`; null where the two have no order."""
    return a > b if type(a) is type(b) and type(a) in _PLAIN else _ordered(gt, a, b)  # type: ignore[operator]


def feel_greater_or_equal(a: object, b: object) -> bool | None:
    """`a >= b`; null where the two have no order."""
    return a >= b if type(a) is type(b) and type(a) in _PLAIN else _ordered(ge, a, b)  # type: ignore[operator]


def feel_compare(a: object, b: object) -> int | None:
    """-1, 0 or 1 as `a` comes before, with or after `b`; None where the two have no order."""
    less = feel_less(a, b)
    if less is None:
        return None
    return -1 if less else int(bool(feel_greater(a, b)))


def clock_reading(value: datetime.time | datetime.datetime) -> tuple[bool, object]:
    """Whether the value has a zone, and what orders it among its like: the time, in UTC if it has."""
    zone = value.tzinfo
    if isinstance(value, datetime.datetime):
        return zone is not None, value if zone is None else value.astimezone(datetime.UTC)
    seconds = ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond
    if zone is None:
        return False, seconds
    offset = value.utcoffset()
    if offset is None:  # a named zone has no offset without a date
        return True, (seconds, str(zone))
    return True, (seconds - offset // datetime.timedelta(microseconds=1), "")


def _same_instant(a: Any, b: Any) -> bool | None:
    # Equality looks at whole seconds (the standard compares the properties), order at their fractions, too.
    return clock_reading(a.replace(microsecond=0)) == clock_reading(b.replace(microsecond=0))


def equality_key(value: object) -> Hashable:
    """A key that two values share exactly where they equal each other for certain."""
    kind = type(value)
    if kind in _CLOCKS:
        return kind, clock_reading(value.replace(microsecond=0))  # type: ignore[attr-defined]
    if kind is list:
        return kind, tuple(map(equality_key, value))  # type: ignore[call-overload]
    if kind is dict:
        return kind, frozenset((key, equality_key(entry)) for key, entry in value.items())  # type: ignore[attr-defined]
    if type(value) is RangeValue:
        closed = value.low_closed, value.high_closed
        return kind, equality_key(value.low), equality_key(value.high), closed, value.operator
    return kind, value


def _ordered(operator: Callable[[Any, Any], bool], a: object, b: object) -> bool | None:
    if type(a) is type(b) and type(a) in _CLOCKS:
        (zoned, left), (other_zoned, right) = clock_reading(a), clock_reading(b)  # type: ignore[arg-type]
        if zoned == other_zoned:
            return operator(left, right)
    note(_NO_ORDER[operator], a, b)
    return None


def _equal_lists(a: list[object], b: list[object]) -> bool | None:
    if len(a) != len(b):
        return False
    return _all_equal(zip(a, b, strict=True))


def _equal_contexts(a: dict[str, object], b: dict[str, object]) -> bool | None:
    if a.keys() != b.keys():
        return False
    return _all_equal((a[key], b[key]) for key in a)


def _equal_ranges(a: RangeValue, b: RangeValue) -> bool | None:
    if (a.low_closed, a.high_closed, a.operator) != (b.low_closed, b.high_closed, b.operator):
        return False
    return _all_equal(((a.low, b.low), (a.high, b.high)))


def _all_equal(pairs: Iterable[tuple[object, object]]) -> bool | None:
    answer: bool | None = True
    for left, right in pairs:
        same = _equal(left, right)
        if same is False:
            return False
        if same is None:
            answer = None
    return answer
