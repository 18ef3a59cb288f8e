"""A record as one row of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import fields

from dmn_dli.evaluate.determination import PolicyReference
from dmn_dli.runtime.plain import visible
from dmn_dli.runtime.record import new_record

_POLICY = tuple(field.name for field in fields(PolicyReference))
_ERROR = ("kind", "message", "problems")

COLUMNS = (
    *[
        column
        for key in new_record("", "")
        for column in ([f"policy.{name}" for name in _POLICY] if key == "policy" else [key])
    ],
    *[f"error.{name}" for name in _ERROR],
)

_FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
"""What spreadsheets take for a formula's beginning; some drop blanks before it, or know wide characters."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def row(record: Mapping[str, Any]) -> list[str]:
    """The record's fields in the order of COLUMNS; null and absent fields are blank.

    Lists are joined by ` | `, objects and lists in lists are compact JSON; a criterion is its id and status.
    """
    return [no_formula(_text(_field(record, column), column)) for column in COLUMNS]


def _field(record: Mapping[str, Any], column: str) -> Any:
    value: Any = record
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _text(value: Any, column: str = "") -> str:
    if value is None:
        return ""
    if column == "criteria":
        return " | ".join(f"{row['id']} {row['status']}" for row in value)
    if isinstance(value, list):
        return " | ".join(_nested(item) if isinstance(item, list) else _text(item) for item in value)
    if isinstance(value, str):
        return value
    return _nested(value)


def _nested(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def no_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    shown = visible(text, "\n")
    return f"'{shown}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else shown
