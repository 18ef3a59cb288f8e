"""The view in which people check their own workbooks: where to drop them, and what was found."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def check_view() -> View:
    """The place to drop workbooks on, and the places where results appear."""
    return View(
        anchors.CHECK, "Check a workbook", "Check a workbook", h("p", "Drop workbooks here."), engine=True
    )
