"""Dates as people write them, `12 Feb 2025` or `20250212`, and the ISO dates that they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<iso>\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?",
        r"(?P<year>\d{4})[-/.](?P<first>\d{1,2})[-/.](?P<second>\d{1,2})(?!\d)",
        r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4})(?!\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]+{_MONTH}[ ,-]+(?P<year>\d{{4}})(?!\d)",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<first>\d{2})(?P<second>\d{2})(?!\d)",
    )
)


def written_dates(text: str) -> tuple[str, ...]:
    """The text with its dates in ISO form, once for each way to read them; empty where there are none.

    Of `2/12/2025` the month is taken to come first, as American workbooks have it, and then the day.
    """
    for form in _FORMS:
        found = list(form.finditer(text))
        if not found:
            continue
        readings = [_days(match) for match in found]
        # Two dates of one cell are written in one order.
        ways = (
            zip(*readings, strict=False) if len({len(each) for each in readings}) == 1 else product(*readings)
        )
        return tuple(dict.fromkeys(_replaced(text, found, way) for way in ways))
    return ()


def _replaced(text: str, found: list[re.Match[str]], days: tuple[str, ...]) -> str:
    for match, day in reversed(list(zip(found, days, strict=True))):
        text = text[: match.start()] + day + text[match.end() :]
    return text


def _days(match: re.Match[str]) -> tuple[str, ...]:
    parts = match.groupdict()
    if "iso" in parts:
        return (parts["iso"],)
    year = int(parts["year"])
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        return tuple(dict.fromkeys((*_iso(year, one, two), *_iso(year, two, one))))
    if "first" in parts:
        return tuple(_iso(year, int(parts["first"]), int(parts["second"])))
    word = parts["month"].lower()
    full = next((number for number, name in enumerate(_MONTHS, 1) if word.startswith(name)), 0)
    return tuple(_iso(year, full, int(parts["day"])))


def _iso(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return
