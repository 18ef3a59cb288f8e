"""What differs between two versions of a policy, section by section, as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.diff.asked_cases import AskedCases, asked_cases
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page import anchors
from dmn_dli.page.approval.cases import cases, criteria
from dmn_dli.page.approval.edits import edited, left_out
from dmn_dli.page.approval.effects import effects
from dmn_dli.page.approval.head import head
from dmn_dli.page.approval.most import ALONE, Most
from dmn_dli.page.approval.places import Places
from dmn_dli.page.approval.sign_off import sign_off
from dmn_dli.page.html import Child, Element, h
from dmn_dli.report import difference_words as words
from dmn_dli.report.layout import many


def difference_sections(
    difference: VersionDifference,
    key: str | None,
    *,
    engine: bool = True,
    sign: bool = True,
    most: Most = ALONE,
) -> Element:
    """Head, edits, what they do, cases and criteria, limits, and the block to sign.

    key: that of the new version in the page; None where the page does not show it. engine: whether the page
    has a form in which an example can be tried. sign: whether it is for approval.
    most: how much is shown.
    """
    anchor = anchors.difference(difference.edition.shown)
    places = Places(key, difference.edition, engine, most)
    parts = list(_parts(difference, places))
    if sign:
        parts.append((words.SIGN_OFF, sign_off(difference, anchor)))
    titled = ((f"{number}. {title}", body) for number, (title, body) in enumerate(parts, 1))
    return h("div", head(difference), (_section(title, body) for title, body in titled), class_="approval")


def _parts(difference: VersionDifference, places: Places) -> Iterator[tuple[str, Child]]:
    """The sections with their titles; of a policy that one side alone has where to read it."""
    if difference.behaviour is None:
        yield words.WHOLE_POLICY, _whole(difference, places.key)
        return
    yield "What was edited", edited(difference.changes, places)
    yield "What the edits do", effects(difference.behaviour, difference.values, places)
    yield "Cases and criteria", [_cases(_asked(difference), places), criteria(difference.criteria, places)]
    yield words.OPEN_ENDS, _limits(difference, places)


def _section(title: str, body: Child) -> Element:
    return h("section", h("h3", title), body, class_="part")


def _whole(difference: VersionDifference, key: str | None) -> Child:
    """A policy that one side alone has is no comparison."""
    told = words.WHOLE[difference.match]
    link = None if key is None else h("a", "Read it", href=f"#{anchors.policy(key)}")
    return h("p", told, " ", link)


def _asked(difference: VersionDifference) -> AskedCases | None:
    old, new = difference.old, difference.new
    return None if old is None or new is None else asked_cases(old, new)


def _cases(asked: AskedCases | None, places: Places) -> Child:
    return h("p", words.NO_CASES_ASKED) if asked is None else cases(asked, places)


def _limits(difference: VersionDifference, places: Places) -> Child:
    """What could not be settled here, then what no comparison looks at."""
    rest = left_out(difference.changes, places)
    own = [f"{many(rest, 'edit')} of this policy are counted above and not shown"] if rest else []
    unsettled = [*words.unsettled(difference), *own]
    told = h("ul", (h("li", f"{words.sentence(each)}.") for each in unsettled), class_="unsettled")
    return [
        [h("p", h("b", "Not settled here:")), told] if unsettled else h("p", words.ALL_SETTLED),
        h("p", h("b", "Not part of any comparison:")),
        h("ul", (h("li", each) for each in words.LIMITS)),
    ]
