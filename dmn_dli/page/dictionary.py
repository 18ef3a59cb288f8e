"""The dictionary of facts: what each means, what it may be, who can change it."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def facts(contents: Contents) -> View:
    """A line for each fact of the shared dictionary."""
    dictionary = contents.dictionary
    rows = (
        [h("li", fact.label, id=anchors.fact(fact.name)) for fact in dictionary.facts] if dictionary else []
    )
    return View(anchors.FACTS, "Facts", "Facts", h("ul", rows))
