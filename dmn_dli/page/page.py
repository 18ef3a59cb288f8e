"""The page's door: from workbooks to one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page.contents import Contents
from dmn_dli.page.document import document
from dmn_dli.page.views import all_views

TITLE = "Coverage policies"


def page(
    contents: Contents,
    differences: Sequence[VersionDifference] | None = None,
    carried: Mapping[str, str] | None = None,
    case: Mapping[str, str] | None = None,
) -> str:
    """The page as HTML text.

    differences: what changed since an older edition, which then comes first. carried: the engine's blocks,
    as `engine.bundle` packs them; None for the readable part alone. case: the facts of a case
    to open with, as they are entered.
    """
    return document(TITLE, all_views(contents, differences, case, engine=carried is not None), carried)
