"""A record as one row of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dmn_dli.evaluate.record_fields import ALL, ChosenColumns, text_of
from dmn_dli.runtime.plain import visible

_FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
"""What spreadsheets take for a formula's beginning; some drop blanks before it, or know wide characters."""

_BLANK = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def row(record: Mapping[str, Any], columns: ChosenColumns = ALL) -> list[str]:
    """The record's fields in the order of the columns; null and absent fields are blank.

    Lists are joined by ` | `, objects and lists in lists are compact JSON; a criterion is its id and status.
    """
    return [no_formula(text_of(name, columns.field(record, name))) for name in columns.names]


def no_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    shown = visible(text, "\n")
    return f"'{shown}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else shown


def may_begin_formula(text: str) -> bool:
    """Whether a text that begins like this may be taken for a formula, whatever follows."""
    return bool(_FORMULA.match(text) or _BLANK.fullmatch(text))
