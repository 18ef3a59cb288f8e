"""Comparisons and ranges as people write them: `18+`, `=< 17`, `>0 and <95`, `2 or more`, `0..4`."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_IN_WORDS = (
    (re.compile(rf"{_NUMBER} (?:or|and) (?:more|higher|above|greater|over)\Z"), ">= {}"),
    (re.compile(rf"{_NUMBER} (?:or|and) (?:less|lower|below|fewer|under)\Z"), "<= {}"),
    (re.compile(rf"(?:at least|minimum|min\.?) {_NUMBER}\Z"), ">= {}"),
    (re.compile(rf"(?:at most|up to|maximum|max\.?) {_NUMBER}\Z"), "<= {}"),
    (re.compile(rf"(?:more than|greater than|above|over) {_NUMBER}\Z"), "> {}"),
    (re.compile(rf"(?:less than|fewer than|below|under) {_NUMBER}\Z"), "< {}"),
)
_WORDS_RANGE = re.compile(rf"(?:from |between )?{_NUMBER} (?:to|and|through) {_NUMBER}\Z")
_OPEN_RANGE = re.compile(rf"{_NUMBER}\s*\.\.+\s*{_NUMBER}\Z")
_PLUS = re.compile(rf"{_NUMBER}\s*\+\Z")
_PERCENT = re.compile(r"(\d)\s*%")
_TURNED = re.compile(r"=\s*([<>])")
_LOOSE = re.compile(r"([<>])\s+=")
_BOUND = r"([<>]=?)\s*([^\s<>=,&]+)"
_TWO_BOUNDS = re.compile(rf"{_BOUND}\s*(?:and|but|&+)?\s*{_BOUND}\Z", re.IGNORECASE)


def closed_range(low: str, high: str) -> str:
    """`[low..high]`, the smaller number first."""
    first, second = sorted((low, high), key=Decimal)
    return f"[{first}..{second}]"


def comparison_in_words(text: str) -> str | None:
    """The test that is meant by words such as `2 or more` or `at most 4`; None where there are none."""
    plain = " ".join(text.casefold().split())
    for pattern, offer in _IN_WORDS:
        found = pattern.match(plain)
        if found:
            return offer.format(*found.groups())
    span = _WORDS_RANGE.match(plain)
    return closed_range(span[1], span[2]) if span else None


def in_signs(text: str) -> str:
    """A test with its signs as FEEL has them: `=< 17`, `18+`, `< 95%`, `0..4`, `>0 and <95`."""
    text = _PERCENT.sub(r"\1", _LOOSE.sub(r"\1=", _TURNED.sub(r"\1=", text.strip())))
    plus, span = _PLUS.match(text), _OPEN_RANGE.match(text)
    if plus:
        return f">= {plus[1]}"
    if span:
        return closed_range(span[1], span[2])
    return _both_bounds(text) or comparison_in_words(text) or text


def _both_bounds(text: str) -> str | None:
    """The range between a lower and an upper bound that must both hold."""
    found = _TWO_BOUNDS.match(text)
    if found is None or found[1][0] == found[3][0]:
        return None
    low, high = (found[1], found[2]), (found[3], found[4])
    if low[0][0] == "<":
        low, high = high, low
    opening = "[" if low[0] == ">=" else "("
    closing = "]" if high[0] == "<=" else ")"
    return f"{opening}{low[1]}..{high[1]}{closing}"
