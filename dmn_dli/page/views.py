"""All views of a page, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page.about import about
from dmn_dli.page.approval.view import approval
from dmn_dli.page.check_view import check_view
from dmn_dli.page.contents import Contents
from dmn_dli.page.dictionary import facts
from dmn_dli.page.overview import overview
from dmn_dli.page.policy.view import policy_view
from dmn_dli.page.try_view import try_view
from dmn_dli.page.view import View


def all_views(
    contents: Contents,
    differences: Sequence[VersionDifference] | None = None,
    case: Mapping[str, str] | None = None,
    *,
    engine: bool,
) -> list[View]:
    """The views of these contents, those that wait for an engine among them.

    differences: what changed since an older edition, which then comes first. case: the facts of a case to
    open with, as they are entered. engine: whether one is in the page.
    """
    return [
        *([] if differences is None else [approval(differences, contents, engine=engine)]),
        *views_of(contents, case),
        about(contents, engine=engine),
    ]


def views_of(contents: Contents, case: Mapping[str, str] | None = None) -> list[View]:
    """The views that the policies decide; the others tell of the page, whatever policies are in use."""
    return [
        overview(contents),
        *map(policy_view, contents.policies),
        try_view(contents, case),
        check_view(),
        facts(contents),
    ]
