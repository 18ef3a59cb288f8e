"""A cell's value as the file holds it: which kind it is, and its text as `Cell` has it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from dmn_dli.excel.strings import RunText
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import trim

_EXACT_INTEGERS = 2**53
_BOOLEAN_FORMULAS = {"=TRUE()": "true", "=FALSE()": "false"}
"""How LibreOffice stores a typed TRUE or FALSE."""


def kind_and_text(value: Any, data_type: str) -> tuple[CellKind, str]:
    """What a stored value is and how it reads; data_type: openpyxl's letter for how the file holds it."""
    if data_type == "f":
        # An array or data-table formula is an object with its text, which may lack the sign.
        formula = str(value if isinstance(value, str) else getattr(value, "text", "") or "")
        constant = _BOOLEAN_FORMULAS.get(formula.upper())
        return (CellKind.BOOLEAN, constant) if constant else (CellKind.FORMULA, "=" + formula.lstrip("="))
    if data_type == "e":
        return CellKind.ERROR, str(value)
    match value:
        case bool():
            return CellKind.BOOLEAN, "true" if value else "false"
        case int():
            return CellKind.NUMBER, str(value)
        case float():
            return (CellKind.NUMBER, _plain_number(value)) if isfinite(value) else (CellKind.ERROR, "#NUM!")
        case datetime():
            # Excel has one type for both; midnight is how it stores a day.
            midnight = value.time() == time()
            return CellKind.DATE, (value.date() if midnight else value).isoformat()
        case date():
            return CellKind.DATE, value.isoformat()
        case time() | timedelta():
            return CellKind.TIME, str(value)
    text = value.text if isinstance(value, RunText) else str(value)
    return (CellKind.TEXT, text) if trim(text) else (CellKind.BLANK, "")


def _plain_number(value: float) -> str:
    """Plain digits, as few as tell the number from its neighbours: 0.1 is `0.1`, 38242.0 is `38242`."""
    if value.is_integer():
        return str(int(value)) if abs(value) < _EXACT_INTEGERS else format(Decimal(repr(value)), ".0f")
    return format(Decimal(repr(value)), "f")
