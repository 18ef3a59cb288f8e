"""What was found in dropped workbooks, as people read it: findings by sheet, cases, places for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dmn_dli.checking import CheckResult
from dmn_dli.excel.codes import BORROWED_DICTIONARY
from dmn_dli.model.finding import Finding
from dmn_dli.page.check_view import FOUND
from dmn_dli.page.contents import Contents, PagePolicy
from dmn_dli.page.findings import finding_words
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.live.case_results import case_results
from dmn_dli.page.live.dropped import Dropped
from dmn_dli.page.live.new_rule import NewRule, new_rule
from dmn_dli.page.live.pasted import pasted_cell
from dmn_dli.page.policy.view import fact_labels
from dmn_dli.page.text import frame
from dmn_dli.report.findings import outline, summary, text
from dmn_dli.report.layout import many

MOST_FINDINGS = 500
"""How many findings of one file are shown; the annotated copy and the text to copy hold all."""

_TEXT_WIDTH = 100
_TEXT = "check-text"


def found_view(dropped: Dropped, contents: Contents) -> Element:
    """What was found, file by file."""
    result = contents.check
    return h(
        "div",
        h("h2", "What was found", id=FOUND, tabindex=-1),
        h("ul", (h("li", line) for line in lines_of(dropped, result))),
        _notes([*dropped.notes, *_borrowed(result)]),
        _use_button(dropped, result),
        _files(dropped, contents),
        _as_text(result),
    )


def lines_of(dropped: Dropped, result: CheckResult) -> list[str]:
    """What is proven and found in all, what was found last."""
    return list(outline(result)) if dropped.workbooks else ["No workbook was looked at."]


def _notes(notes: Sequence[str]) -> Child:
    if not notes:
        return None
    return h("ul", (h("li", note) for note in notes), class_="notice")


def _borrowed(result: CheckResult) -> Iterator[str]:
    """Which dictionary is meant where one is borrowed: that which the program in the page comes with."""
    if any(each.code is BORROWED_DICTIONARY for each in result.findings):
        yield (
            "No facts.xlsx was given along: the facts of this page are used, which are meant where it says "
            "“the dictionary that comes with dmn-dli”."
        )


def _use_button(dropped: Dropped, result: CheckResult) -> Child:
    """Nothing can be tried with files of which none can be opened."""
    opened = {each.file for each in result.workbooks if each.tabs}
    if not any(each.shown in opened for each in dropped.policies):
        return None
    return h("p", h("button", "Use these in this page", type="button", data_use="dropped"))


def _as_text(result: CheckResult) -> Child:
    if not result.findings:
        return None
    return h(
        "details",
        h("summary", "All findings as text"),
        h("p", h("button", "Copy the findings", type="button", class_="quiet", data_copy=_TEXT)),
        h("pre", text(result, _TEXT_WIDTH, colour=False), id=_TEXT, tabindex=0),
    )


def _files(dropped: Dropped, contents: Contents) -> Iterator[Element]:
    """A card for each file, those of which nothing is to be said too."""
    result = contents.check
    policies = {each.linked.workbook.file: each for each in contents.policies}
    numbers = {each.shown: number for number, each in enumerate(dropped.workbooks)}
    names = dict.fromkeys([*numbers, *(each.file for each in result.findings)])
    for place, name in enumerate(names):
        own = [finding for finding in result.findings if finding.file == name]
        policy = policies.get(name)
        yield h(
            "article",
            h("h2", name),
            h("p", summary(result, name).capitalize()),
            h("p", data_copy_of=numbers[name]) if name in numbers else None,
            _findings(own, policy, place),
            case_results(policy.cases) if policy and policy.cases else None,
            h("section", data_difference_of=numbers[name]) if policy else None,
            class_="card checked",
        )


def _findings(findings: Sequence[Finding], policy: PagePolicy | None, number: int) -> Iterator[Element]:
    """A file's findings under the names of its sheets; policy: what it holds, where it is no dictionary."""
    labels = {} if policy is None else fact_labels(policy)
    shown = enumerate(findings[:MOST_FINDINGS])
    for sheet, members in groupby(shown, key=lambda each: each[1].sheet):
        yield h("h3", f"Sheet {sheet}" if sheet else "The workbook as a whole")
        items = []
        for place, finding in members:
            rule = None if policy is None else new_rule(finding, policy.linked.workbook)
            row = None if rule is None else _row(rule, f"new-rule-{number}-{place}")
            items.append(h("li", finding_words(finding, None, labels), row))
        yield h("ul", items, class_="findings")
    if len(findings) > MOST_FINDINGS:
        more = many(len(findings) - MOST_FINDINGS, "further finding")
        yield h("p", f"There are {more} in this file; the annotated copy shows them all.")


def _row(rule: NewRule, place: str) -> Element:
    """The row that is lacking, with what copies it and where it goes."""
    return h(
        "div",
        frame(
            h(
                "table",
                h("caption", "The row that is lacking"),
                h("thead", h("tr", (h("th", heading, scope="col") for heading in rule.headings))),
                h("tbody", h("tr", map(pasted_cell, rule.cells))),
                id=place,
            ),
            f"The row that is lacking on sheet {rule.sheet}",
        ),
        h("p", h("button", "Copy this row", type="button", class_="quiet", data_copy=place)),
        h(
            "p",
            f"Then select cell {rule.cell} on the sheet {rule.sheet} in Excel, paste, and fill in the empty "
            "cells.",
            class_="hint",
        ),
        class_="new-rule",
    )
