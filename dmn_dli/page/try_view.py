"""The view in which a case is tried: a form from the dictionary, and all payers' answers beside it."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def try_view(contents: Contents) -> View:
    """The form, and the places where answers appear."""
    return View(
        anchors.TRY, "Try a case", "Try a case", h("p", f"{len(contents.policies)} policies."), engine=True
    )
