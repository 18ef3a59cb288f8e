"""FEEL values from the artefact's plain data, and as JSON values for records."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_LARGEST = 308
"""The greatest power of ten that a float, and so most readers of JSON, can hold."""


def read_value(data: Any) -> Any:
    """The FEEL value that `portable.encode` wrote; scalars, lists and contexts without further imports."""
    if not isinstance(data, tuple):
        return data
    kind = data[0]
    if kind == "Decimal":
        return Decimal(data[1])
    if kind == "date":
        return date.fromisoformat(data[1])
    if kind == "list":
        return [read_value(item) for item in data[1:]]
    if kind == "dict":
        return {key: read_value(item) for key, item in data[1:]}
    from dmn_dli.linking.portable import decode

    return decode(data)


def json_value(value: Any) -> Any:
    """A FEEL value as JSON has it: dates, times, durations and numbers beyond 1E308 are text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        if value.adjusted() > _LARGEST:
            return str(value)
        whole = value.to_integral_value()
        return int(whole) if whole == value else float(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): json_value(item) for key, item in value.items()}
    from dmn_dli.feel import to_feel

    return to_feel(value).removeprefix('duration("').removesuffix('")')
