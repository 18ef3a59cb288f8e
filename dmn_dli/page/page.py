"""The page's door: from workbooks to one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page.about import about
from dmn_dli.page.approval.view import approval
from dmn_dli.page.check_view import check_view
from dmn_dli.page.contents import Contents
from dmn_dli.page.dictionary import facts
from dmn_dli.page.document import document
from dmn_dli.page.overview import overview
from dmn_dli.page.policy.view import policy_view
from dmn_dli.page.try_view import try_view

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
    views = [
        *([] if differences is None else [approval(differences, contents, engine=carried is not None)]),
        overview(contents),
        *map(policy_view, contents.policies),
        try_view(contents, case),
        check_view(),
        facts(contents),
        about(contents, engine=carried is not None),
    ]
    return document(TITLE, views, carried)
