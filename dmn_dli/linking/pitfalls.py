"""FEEL that means something else than it seems: `2-4`, `2/12/2025`, `>= 2, < 4`, `2 or more`."""

from __future__ import annotations

import re
from datetime import date

from dmn_dli.feel import constant_value, feel_compare, is_constant, syntax, to_feel

_DASHED = re.compile(r"(-?\d+(?:\.\d+)?)\s*[-‐‑‒–—]\s*(\d+(?:\.\d+)?)\Z")
_LOCAL_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\Z")
_SLASHED = re.compile(r"\d+\s*/\s*\d+(\s*/\s*\d+)?\Z")


def looks_like_range(text: str) -> str | None:
    """What was meant by a dash or a slash between numbers, to be offered; None where there is none.

    `2-4` is offered as `[2..4]`, `2/12/2025` as `2025-02-12` (month first, as
    American workbooks write it; the message leaves the choice to the reader).
    """
    stripped = text.strip()
    dashed = _DASHED.match(stripped)
    if dashed:
        return f"[{dashed[1]}..{dashed[2]}]"
    dated = _LOCAL_DATE.match(stripped)
    if dated:
        month, day, year = int(dated[1]), int(dated[3]), dated[4]
        month_first, day_first = f"{year}-{month:02}-{day:02}", f"{year}-{day:02}-{month:02}"
        possible = [month_first] * (month <= 12) + [day_first] * (day <= 12 and day != month)
        return " or ".join(possible) or "the date as YYYY-MM-DD"
    if _SLASHED.match(stripped):
        return "the quotient itself, or a date as YYYY-MM-DD"
    return None


_NUMBER = r"(-?\d+(?:\.\d+)?)"
_IN_WORDS = (
    (re.compile(rf"{_NUMBER} (?:or|and) (?:more|higher|above|greater|over)\Z"), ">= {}"),
    (re.compile(rf"{_NUMBER} (?:or|and) (?:less|lower|below|fewer|under)\Z"), "<= {}"),
    (re.compile(rf"(?:at least|minimum|min\.?) {_NUMBER}\Z"), ">= {}"),
    (re.compile(rf"(?:at most|up to|maximum|max\.?) {_NUMBER}\Z"), "<= {}"),
    (re.compile(rf"(?:more than|greater than|above|over) {_NUMBER}\Z"), "> {}"),
    (re.compile(rf"(?:less than|fewer than|below|under) {_NUMBER}\Z"), "< {}"),
    (re.compile(rf"(?:between )?{_NUMBER} (?:to|and|through) {_NUMBER}\Z"), "[{}..{}]"),
)


def comparison_in_words(text: str) -> str | None:
    """The test that is meant by words such as `2 or more` or `at most 4`; None where there are none."""
    plain = " ".join(text.casefold().split())
    for pattern, offer in _IN_WORDS:
        found = pattern.match(plain)
        if found:
            return offer.format(*found.groups())
    return None


def comma_means_or(tree: syntax.UnaryTests) -> str | None:
    """The range that was meant where a lower and an upper bound joined by a comma let every value pass."""
    if tree.negated:
        return None
    lower, upper = _bounds(tree, (">", ">=")), _bounds(tree, ("<", "<="))
    for low in lower:
        for high in upper:
            low_value, high_value = constant_value(low.operand), constant_value(high.operand)
            order = feel_compare(low_value, high_value)
            touching = order == 0 and (low.operator == ">=" or high.operator == "<=")
            if order == -1 or touching:
                opening = "[" if low.operator == ">=" else "("
                closing = "]" if high.operator == "<=" else ")"
                return f"{opening}{_plain(low_value)}..{_plain(high_value)}{closing}"
    return None


def _plain(value: object) -> str:
    """A bound as a cell shows it: dates need no quotes there."""
    return value.isoformat() if value.__class__ is date else to_feel(value)


def _bounds(tree: syntax.UnaryTests, operators: tuple[str, ...]) -> list[syntax.ComparisonTest]:
    return [
        test
        for test in tree.tests
        if isinstance(test, syntax.ComparisonTest)
        and test.operator in operators
        and is_constant(test.operand)
    ]
