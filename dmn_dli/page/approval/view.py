"""The approval page: the edits, what they do, the cases and criteria that change, a block to sign."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page import anchors
from dmn_dli.page.html import h
from dmn_dli.page.view import View


def approval(found: Sequence[VersionDifference]) -> View:
    """What changed from the old side to the page's own."""
    return View(anchors.APPROVAL, "For approval", "Approval", h("p", f"{len(found)} policies compared."))
