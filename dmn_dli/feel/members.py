"""What a dot reaches: entries of contexts, properties of dates and so on (DMN 1.5, section 10.3.2.3)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.reasons import Verbatim, gathering, note
from dmn_dli.feel.value_types import FeelType
from dmn_dli.feel.values import RangeValue, YearsMonthsDuration

_MOST_NAMES = 8
"""How many entries of a context a reason names."""


def path(value: object, name: str) -> object:
    """`value.name`; of a list, the list of its items' members; null where there is none."""
    if type(value) is dict:
        if name not in value:
            _note_entries(value, name)
        return value.get(name)
    if type(value) is list:
        bounded(value)
        return [path(item, name) for item in value]
    read = _PROPERTIES.get(type(value), {}).get(name)
    found = None if read is None else read(value)
    if found is None:
        note("{} has no `{}`", value, Verbatim(name))
    return found


def _note_entries(value: dict[str, object], name: str) -> None:
    if gathering():
        known = ", ".join(f"`{key}`" for key in list(value)[:_MOST_NAMES])
        has = f"it has {known}" + (", …" if len(value) > _MOST_NAMES else "") if value else "it is empty"
        note(f"the context has no entry `{name}`; {has}")


def member(item: object, name: str, otherwise: object) -> object:
    """What a name means in a filter: the item's entry, else what it means outside."""
    return item[name] if type(item) is dict and name in item else otherwise


def _offset(value: datetime.time | datetime.datetime) -> datetime.timedelta | None:
    return value.utcoffset()


def _zone_name(value: datetime.time | datetime.datetime) -> str | None:
    return getattr(value.tzinfo, "key", None)


def _sign(amount: int) -> int:
    return -1 if amount < 0 else 1


def _part(value: datetime.timedelta, unit_seconds: int, modulus: int | None) -> Decimal:
    """A component of the duration; of a negative one all are negative."""
    microseconds = value // datetime.timedelta(microseconds=1)
    count = abs(microseconds) // (unit_seconds * 1_000_000)
    return Decimal(_sign(microseconds) * (count if modulus is None else count % modulus))


def _months_part(value: YearsMonthsDuration) -> Decimal:
    return Decimal(_sign(value.months) * (abs(value.months) % 12))


def _years_part(value: YearsMonthsDuration) -> Decimal:
    return Decimal(_sign(value.months) * (abs(value.months) // 12))


_DAY: dict[str, Callable[..., object]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_CLOCK: dict[str, Callable[..., object]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
    "time offset": _offset,
    "timezone": _zone_name,
}
_PROPERTIES: dict[type, dict[str, Callable[..., object]]] = {
    datetime.date: _DAY,
    datetime.time: _CLOCK,
    datetime.datetime: _DAY | _CLOCK,
    datetime.timedelta: {
        "days": lambda value: _part(value, 86_400, None),
        "hours": lambda value: _part(value, 3_600, 24),
        "minutes": lambda value: _part(value, 60, 60),
        "seconds": lambda value: _part(value, 1, 60),
    },
    YearsMonthsDuration: {"years": _years_part, "months": _months_part},
    RangeValue: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}

PROPERTY_TYPES = {
    "time offset": FeelType.DAYS_DURATION,
    "timezone": FeelType.STRING,
    "start included": FeelType.BOOLEAN,
    "end included": FeelType.BOOLEAN,
}
PROPERTY_NAMES = {kind: frozenset(properties) for kind, properties in _PROPERTIES.items()}
