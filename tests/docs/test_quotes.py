"""What a page quotes of the executable specification stands there, letter for letter."""

from __future__ import annotations

import re
from textwrap import indent

from tests.docs.pages import PAGES, ROOT, read

_QUOTE = re.compile(r"<!-- quoted from: (?P<file>\S+) -->\n```py\n(?P<text>.*?)```", re.DOTALL)
QUOTES = [(quote["file"], quote["text"]) for page in PAGES for quote in _QUOTE.finditer(read(page))]


def test_the_specification_is_quoted() -> None:
    assert {file.partition("/")[0] for file, _ in QUOTES} == {"tests"}


def test_what_is_quoted_stands_there() -> None:
    strayed = [
        text
        for file, text in QUOTES
        if not any(indent(text, " " * depth) in read(ROOT / file) for depth in (0, 4))
    ]
    assert strayed == []
