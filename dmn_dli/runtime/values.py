"""Values in records: as JSON has them, in a fixed order, each caller's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

LARGEST_POWER = 308
"""The greatest power of ten that a float, and so most readers of JSON, can hold."""


def json_value(value: Any, other: Callable[[Any], str] = str) -> Any:
    """A value as JSON has it: dates, times, numbers beyond 1E308, and what `other` words, are text.

    So are NaN and infinities, for which JSON has no number.
    """
    if isinstance(value, float):
        return value if isfinite(value) else str(Decimal(value))
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        if not value.is_finite() or value.adjusted() > LARGEST_POWER:
            return str(value)
        whole = value.to_integral_value()
        return int(whole) if whole == value else float(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [json_value(item, other) for item in value]
    if isinstance(value, dict):
        return {str(key): json_value(item, other) for key, item in value.items()}
    return other(value)


def own(value: Any) -> Any:
    """A value for the caller to keep: lists and objects are new ones."""
    if isinstance(value, list):
        return [own(item) for item in value]
    if isinstance(value, dict):
        return {name: own(item) for name, item in value.items()}
    return value


def copier(value: Any) -> Callable[[], Any]:
    """A function that makes such copies of one value, by the quickest way that its form allows."""
    if not isinstance(value, list | dict):
        return lambda: value
    if _is_flat(value):
        return value.copy
    if isinstance(value, list) and all(isinstance(each, dict) and _is_flat(each) for each in value):
        return lambda: [each.copy() for each in value]
    return lambda: own(value)


def _is_flat(value: list[Any] | dict[str, Any]) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return not any(isinstance(part, list | dict) for part in parts)


def sort_key(value: Any) -> tuple[str, Any]:
    """Orders JSON values: like with like, numbers by size, text by its characters, lists item by item."""
    if isinstance(value, bool | str):
        return value.__class__.__name__, value
    if isinstance(value, list):
        return "list", [sort_key(each) for each in value]
    return ("number", value) if isinstance(value, int | float) else (value.__class__.__name__, repr(value))
