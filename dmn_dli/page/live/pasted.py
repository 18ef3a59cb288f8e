"""Cells that people copy from the page and paste into Excel."""

from __future__ import annotations

from dmn_dli.page.html import Element, h

_AS_TEXT = "mso-number-format:'\\@'"
"""Tells Excel to take what is pasted as text, no formula, date or number."""


def pasted_cell(text: str) -> Element:
    """A cell that Excel takes as text; styles tell a blank one."""
    return h("td", text, style=_AS_TEXT, class_=None if text else "blank")
