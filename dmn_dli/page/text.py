"""What a cell says, as it stands in the page."""

from __future__ import annotations

from dmn_dli.page.html import Child, h
from dmn_dli.report.record_columns import no_formula

LONG = 1_500
"""So many characters may a cell hold before it scrolls by itself."""


def cell_text(text: str) -> Child:
    """A cell's text, letter for letter; a very long one scrolls in a frame of its own."""
    if len(text) <= LONG:
        return text
    return h("div", text, class_="long", tabindex=0, role="region", aria_label="A long text")


def as_text(text: str) -> str | None:
    """How a cell is copied where no more than text is pasted; None where as it stands.

    A dash alone is no formula: it says that a rule asks for nothing.
    """
    plain = text if text in ("", "-") else no_formula(text)
    return None if plain == text else plain


def frame(table: Child, name: str) -> Child:
    """A table in a frame that scrolls by itself, with the keyboard too."""
    return h("div", table, class_="frame", tabindex=0, role="region", aria_label=name)
