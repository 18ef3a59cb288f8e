"""The overview: which policies there are, since when, what is proven of them, what is to be done."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def overview(contents: Contents) -> View:
    """A line for each policy."""
    rows = [h("li", h("a", each.name, href=f"#{anchors.policy(each.key)}")) for each in contents.policies]
    return View(anchors.OVERVIEW, "Coverage policies", "Overview", h("ul", rows))
