"""The approval page: the edits, what they do, the cases and criteria that change, a block to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page import anchors
from dmn_dli.page.approval.grid import Cells, grid
from dmn_dli.page.approval.head import badge
from dmn_dli.page.approval.most import Most, shared
from dmn_dli.page.approval.sections import difference_sections
from dmn_dli.page.contents import Contents, PagePolicy
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.view import View
from dmn_dli.report import difference_words as words


def approval(found: Sequence[VersionDifference], contents: Contents, *, engine: bool) -> View:
    """What changed from the old side to the page's own.

    engine: whether the page can try cases.
    """
    files = {PurePath(each.linked.workbook.file): each for each in contents.policies}
    changed = [(each, None if each.new is None else files.get(PurePath(each.new.shown))) for each in found]
    body: Child = [
        h("div", _summary(found), _unchanged(found, files), class_="approval"),
        [_policy(each, policy, engine=engine, most=shared(len(changed))) for each, policy in changed],
    ]
    return View(anchors.APPROVAL, "For approval", "Approval", body)


def _summary(found: Sequence[VersionDifference]) -> Element:
    """A line for each policy that changed; that none did."""
    if not found:
        return h("p", f"{words.sentence(words.NO_DIFFERENCE)}.")
    return grid(("Policy", "Verdict", "Edits", "Determination differs"), map(_line, found), "summary")


def _line(difference: VersionDifference) -> Cells:
    link = h("a", _name(difference), href=f"#{anchors.difference(difference.edition.shown)}")
    return link, badge(difference), f"{len(difference.changes):,}", words.determination_share(difference)


def _unchanged(found: Sequence[VersionDifference], files: Mapping[PurePath, PagePolicy]) -> Child:
    """The policies of the page that are as they were, in a line."""
    changed = {PurePath(each.new.shown) for each in found if each.new is not None}
    same = [policy for file, policy in files.items() if file not in changed]
    if not same:
        return None
    links = [h("li", h("a", each.name, href=f"#{anchors.policy(each.key)}")) for each in same]
    return [h("p", f"Unchanged ({len(same):,}):"), h("ul", links, class_="unchanged")]


def _policy(difference: VersionDifference, policy: PagePolicy | None, *, engine: bool, most: Most) -> Element:
    anchor, key = anchors.difference(difference.edition.shown), None if policy is None else policy.key
    return h(
        "section",
        h("h2", _name(difference), id=f"{anchor}/title", tabindex=-1),
        difference_sections(difference, key, engine=engine, most=most),
        id=anchor,
        class_="changed-policy",
        aria_labelledby=f"{anchor}/title",
    )


def _name(difference: VersionDifference) -> str:
    """What people call the policy, and since when it is in force."""
    edition = difference.edition
    fields = edition.linked.workbook.policy
    name = fields.payer_name or edition.payer
    return f"{name}, from {edition.effective_from}" if edition.effective_from else name
