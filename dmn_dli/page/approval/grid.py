"""A table of the approval page; on a phone each row stands as a card, its cells under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from dmn_dli.page.html import Child, Element, h
from dmn_dli.report import difference_words as words
from dmn_dli.report.layout import many

Cells: TypeAlias = Sequence[Child]
"""What stands in the cells of a row; the first of them names the row."""


def grid(headings: Sequence[str], rows: Iterable[Cells], class_: str = "") -> Element:
    """A table; rows: as many cells as there are headings."""
    head = h("tr", (h("th", heading, scope="col") for heading in headings))
    return h(
        "div",
        h("table", h("thead", head), h("tbody", (_row(headings, cells) for cells in rows))),
        class_=f"grid {class_}".strip(),
    )


def not_shown(number: int, noun: str) -> Child:
    """How many are counted alone: nothing is passed over in silence."""
    if number <= 0:
        return None
    return h("p", f"Not shown here: {many(number, noun)}. {words.WHERE_ALL_IS}", class_="not-shown")


def _row(headings: Sequence[str], cells: Cells) -> Element:
    first, *others = cells
    return h(
        "tr",
        h("th", first, scope="row"),
        (h("td", cell, data_label=heading) for heading, cell in zip(headings[1:], others, strict=True)),
    )
