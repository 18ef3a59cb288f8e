"""Conversion functions (DMN 1.5, section 10.3.4.1)."""

from __future__ import annotations

import re
from decimal import Decimal

from dmn_dli.feel.budget import bounded
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.decimals import read_number
from dmn_dli.feel.text import as_string

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPINGS = (" ", ",", ".", None)
_POINTS = (".", ",", None)


@builtin("number", "from: string", "number")
def number(text: str) -> Decimal | None:
    """The number that the text writes, with a decimal point."""
    return read_number(text) if _NUMBER.fullmatch(text) else None


@builtin("number", "from: string, grouping separator: string|null, decimal separator: string|null", "number")
def number_with_separators(text: str, grouping: str | None, point: str | None) -> Decimal | None:
    """The number that the text writes, with these separators; null says that there is none."""
    if grouping not in _GROUPINGS or point not in _POINTS or (grouping == point and point is not None):
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if point is not None:
        text = text.replace(point, ".") if point == "." or "." not in text else "?"
    return number(text)  # type: ignore[return-value]


@builtin("string", "from: Any", "string")
def string(value: object) -> str | None:
    """The value as text."""
    bounded(value)
    return as_string(value)
