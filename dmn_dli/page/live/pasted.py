"""Cells that people copy from the page and paste into Excel."""

from __future__ import annotations

from dmn_dli.page.html import Element, h
from dmn_dli.report.table_row import no_formula


def pasted_cell(text: str) -> Element:
    """A cell that is copied as text; styles tell a blank one."""
    return h("td", text, class_=None if text else "blank", data_plain=_as_plain(text))


def _as_plain(text: str) -> str | None:
    """How a cell is copied where no more than text is pasted; None where as it stands.

    A dash alone is no formula: it says that a rule asks for nothing.
    """
    plain = text if text in ("", "-") else no_formula(text)
    return None if plain == text else plain
