"""Equality and order of FEEL values (DMN 1.5, section 10.3.2.15): true, false, or null."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.reasons import GATHERERS, note
from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
)
from dmn_dli.feel.values import RangeValue
from dmn_dli.feel.zones import SECOND

# Types whose values Python compares as FEEL does. Booleans are none: FEEL does not order them. So it does
# dates, which are taken apart here for their speed.
_PLAIN = frozenset({str, Decimal, DaysTimeDuration, YearsMonthsDuration})
_CLOCKS = frozenset({TimeValue, DateTimeValue})
_NO_ORDER: dict[Callable[[Any, Any], bool], str] = {
    operator: f"`{sign}` compares two values of one type that has an order, not {{}} and {{}}"
    for operator, sign in ((lt, "<"), (le, "<="), (gt, ">"), (ge, ">="))
}

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The operator that says the same of two values whose places are changed."""

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The operator that is true where one is false."""


def feel_equal(a: object, b: object) -> bool | None:
    """`a = b`: null equals null alone; values of different types compare to null."""
    kind = type(a)
    if kind is not type(b):
        if a is None or b is None:
            return False
        return _of_no_type(a, b) if GATHERERS.count else None
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
    if isinstance(a, DateValue) and isinstance(b, DateValue):
        return a.day == b.day
    if kind in _CLOCKS:
        return _in_seconds(a) == _in_seconds(b)
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
    if type(a) is type(b):
        if type(a) in _PLAIN:
            return a < b  # type: ignore[operator, no-any-return]
        if isinstance(a, DateValue) and isinstance(b, DateValue):
            return a.day < b.day
    return _ordered(lt, a, b)


def feel_less_or_equal(a: object, b: object) -> bool | None:
    """`a <= b`; null where the two have no order."""
    if type(a) is type(b):
        if type(a) in _PLAIN:
            return a <= b  # type: ignore[operator, no-any-return]
        if isinstance(a, DateValue) and isinstance(b, DateValue):
            return a.day <= b.day
    return _ordered(le, a, b)


def feel_greater(a: object, b: object) -> bool | None:
    """`a > b`; null where the two have no order."""
    if type(a) is type(b):
        if type(a) in _PLAIN:
            return a > b  # type: ignore[operator, no-any-return]
        if isinstance(a, DateValue) and isinstance(b, DateValue):
            return a.day > b.day
    return _ordered(gt, a, b)


def feel_greater_or_equal(a: object, b: object) -> bool | None:
    """`a >= b`; null where the two have no order."""
    if type(a) is type(b):
        if type(a) in _PLAIN:
            return a >= b  # type: ignore[operator, no-any-return]
        if isinstance(a, DateValue) and isinstance(b, DateValue):
            return a.day >= b.day
    return _ordered(ge, a, b)


def feel_compare(a: object, b: object) -> int | None:
    """-1, 0 or 1 as `a` comes before, with or after `b`; None where the two have no order."""
    less = feel_less(a, b)
    if less is None:
        return None
    return -1 if less else int(bool(feel_greater(a, b)))


def clock_reading(value: TimeValue | DateTimeValue) -> tuple[object, int]:
    """What the value can be compared with, and what orders it among those: nanoseconds, in UTC with a zone.

    A time in a named zone whose offset depends on the day is ordered among those of that zone alone.
    """
    if isinstance(value, DateTimeValue):
        return value.zone is not None, value.instant
    offset = value.offset
    if offset is None:
        return value.zone or False, value.nanoseconds
    return True, value.nanoseconds - offset * SECOND


def _in_seconds(value: Any) -> tuple[object, int]:
    # Equality looks at whole seconds (the standard compares the properties), order at their fractions, too.
    kind, nanoseconds = clock_reading(value)
    return kind, nanoseconds // SECOND


def equality_key(value: object) -> Hashable:
    """A key that two values share exactly where they equal each other for certain."""
    kind = type(value)
    if kind in _CLOCKS:
        return kind, _in_seconds(value)
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
        (kind, left), (other_kind, right) = clock_reading(a), clock_reading(b)  # type: ignore[arg-type]
        if kind == other_kind:
            return operator(left, right)
    if GATHERERS.count:
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
