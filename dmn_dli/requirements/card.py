"""What stands in a node of the picture, line by line, and how large that makes it.

The facts stand in the node that reads them: DMN's option of listed input data. As shapes of their own they
would be more than the decisions, and their lines more than anybody can follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from attrs import frozen

from dmn_dli.model.facts import Fact
from dmn_dli.requirements.arrangement import Box, Size
from dmn_dli.requirements.text import width, wrapped
from dmn_dli.runtime.plain import visible

NAME_SIZE, CAPTION_SIZE, FACT_SIZE = 17, 14, 15
"""Sizes of letters, in the picture's unit."""

PADDING, INSIDE = 14, 12
"""Within the node's edge; within a fact's, left and right."""

_LEADING, _ABOVE, _GAP = 5, 4, 6
"""Between two lines; above and below a fact's lines; between facts."""

_LINE, _LINES, _NARROWEST = 220, 3, 120
"""How wide lines get, how many a name or a label has at most, and how wide a node is at least."""

_COLUMN, MOST_FACTS = 6, 24
"""From how many facts on a node has a further column; how many it names at most."""


@frozen
class Entry:
    """A fact in a node, or without one how many more there are; `box` counts from the node's corner."""

    fact: Fact | None
    box: Box
    lines: tuple[str, ...]

    @property
    def baselines(self) -> tuple[int, ...]:
        """Where its lines stand, from the node's upper edge."""
        return _baselines(self.box.top + _ABOVE, FACT_SIZE, self.lines)


@frozen
class Card:
    """A node's content: its name, what it is, and its facts."""

    size: Size
    name: tuple[str, ...]
    caption: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def baselines(self) -> tuple[int, ...]:
        """Where the lines of the name and the caption stand, from the node's upper edge."""
        caption = PADDING + _height(NAME_SIZE, self.name)
        return (
            *_baselines(PADDING, NAME_SIZE, self.name),
            *_baselines(caption, CAPTION_SIZE, self.caption),
        )


def card(name: str, caption: str, facts: Sequence[Fact]) -> Card:
    """The content of a node."""
    title = wrapped(visible(name), NAME_SIZE, _LINE, _LINES)
    below = wrapped(visible(caption), CAPTION_SIZE, _LINE, _LINES)
    words = max(_widest(NAME_SIZE, title), _widest(CAPTION_SIZE, below), _NARROWEST)
    top = PADDING + _height(NAME_SIZE, title) + _height(CAPTION_SIZE, below)
    entries = tuple(_entries(facts, words, top + _GAP)) if facts else ()
    right = max([PADDING + words, *(entry.box.right for entry in entries)])
    bottom = max([top, *(entry.box.bottom for entry in entries)])
    return Card(Size(right + PADDING, bottom + PADDING), title, below, entries)


def _entries(facts: Sequence[Fact], least: int, top: int) -> Iterator[Entry]:
    """The facts in columns, each as wide as the widest, together at least as wide as the words above them."""
    texts: list[tuple[Fact | None, tuple[str, ...]]] = [
        (fact, wrapped(visible(fact.label or fact.name), FACT_SIZE, _LINE - 2 * INSIDE, _LINES))
        for fact in facts[:MOST_FACTS]
    ]
    if len(facts) > MOST_FACTS:
        texts.append((None, (f"and {len(facts) - MOST_FACTS:,} more",)))
    columns = -(-len(texts) // _COLUMN)
    rows = -(-len(texts) // columns)
    share = (least - _GAP * (columns - 1)) // columns
    wide = max([share, *(2 * INSIDE + _widest(FACT_SIZE, lines) for _, lines in texts)])
    for column in range(columns):
        above = top
        for fact, lines in texts[column * rows : (column + 1) * rows]:
            high = 2 * _ABOVE + _height(FACT_SIZE, lines)
            yield Entry(fact, Box(PADDING + column * (wide + _GAP), above, wide, high), lines)
            above += high + _GAP


def _widest(size: int, lines: Sequence[str]) -> int:
    return max((ceil(width(line, size)) for line in lines), default=0)


def _height(size: int, lines: Sequence[str]) -> int:
    return len(lines) * (size + _LEADING)


def _baselines(top: int, size: int, lines: Sequence[str]) -> tuple[int, ...]:
    return tuple(top + size + number * (size + _LEADING) for number in range(len(lines)))
