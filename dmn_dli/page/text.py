"""What a cell says, as it stands in the page."""

from __future__ import annotations

from dmn_dli.page.html import Child, h

LONG = 1_500
"""So many characters may a cell hold before it scrolls by itself."""


def cell_text(text: str) -> Child:
    """A cell's text, letter for letter; a very long one scrolls in a frame of its own."""
    if len(text) <= LONG:
        return text
    return h("div", text, class_="long", tabindex=0, role="region", aria_label="A long text")


def frame(table: Child, name: str) -> Child:
    """A table in a frame that scrolls by itself, with the keyboard too."""
    return h("div", table, class_="frame", tabindex=0, role="region", aria_label=name)
