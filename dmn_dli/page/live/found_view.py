"""What was found in dropped workbooks, as people read it: findings by sheet, cases, places for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dmn_dli.checking import CheckResult
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.model.workbook import Workbook
from dmn_dli.page.check_view import FOUND
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.live.case_results import case_results
from dmn_dli.page.live.dropped import Dropped
from dmn_dli.page.live.new_rule import NewRule, new_rule
from dmn_dli.page.text import as_text
from dmn_dli.report.findings import outline, summary, text
from dmn_dli.report.layout import many

MOST_FINDINGS = 500
"""How many findings of one file are shown; the annotated copy and the text to copy hold all."""

_BADGES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: ""}
_TEXT_WIDTH = 100

_TEXT = "check-text"


def found_view(dropped: Dropped, contents: Contents) -> Element:
    """What was found, file by file."""
    result = contents.check
    return h(
        "div",
        h("h2", "What was found", id=FOUND, tabindex=-1),
        h("ul", (h("li", line) for line in lines_of(dropped, result))),
        _notes(dropped),
        _use_button(dropped),
        _files(dropped, contents),
        _as_text(result),
    )


def lines_of(dropped: Dropped, result: CheckResult) -> list[str]:
    """What is proven and found in all, what was found last."""
    return list(outline(result)) if dropped.workbooks else ["No workbook was looked at."]


def _notes(dropped: Dropped) -> Child:
    if not dropped.notes:
        return None
    return h("ul", (h("li", note) for note in dropped.notes), class_="notice")


def _use_button(dropped: Dropped) -> Child:
    if not dropped.policies:
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
            _findings(own, result, policy.linked.workbook if policy else None, place),
            case_results(policy.cases) if policy and policy.cases else None,
            h("section", data_difference_of=numbers[name]) if policy else None,
            class_="card checked",
        )


def _findings(
    findings: Sequence[Finding], result: CheckResult, workbook: Workbook | None, number: int
) -> Iterator[Element]:
    """A file's findings under the names of its sheets."""
    shown = enumerate(findings[:MOST_FINDINGS])
    for sheet, members in groupby(shown, key=lambda each: each[1].sheet):
        yield h("h3", f"Sheet {sheet}" if sheet else "The workbook as a whole")
        items = []
        for place, finding in members:
            rule = None if workbook is None else new_rule(finding, workbook)
            row = None if rule is None else _row(rule, f"new-rule-{number}-{place}")
            items.append(h("li", _finding(finding, result), row))
        yield h("ul", items, class_="findings")
    if len(findings) > MOST_FINDINGS:
        more = many(len(findings) - MOST_FINDINGS, "further finding")
        yield h("p", f"There are {more} in this file; the annotated copy shows them all.")


def _finding(finding: Finding, result: CheckResult) -> list[Element]:
    severity = result.severity(finding)
    word = f"waived {severity.value}" if finding.waived else severity.value
    badge = "" if finding.waived else _BADGES[severity]
    return [
        h(
            "p",
            h("span", word, class_=f"badge {badge}".rstrip()),
            " ",
            [h("strong", f"Cell {finding.cell}"), " "] if finding.cell else None,
            h("span", finding.code.code, class_="code"),
            class_="where",
        ),
        h("p", finding.message),
        *([h("p", finding.remedy, class_="remedy")] if finding.remedy else []),
    ]


def _row(rule: NewRule, place: str) -> Element:
    """The row that is lacking, with what copies it and where it goes."""
    return h(
        "div",
        h(
            "div",
            h(
                "table",
                h("caption", "The row that is lacking"),
                h("thead", h("tr", (h("th", heading, scope="col") for heading in rule.headings))),
                h("tbody", h("tr", (_cell(cell) for cell in rule.cells))),
                id=place,
            ),
            class_="frame",
            tabindex=0,
            role="region",
            aria_label=f"The row that is lacking on sheet {rule.sheet}",
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


def _cell(text: str) -> Element:
    return h("td", text, class_=None if text else "blank", data_plain=as_text(text))
