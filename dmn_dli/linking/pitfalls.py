"""FEEL that means something else than it seems, and texts that are none: what to write instead.

What people write among words, numbers and dates is told apart in the files beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from dmn_dli.feel import DateValue, FeelType, constant_value, feel_compare, is_constant, syntax, to_feel
from dmn_dli.linking.pitfall_dates import written_dates
from dmn_dli.linking.pitfall_numbers import closed_range, in_signs
from dmn_dli.linking.pitfall_words import (
    any_value,
    beginning,
    denied,
    separated,
    side_by_side,
    unquoted,
    yes_or_no,
)

_DASHED = re.compile(r"(-?\d+(?:\.\d+)?)\s*[-‐‑‒–—]\s*(\d+(?:\.\d+)?)\Z")
_LOCAL_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}\Z")
_ORDERED = (FeelType.NUMBER, FeelType.DATE, FeelType.DATE_TIME)
_SLASHED = re.compile(r"\d+\s*/\s*\d+(\s*/\s*\d+)?\Z")


def looks_like_range(text: str) -> str | None:
    """What was meant by a dash or a slash between numbers, to be offered; None where there is none.

    `2-4` is offered as `[2..4]`, `2/12/2025` as `2025-02-12` (month first, as
    American workbooks write it; the message leaves the choice to the reader).
    """
    stripped = text.strip()
    dashed = _DASHED.match(stripped)
    if dashed:
        return closed_range(dashed[1], dashed[2])
    if _LOCAL_DATE.match(stripped):
        return " or ".join(written_dates(stripped)) or "the date as YYYY-MM-DD"
    if _SLASHED.match(stripped):
        return " or ".join(written_dates(stripped)) or "the quotient itself, or a date as YYYY-MM-DD"
    return None


def offers(
    text: str, type_: FeelType, words: Collection[str], *, nullable: bool = False
) -> Iterator[tuple[str, ...]]:
    """The forms that a text which is no test may have been meant in; the first that a cell accepts is meant.

    Several forms at once are the ways to read it, between which the reader has to choose.
    words: the column's bare words as they are compared; nullable: whether null is a value of the fact.
    """
    yield any_value(text, nullable=nullable)
    if type_ is FeelType.BOOLEAN:
        yield yes_or_no(text)
    if type_ is FeelType.STRING:
        yield _beginnings(text)
    yield from _whole(text, type_)
    inner = denied(unquoted(text))
    if inner is not None:
        yield from (tuple(f"not({form})" for form in forms) for forms in (*_whole(inner, type_), (inner,)))
    if words:
        yield (", ".join(side_by_side(text, words)),)


def _beginnings(text: str) -> tuple[str, ...]:
    """Beginnings of texts with commas between them, as of codes: `C91*, C92*`."""
    found = [beginning(part) for part in text.split(",")]
    return () if None in found else (", ".join(filter(None, found)),)


def _whole(text: str, type_: FeelType) -> Iterator[tuple[str, ...]]:
    """One test, or several with something else than commas between them."""
    yield _parts((text,), type_)
    for parts in separated(text):
        yield _parts(parts, type_)


def _parts(parts: Sequence[str], type_: FeelType) -> tuple[str, ...]:
    """Tests as FEEL has them, with commas between them; once for each way to read their dates."""
    plain = ", ".join(in_signs(unquoted(part)) if type_ in _ORDERED else unquoted(part) for part in parts)
    dated = written_dates(plain) if type_ in (FeelType.DATE, FeelType.DATE_TIME) else ()
    return dated or (plain,)


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
            if (order == -1 or touching) and len(tree.tests) > 2:
                return "each range by itself, such as [2..4), and nothing that it holds already"
            if touching:
                # Between the two lies one value, or none.
                both = low.operator == ">=" and high.operator == "<="
                return f"{_plain(low_value)}, or - for any value" if both else "- for any value"
            if order == -1:
                opening = "[" if low.operator == ">=" else "("
                closing = "]" if high.operator == "<=" else ")"
                return f"{opening}{_plain(low_value)}..{_plain(high_value)}{closing}"
    return None


def _plain(value: object) -> str:
    """A bound as a cell shows it: dates need no quotes there."""
    return str(value) if value.__class__ is DateValue else to_feel(value)


def _bounds(tree: syntax.UnaryTests, operators: tuple[str, ...]) -> list[syntax.ComparisonTest]:
    return [
        test
        for test in tree.tests
        if isinstance(test, syntax.ComparisonTest)
        and test.operator in operators
        and is_constant(test.operand)
    ]
