"""The whole file: head, menu, views, and what makes them move."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import groupby

from dmn_dli.page.html import Element, fragment, h
from dmn_dli.page.view import View

STYLES = ("page.css", "reading.css", "approval.css", "try.css", "check.css")
SCRIPTS = ("navigation.js", "search.js")
ENGINE_SCRIPTS = ("engine.js", "copying.js", "try.js", "interview.js", "check.js")
"""Scripts that stand in a page with an engine alone; each is a classic script of its own, in this order."""


def document(title: str, views: Sequence[View], carried: Mapping[str, str] | None = None) -> str:
    """The page as text.

    carried: blocks of text under their ids, the engine among them, which the scripts unpack; None for a page
    without an engine, from which the views that wait for one are left out.
    """
    shown = [view for view in views if carried is not None or not view.engine]
    styles = "\n".join(map(asset, STYLES))
    scripts = [asset(name) for name in (SCRIPTS if carried is None else (*SCRIPTS, *ENGINE_SCRIPTS))]
    page = h(
        "html",
        h(
            "head",
            h("meta", charset="utf-8"),
            h("meta", http_equiv="Content-Security-Policy", content=_security(scripts)),
            h("meta", name="viewport", content="width=device-width, initial-scale=1"),
            h("meta", name="color-scheme", content="light dark"),
            h("title", title),
            h("style", styles),
        ),
        h(
            "body",
            h("a", "Skip to the content", href="#main", class_="skip"),
            _header(title, shown, engine=carried is not None),
            h("main", (view.element() for view in shown), id="main"),
            _blocks(carried or {}),
            (h("script", script) for script in scripts),
            class_="page",
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{fragment(page)}\n"


def asset(name: str) -> str:
    """The text of a style sheet or script of the page."""
    return resources.files("dmn_dli.page").joinpath("assets", name).read_text("utf-8")


def _security(scripts: Iterable[str]) -> str:
    """What a page may run and reach: its own scripts, by their hashes, and nothing outside of it."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes} blob: 'wasm-unsafe-eval'; worker-src blob:; "
        "style-src 'unsafe-inline'; img-src data: blob:; connect-src data: blob:; form-action 'none'; "
        "base-uri 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _header(title: str, views: Sequence[View], *, engine: bool) -> Element:
    return h(
        "header",
        h("p", title, class_="brand"),
        h("nav", menu(views), aria_label="Views"),
        h("div", role="search", id="search"),
        h("p", "The engine has not started yet.", id="engine-status", role="status") if engine else None,
        class_="top",
    )


def menu(views: Sequence[View]) -> Element:
    """What leads to each view."""
    items = []
    for group, members in groupby((view for view in views if view.menu), key=lambda view: view.group):
        links = [h("li", h("a", view.menu, href=f"#{view.anchor}")) for view in members]
        items += [h("li", h("span", group), h("ul", links))] if group else links
    return h("ul", items, id="menu")


def _blocks(carried: Mapping[str, str]) -> Iterable[Element]:
    """Data that the browser neither shows nor runs."""
    return (h("script", text, type="application/octet-stream", id=name) for name, text in carried.items())
