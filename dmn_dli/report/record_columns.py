"""A record as one row of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dmn_dli.evaluate.record_columns import COLUMNS, Finals, field, text_of
from dmn_dli.runtime.plain import visible

_FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
"""What spreadsheets take for a formula's beginning; some drop blanks before it, or know wide characters."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def row(
    record: Mapping[str, Any], columns: Sequence[str] = COLUMNS, finals: Finals = MappingProxyType({})
) -> list[str]:
    """The record's fields in the order of the columns; null and absent fields are blank.

    finals: the column `rule` needs them. Lists are joined by ` | `, objects
    and lists in lists are compact JSON; a criterion is its id and status.
    """
    return [no_formula(text_of(column, field(record, column, finals))) for column in columns]


def no_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    shown = visible(text, "\n")
    return f"'{shown}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else shown
