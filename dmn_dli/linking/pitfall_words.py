"""Values as people write them among words: `a or b`, `'gold'`, `not remission`, `<> gold`, `any`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from dmn_dli.runtime.words import folded

_SEPARATORS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\s*,?\s+or\s+|\s*,\s*",
        r"\s*;\s*",
        r"\s*\|+\s*",
        r"\s*/\s*",
        r"\s*[,;|/]\s*|\s+or\s+|\s+and\s+",
    )
)
_NEGATION = re.compile(
    r"(?:<>|!=|≠|is not|not equal to|not|except|anything but|other than)\s*(.+)\Z", re.IGNORECASE | re.DOTALL
)
_SINGLE_QUOTES = re.compile(r"'([^']*)'")
_BEGINNING = re.compile(
    r'(?:(?:starts|begins|beginning) with ([^\s"(),?]+|"[^"]+")|([A-Z0-9.]+)\*)\Z', re.IGNORECASE
)
_ANY = ("any", "any value", "anything", "all", "*", "n/a", "na", "not applicable", "does not matter")
_NOT_APPLICABLE = ("n/a", "na", "not applicable")
_TRUE, _FALSE = ("y", "t", "ja", "x", "1"), ("n", "f", "0")


def any_value(text: str, *, nullable: bool) -> tuple[str, ...]:
    """What is meant by `any` or `n/a`: any value, and, where there may be none, the value null."""
    word = folded(text)
    if word not in _ANY:
        return ()
    return ("null", "-") if nullable and word in _NOT_APPLICABLE else ("-",)


def yes_or_no(text: str) -> tuple[str, ...]:
    """What is meant by `Y` or `N` in a column of true and false."""
    word = folded(text)
    return ("true",) if word in _TRUE else ("false",) if word in _FALSE else ()


def unquoted(text: str) -> str:
    """The text without single quotes around its words, where each stands in a pair."""
    return _SINGLE_QUOTES.sub(r"\1", text) if text.count("'") % 2 == 0 else text


def separated(text: str) -> Iterator[tuple[str, ...]]:
    """The parts of a text between words or signs that people put between values; once for each kind."""
    for separator in _SEPARATORS:
        parts = tuple(part.strip() for part in separator.split(text))
        if len(parts) > 1 and all(parts):
            yield parts


def beginning(text: str) -> str | None:
    """The test that is meant by `C91*` or `starts with C91`; None where no beginning of a text is named."""
    found = _BEGINNING.match(text.strip())
    stem = (found[1] or found[2]).strip('"') if found else ""
    return f'starts with(?, "{stem}")' if stem else None


def denied(text: str) -> str | None:
    """What a text says that the value is not; None where it does not."""
    found = _NEGATION.match(text)
    return found[1].strip() if found and not found[1].startswith("(") else None


def side_by_side(text: str, words: Collection[str]) -> tuple[str, ...]:
    """The values that stand one behind the other, as on two lines of a cell; empty where it is no such text.

    words: the values as they are compared.
    """
    blanks = text.split()
    found: list[str] = []
    start = 0
    while start < len(blanks):
        ends = (end for end in range(len(blanks), start, -1) if folded(" ".join(blanks[start:end])) in words)
        end = next(ends, None)
        if end is None:
            return ()
        found.append(" ".join(blanks[start:end]))
        start = end
    return tuple(found) if len(found) > 1 else ()
