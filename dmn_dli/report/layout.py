"""Paragraphs, labelled lines and small tables in a fixed number of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from dmn_dli.runtime.plain import BLANKS, visible

BOLD, RED, GREEN, YELLOW = "1", "31", "32", "33"

LABEL_WIDTH = 17

_CLOSED_RANGE = re.compile(r"\[([-+.\w]+?)\.\.([-+.\w]+)\]")

_BLANKS = re.compile(f"[ \\t\\r\\n{''.join(sorted(BLANKS))}]+")


def paint(text: str, *styles: str) -> str:
    """The text with terminal styles; as it is without styles."""
    return f"\x1b[{';'.join(styles)}m{text}\x1b[0m" if styles else text


def clean(value: object) -> str:
    """A value as text on one line; what could steer a terminal is shown as an escape."""
    return visible(" ".join(_BLANKS.split(str(value))).strip(" "))


def spoken(value: Any) -> str:
    """A value as people say it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(spoken(each) for each in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {spoken(each)}" for key, each in value.items() if each is not None)
    return str(value)


def spoken_range(allowed: str) -> str:
    """Allowed values that are a range with both ends, as people say it: `from 0 to 100`; "" for others."""
    ends = _CLOSED_RANGE.fullmatch(allowed)
    return f"from {ends[1]} to {ends[2]}" if ends else ""


def spoken_values(allowed: str) -> str:
    """Allowed values as people say them: `relapsed, refractory`, `from 0 to 100`."""
    return spoken_range(allowed) or allowed.replace('"', "")


def many(number: int, noun: str) -> str:
    """`1 case`, `2,000 cases`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paragraph(text: object, width: int, indent: str = "", further: str | None = None) -> list[str]:
    """Text broken into lines, each behind the indent, all but the first behind the further one if given."""
    hanging = indent if further is None else further
    return wrap(clean(text), width, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)


def labelled(label: str, texts: Iterable[object], width: int, indent: str = "  ") -> list[str]:
    """A label with one or more texts beside it, several behind dashes; nothing without texts."""
    items = list(texts)
    mark = "- " if len(items) > 1 else ""
    further = indent + " " * (LABEL_WIDTH + len(mark))
    lines: list[str] = []
    for text in items:
        begin = f"{indent}{label if not lines else '':<{LABEL_WIDTH}}{mark}"
        lines += wrap(
            clean(text), width, initial_indent=begin, subsequent_indent=further, break_on_hyphens=False
        )
    return lines


def table(rows: Sequence[Sequence[object]], width: int, indent: str = "  ") -> list[str]:
    """Rows in aligned columns; the last column is broken into lines where it is too wide."""
    cells = [[clean(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    margin = " " * (len(indent) + sum(widths) + 2 * len(widths))
    lines: list[str] = []
    for row in cells:
        begin = indent + "".join(f"{text:<{wide}}  " for text, wide in zip(row[:-1], widths, strict=True))
        last = wrap(row[-1], width, initial_indent=begin, subsequent_indent=margin, break_on_hyphens=False)
        lines += last or [begin.rstrip()]
    return lines
