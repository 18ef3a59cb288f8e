"""The head of the page: its name, the menu of views, search, print, and how the engine is doing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dmn_dli.page.html import Element, h
from dmn_dli.page.view import View

MENU = "menu"
"""The id of the menu's list, which a script that replaces views replaces too, and then tells `views`."""


def header(title: str, views: Sequence[View], *, engine: bool) -> Element:
    """What stands above every view. Buttons that need a script are hidden until it shows them."""
    return h(
        "header",
        h("p", title, class_="brand"),
        h(
            "button",
            "Menu",
            type="button",
            class_="menu-button quiet",
            aria_expanded="false",
            aria_controls=MENU,
        ),
        h("nav", menu(views), aria_label="Views"),
        _search(),
        _printing(),
        h("p", "The engine has not started yet.", id="engine-status", role="status") if engine else None,
        class_="top",
    )


def menu(views: Sequence[View]) -> Element:
    """What leads to each view; views of a group stand under its word, which opens them."""
    items = []
    for group, members in groupby((view for view in views if view.menu), key=lambda view: view.group):
        links = [h("li", h("a", view.menu, href=f"#{view.anchor}")) for view in members]
        items += [h("li", h("details", h("summary", group), h("ul", links)))] if group else links
    return h("ul", items, id=MENU, class_="menu")


def _search() -> Element:
    return h(
        "div",
        h("label", "Search", for_="search-field", class_="visually-hidden"),
        h(
            "input",
            type="search",
            id="search-field",
            placeholder="Search (Ctrl+K)",
            autocomplete="off",
            spellcheck="false",
            role="combobox",
            aria_expanded="false",
            aria_controls="search-results",
            aria_autocomplete="list",
            aria_keyshortcuts="Control+K",
        ),
        h("p", id="search-count", class_="visually-hidden", role="status"),
        h(
            "div",
            h("p", class_="hint", aria_hidden="true"),
            h("div", id="search-results", role="listbox", aria_label="What was found"),
            id="search-panel",
            hidden=True,
        ),
        id="search",
        role="search",
        hidden=True,
    )


def _printing() -> Element:
    return h(
        "details",
        h("summary", "Print"),
        h(
            "ul",
            h("li", h("button", "This view", type="button", class_="quiet", data_print="view")),
            h("li", h("button", "Everything", type="button", class_="quiet", data_print="everything")),
        ),
        id="print",
        class_="printing",
        hidden=True,
    )
