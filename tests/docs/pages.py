"""The documentation as tests read it: its pages, their fenced blocks, and a way to rewrite them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE)


@frozen
class Block:
    """A fenced block: its language, its text, and where the text stands in the page."""

    page: Path
    language: str
    text: str
    start: int

    @property
    def place(self) -> str:
        """`README.md, line 12`."""
        line = read(self.page).count("\n", 0, self.start)
        return f"{self.page.relative_to(ROOT).as_posix()}, line {line + 1}"


def read(page: Path) -> str:
    """The page's text."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *languages: str) -> list[Block]:
    """The page's fenced blocks in these languages, in their order; all where none is named."""
    return [
        Block(page, match["language"], match["text"], match.start("text"))
        for match in _FENCE.finditer(read(page))
        if not languages or match["language"] in languages
    ]


def without_blocks(page: Path) -> str:
    """The page's prose alone."""
    return _FENCE.sub("", read(page))


def rewriting() -> bool:
    """Whether pages are to be written anew (UPDATE_GOLDEN=1) before they are compared."""
    return bool(os.environ.get("UPDATE_GOLDEN"))


def check_generated(page: Path, expected: str) -> None:
    """Compare a generated page with the committed one; UPDATE_GOLDEN=1 writes it first."""
    if rewriting():
        page.write_text(expected, encoding="utf-8", newline="\n")
    assert page.exists(), f"{page.name} is missing; UPDATE_GOLDEN=1 writes it"
    assert read(page) == expected
