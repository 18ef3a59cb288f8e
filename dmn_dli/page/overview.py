"""The overview: which policies there are, since when, what is proven of them, what is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dmn_dli.model.finding import Severity
from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents, PagePolicy
from dmn_dli.page.findings import NOUNS, TONES, finding_words
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import marks_of
from dmn_dli.page.policy.head import broken_badge, overdue_badge, standing_badge
from dmn_dli.page.policy.proofs import proof_words
from dmn_dli.page.policy.view import FINDINGS, fact_labels
from dmn_dli.page.text import frame
from dmn_dli.page.view import View
from dmn_dli.report.layout import many
from dmn_dli.report.test_results import shares, tally

_HEADINGS = ("Payer", "Policy", "Version", "Reviews", "Proof", "Cases", "Findings")


def overview(contents: Contents) -> View:
    """A line for each policy, and all findings."""
    table = h(
        "table",
        h("thead", h("tr", (h("th", each, scope="col") for each in _HEADINGS))),
        h("tbody", (_row(each, contents) for each in contents.policies)),
        class_="pinned overview",
    )
    body = [
        h("p", f"As of {contents.today.isoformat()}."),
        frame(table, "Policies"),
        h("section", h("h2", "Findings"), _findings(contents)),
    ]
    return View(anchors.OVERVIEW, "Coverage policies", "Overview", body)


def _row(policy: PagePolicy, contents: Contents) -> Element:
    fields = policy.linked.workbook.policy
    start, end = fields.effective_from, fields.effective_to
    broken = broken_badge(policy)
    return h(
        "tr",
        h("th", h("a", policy.name, href=f"#{anchors.policy(policy.key)}"), scope="row"),
        h("td", h("b", fields.policy_number or ""), " ", fields.title or ""),
        h(
            "td",
            standing_badge(policy),
            h("div", f"from {start.isoformat()}") if start else None,
            h("div", f"to {end.isoformat()}") if end else None,
        ),
        h(
            "td",
            h("div", f"last {fields.last_review.isoformat()}") if fields.last_review else None,
            h("div", f"next {fields.next_review.isoformat()}") if fields.next_review else None,
            overdue_badge(policy),
        ),
        h("td", proof_words(policy) if broken is None else broken),
        h("td", _cases(policy)),
        h("td", _counts(policy, contents)),
    )


def _cases(policy: PagePolicy) -> Child:
    """How many cases passed, and how many rules they use."""
    result, sheet = policy.cases, policy.linked.workbook.cases
    if result is None or sheet is None:
        return "no cases"
    return [
        h("a", tally(result), href=f"#{anchors.sheet(policy.key, sheet.sheet)}"),
        [" ", h("span", "failed", class_="badge bad")] if not result.passed else None,
        [h("div", each, class_="hint") for each in shares([result])] if result.coverage else None,
    ]


def _counts(policy: PagePolicy, contents: Contents) -> Child:
    """How many findings there are of each severity."""
    open_ = [contents.check.severity(each) for each in policy.findings if not each.waived]
    waived = sum(each.waived for each in policy.findings)
    counts = [(many(open_.count(each), NOUNS[each]), TONES[each]) for each in Severity if each in open_]
    counts += [(f"{waived} waived", "")] if waived else []
    if not counts:
        return "nothing to object to"
    place = f"#{anchors.part(policy.key, FINDINGS)}"
    return [h("div", h("a", words, href=place, class_=f"badge {class_}".strip())) for words, class_ in counts]


def _findings(contents: Contents) -> Child:
    """All findings by file; each place leads to the very cell."""
    if not contents.check.findings:
        return h("p", "Nothing to object to.")
    return list(_files(contents))


def _files(contents: Contents) -> Iterator[Child]:
    told = set()
    for policy in contents.policies:
        file = policy.linked.workbook.file
        told.add(file)
        marks = marks_of(policy.key, policy.linked.workbook, policy.findings)
        items = [
            finding_words(
                each, marks.place(number) or anchors.finding(policy.key, number), fact_labels(policy)
            )
            for number, each in enumerate(policy.findings, 1)
        ]
        if items:
            yield [h("h3", policy.linked.workbook.name), _list(items)]
    others = [each for each in contents.check.findings if each.file not in told]
    for file in dict.fromkeys(each.file for each in others):
        yield [
            h("h3", Path(file).name),
            _list([finding_words(each, None, {}) for each in others if each.file == file]),
        ]


def _list(items: list[Child]) -> Element:
    return h("ol", (h("li", each) for each in items), class_="findings")
