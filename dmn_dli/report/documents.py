"""What all documents of one kind share: how JSON is laid out, and what Markdown must not take for markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dmn_dli.report.layout import clean

FORMAT_VERSION = 1

MOST_ROWS = 30
"""How many rows a table of a comment has; the rest is counted."""

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#~&$"})
_BREAK = "&#8203;"
"""A blank of no width, by its number, which keeps pages from finding a name, a number or an address."""

_LINKED = re.compile(r"@(?=\w)|\\#(?=\d)|:(?=//)|(?i:\bwww(?=\.))|(?i:\b(?:mailto|xmpp|javascript|data):)")
_BULLET = re.compile(r"[-+=](?=[\s-]|$|=)|\d+(?=[.)](?:\s|$))")


def json_document(fields: Mapping[str, Any]) -> str:
    """A document of ours: the version of its format, then its fields."""
    return indented({"format_version": FORMAT_VERSION, **fields})


def indented(document: Any) -> str:
    """JSON that people can read as well; what it has no type for stands as text."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


def escaped(value: object) -> str:
    """A value as one line of Markdown, none of its characters taken for markup.

    A backslash keeps characters from being markup, but not `@name`, `#1` and bare addresses from becoming
    links, which pages look for in the finished text: there a blank of no width stands between.
    """
    text = _LINKED.sub(lambda found: found[0] + _BREAK, clean(value).translate(_SPECIAL))
    begun = _BULLET.match(text)
    if begun is None:
        return text
    return f"\\{text}" if not text[0].isdigit() else f"{begun[0]}\\{text[begun.end() :]}"


def grid(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A table in Markdown; nothing without rows."""
    if not rows:
        return
    yield ""
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows[:MOST_ROWS]:
        yield f"| {' | '.join(escaped(value) for value in row)} |"
    if len(rows) > MOST_ROWS:
        yield ""
        yield f"… and {len(rows) - MOST_ROWS} more."
