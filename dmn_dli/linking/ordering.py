"""One total order for FEEL scalars of one type, as bounds, hit policies and sorted output need it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

OrderKey: TypeAlias = tuple[str, Any]


def order_key(value: object) -> OrderKey | None:
    """A key by which values of one type compare; keys of different types differ in their first part.

    None for what has no order here: null, booleans, lists, contexts, ranges.
    """
    match value:
        case bool():
            return None
        case int() | Decimal():
            return ("number", value)
        case str():
            return ("string", value)
        case datetime():
            return ("date and time", value.isoformat())
        case date():
            return ("date", value.toordinal())
        case time():
            return ("time", value.isoformat())
        case timedelta():
            return ("duration", value)
    return None
