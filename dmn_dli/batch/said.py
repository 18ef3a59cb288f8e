"""What the columns say of a case: the one-case record's keys, as text and lists of text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.kernel import Kernel

TEXTS = ("determination", "rule", "reason", "citation", "error")
"""Columns of text."""

LISTED = ("possible_determinations", "missing_facts", "unmet_criteria")
"""Columns of lists of text."""

COLUMNS = (*TEXTS[:-1], *LISTED, TEXTS[-1])
"""All columns of answers, in the order in which they stand where none are chosen."""


@frozen
class Said:
    """A row of answers.

    rule: the ids of the final decision's rules that contribute in every completion, joined by commas.
    Numbers and other values that are no text are compact JSON. error: an error's message; nothing else is
    then said.
    """

    determination: str | None = None
    rule: str | None = None
    reason: str | None = None
    citation: str | None = None
    possible_determinations: list[str] | None = None
    missing_facts: list[str] | None = None
    unmet_criteria: list[str] | None = None
    error: str | None = None
    hanging: frozenset[str] = field(default=frozenset(), eq=False)
    """The columns that differ among cases in the same state, since criteria say them."""


def said_of(kernel: Kernel, facts: Mapping[str, Any]) -> Said:
    """What the one-case kernel says of a case, errors included."""
    try:
        return said_in(kernel.determine(facts), kernel)
    except EvaluationError as error:
        return Said(error=error.message)


def said_in(record: Mapping[str, Any], kernel: Kernel) -> Said:
    """What a record says."""
    rules = [each["rule"] for each in record["rules"] if each["decision"] == kernel.final.name]
    return Said(
        _text(record["determination"]),
        ", ".join(rules) or None,
        record["reason"],
        record["citation"],
        _texts(record["possible_determinations"]),
        record["missing_facts"],
        _texts(record["unmet_criteria"]),
    )


def _texts(values: list[Any]) -> list[str]:
    return [_text(value) or "null" for value in values]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
