"""What a dot reaches: entries of contexts, properties of dates and so on (DMN 1.5, section 10.3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.day_numbers import like_day, year_month_day
from dmn_dli.feel.reasons import Verbatim, gathering, note
from dmn_dli.feel.temporal_values import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    TimeValue,
    YearsMonthsDuration,
)
from dmn_dli.feel.value_types import FeelType
from dmn_dli.feel.values import RangeValue
from dmn_dli.feel.zones import SECOND, Zone

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


def _offset(value: TimeValue | DateTimeValue) -> DaysTimeDuration | None:
    offset = value.offset
    return None if offset is None else DaysTimeDuration(offset * SECOND)


def _zone_name(value: TimeValue | DateTimeValue) -> Zone | None:
    return value.zone if isinstance(value.zone, str) else None


def _sign(amount: int) -> int:
    return -1 if amount < 0 else 1


def _part(value: DaysTimeDuration, unit_seconds: int, modulus: int | None) -> Decimal:
    """A component of the duration; of a negative one all are negative."""
    count = abs(value.nanoseconds) // (unit_seconds * SECOND)
    return Decimal(_sign(value.nanoseconds) * (count if modulus is None else count % modulus))


def _months_part(value: YearsMonthsDuration) -> Decimal:
    return Decimal(_sign(value.months) * (abs(value.months) % 12))


def _years_part(value: YearsMonthsDuration) -> Decimal:
    return Decimal(_sign(value.months) * (abs(value.months) // 12))


_DAY: dict[str, Callable[..., object]] = {
    "year": lambda value: Decimal(year_month_day(value.day)[0]),
    "month": lambda value: Decimal(like_day(value.day).month),
    "day": lambda value: Decimal(like_day(value.day).day),
    "weekday": lambda value: Decimal(like_day(value.day).isoweekday()),
}
_CLOCK: dict[str, Callable[..., object]] = {
    "hour": lambda value: Decimal(value.nanoseconds // (3600 * SECOND)),
    "minute": lambda value: Decimal(value.nanoseconds // (60 * SECOND) % 60),
    "second": lambda value: Decimal(value.nanoseconds // SECOND % 60),
    "time offset": _offset,
    "timezone": _zone_name,
}
_PROPERTIES: dict[type, dict[str, Callable[..., object]]] = {
    DateValue: _DAY,
    TimeValue: _CLOCK,
    DateTimeValue: _DAY | _CLOCK,
    DaysTimeDuration: {
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
