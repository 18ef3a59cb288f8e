"""A dropped workbook beside the page's own version of its payer, as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.diff.version_difference import Match, VersionDifference
from dmn_dli.page.approval.head import badge
from dmn_dli.page.approval.sections import difference_sections
from dmn_dli.page.html import Child, Element, h
from dmn_dli.report import difference_words as words


def difference_view(found: Sequence[VersionDifference]) -> Element:
    """What a workbook changes; found: its difference, or nothing where it is the page's own."""
    return h("div", h("h3", "Compared with the page's own version"), _told(found), class_="approval")


def _told(found: Sequence[VersionDifference]) -> Child:
    if not found:
        return h("p", "It is the very file that the page holds.")
    difference = found[0]
    if difference.match is Match.ADDED:
        return h("p", "The page holds no earlier version of this payer's policy.")
    if not (difference.differs or difference.changes or difference.cases):
        return h("p", f"{words.sentence(words.NO_DIFFERENCE)}.")
    return [
        h("p", badge(difference), " ", f"{words.sentence(words.meaning(difference))}."),
        h(
            "details",
            h("summary", "What was edited, and what it does"),
            difference_sections(difference, None, sign=False),
        ),
    ]
