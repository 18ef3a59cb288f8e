"""FEEL values in Python: which class stands for which type, and how plain Python values become FEEL's.

| FEEL | Python |
|---|---|
| number | `decimal.Decimal`, finite, at most 34 digits |
| string, boolean, null | `str`, `bool`, `None` |
| date, time, date and time | `DateValue`, `TimeValue`, `DateTimeValue` |
| days and time duration, years and months duration | `DaysTimeDuration`, `YearsMonthsDuration` |
| list, context | `list`, `dict` with string keys |
| range, function | `RangeValue`, `FunctionValue` |

Values are of exactly these classes, never of a subclass: the operators tell types apart by `type()`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from dmn_dli.feel.decimals import rounded
from dmn_dli.feel.python_dates import from_date, from_temporal, to_temporal
from dmn_dli.feel.temporal_values import TEMPORAL_CLASSES, YearsMonthsDuration
from dmn_dli.runtime.scalars import is_missing, plain

if TYPE_CHECKING:  # who runs tables alone needs no syntax tree
    from dmn_dli.feel.item_types import ItemType


@frozen
class RangeValue:
    """A range; a bound of None is open-ended (`(< 5)` has no low bound).

    operator: `=` or `!=` of what is written `(= 5)` and `(!= 5)`: what equals its two bounds, or does not.
    """

    low: object
    high: object
    low_closed: bool
    high_closed: bool
    operator: str = ""


@frozen(eq=False)
class FunctionValue:
    """A function: its parameters' names, and what it does with one positional argument for each.

    variadic: takes any number of arguments (some built-ins).
    signatures: function types of which it is; none where nothing is known of it.
    """

    parameters: tuple[str, ...]
    body: Callable[..., object]
    variadic: bool = field(default=False, kw_only=True)
    signatures: tuple[ItemType, ...] = field(default=(), kw_only=True)


_PLAIN = (str, bool, type(None))


def from_python(value: object) -> object:
    """The FEEL value of a Python value.

    Whole numbers and floats become decimals (a float by its shortest text: 0.1 is a tenth; not-a-number and
    infinity become null), dates, times and durations FEEL's own, scalars of numpy and pandas what Python has
    for them, tuples and lists become lists, mappings contexts.

    Raises TypeError where FEEL has no such value, or a mapping has a key that is no string.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is datetime.date:
        return from_date(value)  # type: ignore[arg-type]
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list | tuple):
        return [from_python(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): from_python(entry) for key, entry in value.items()}
    if kind in TEMPORAL_CLASSES:
        return value
    if is_missing(value):
        return None
    known = plain(value)
    if known is not value:
        return from_python(known)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return from_temporal(value)
    if isinstance(value, RangeValue):
        return evolve(value, low=from_python(value.low), high=from_python(value.high))
    if isinstance(value, FunctionValue):
        return value
    raise TypeError(f"FEEL has no value for a {kind.__name__}")


def to_python(value: object) -> object:
    """The Python value of a FEEL value, for facts and callers: `datetime`'s dates, times and durations.

    Where Python's would be another (a year beyond 9999, a nanosecond), the value stays FEEL's, as do
    years and months durations, ranges and functions, for which Python has nothing.
    """
    if isinstance(value, list):
        return [to_python(item) for item in value]
    if isinstance(value, dict):
        return {key: to_python(entry) for key, entry in value.items()}
    if isinstance(value, TEMPORAL_CLASSES) and not isinstance(value, YearsMonthsDuration):
        return to_temporal(value)
    return value


def _number(value: int | float | Decimal) -> Decimal | None:
    return rounded(Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value))


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a context's key is a string, not {key!r}")
    return str.__str__(key)
