"""A dropped workbook beside the page's own version of its payer, as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.diff.version_difference import Match, VersionDifference
from dmn_dli.page.html import Child, h
from dmn_dli.report.difference_text import Page, text

_WIDTH = 100


def difference_view(found: Sequence[VersionDifference]) -> Child:
    """What a workbook changes; found: its difference, or nothing where it is the page's own."""
    return [h("h4", "Compared with the page's own version"), _told(found)]


def _told(found: Sequence[VersionDifference]) -> Child:
    if not found:
        return h("p", "It is the very file that the page holds.")
    if all(each.match is Match.ADDED for each in found):
        return h("p", "The page holds no earlier version of this payer's policy.")
    return h("pre", text(found, Page(_WIDTH)))
