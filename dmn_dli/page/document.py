"""The whole file: head, menu, views, and what makes them move."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

from dmn_dli.page.html import Element, fragment, h
from dmn_dli.page.menu import header
from dmn_dli.page.view import View

STYLES = (
    "tokens.css",
    "page.css",
    "forms.css",
    "tables.css",
    "frame.css",
    "search.css",
    "reading.css",
    "graph.css",
    "approval.css",
    "try.css",
    "check.css",
    "print.css",
)
SCRIPTS = ("navigation.js", "finding.js", "search.js", "tips.js")
ENGINE_SCRIPTS = ("engine.js", "copy.js", "form.js", "marks.js", "try.js", "interview.js", "check.js")
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
            h("meta", http_equiv="Content-Security-Policy", content=_security(styles, scripts, carried)),
            h("meta", name="referrer", content="no-referrer"),
            h("meta", name="viewport", content="width=device-width, initial-scale=1"),
            h("meta", name="color-scheme", content="light dark"),
            h("title", title),
            h("style", styles),
        ),
        h(
            "body",
            h("a", "Skip to the content", href="#main", class_="skip"),
            header(title, shown, engine=carried is not None),
            h("main", (view.element() for view in shown), id="main"),
            (h("script", script) for script in scripts),
            _blocks(carried or {}),  # large: whoever reads does not wait for them
            class_="page",
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{fragment(page)}\n"


def asset(name: str) -> str:
    """The text of a style sheet or script of the page."""
    return resources.files("dmn_dli.page").joinpath("assets", name).read_text("utf-8")


def _security(styles: str, scripts: Iterable[str], carried: Mapping[str, str] | None) -> str:
    """What a page may use and reach: its own styles and scripts, by their hashes, and nothing outside of it.

    The engine runs in a worker and consists of modules, which both are made of blocks of the page.
    """
    own = " ".join(map(_source, scripts))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own}" if carried is None else f"script-src {own} blob: 'wasm-unsafe-eval'",
            *([] if carried is None else ["worker-src blob:"]),
            f"style-src {_source(styles)}",
            "style-src-attr 'unsafe-inline'",  # the size of a picture is its own
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def _source(text: str) -> str:
    """A style or script as the policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _blocks(carried: Mapping[str, str]) -> Iterable[Element]:
    """Data that the browser neither shows nor runs; nothing in it is escaped."""
    return (h("script", text, type="application/octet-stream", id=name) for name, text in carried.items())
