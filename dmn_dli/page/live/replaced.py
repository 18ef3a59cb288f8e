"""The page's views made anew from dropped workbooks, and the banner that says so."""

from __future__ import annotations

from typing import Any

from dmn_dli.page import anchors
from dmn_dli.page.about import ABOUT
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import Element, fragment, h
from dmn_dli.page.menu import menu
from dmn_dli.page.views import views_of

_KEPT = frozenset({anchors.TRY, anchors.CHECK, anchors.ABOUT})
"""Views that stay as they are: the form asks for its own questions anew."""


def replaced(contents: Contents) -> dict[str, Any]:
    """The views in their order, those that stay without HTML; the menu that leads to them; the banner."""
    # What the page tells of itself was read where the page was made, and is not at hand here.
    views = [*views_of(contents), ABOUT]
    return {
        "views": [
            {"anchor": view.anchor, "html": None if view.anchor in _KEPT else fragment(view.element())}
            for view in views
        ],
        "menu": fragment(menu(views)),
        "banner": fragment(*_banner(contents)),
    }


def _banner(contents: Contents) -> list[Element]:
    names = ", ".join(each.linked.workbook.file for each in contents.policies)
    return [
        h("p", h("strong", "These are your files, not the page's: "), names),
        h("button", "Go back to the page's own", type="button", data_use="own"),
        h("p", id="own-files-said"),
    ]
