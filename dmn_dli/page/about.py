"""What the page is made of: versions, the files that it was made from, and every licence."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def about() -> View:
    """Where the page comes from."""
    return View(anchors.ABOUT, "About this page", "About", h("p", "Made by dmn-dli."))
