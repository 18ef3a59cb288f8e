"""What was found in dropped workbooks, as people read it: findings by sheet, cases, places for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import field, frozen

from dmn_dli.checking import CheckResult
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.model.workbook import Workbook
from dmn_dli.page.check_view import FOUND
from dmn_dli.page.contents import Contents
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.live.case_results import case_results
from dmn_dli.page.live.dropped import Dropped
from dmn_dli.page.live.new_rule import NewRule, new_rule
from dmn_dli.page.live.pasting import Copy, pasted_row
from dmn_dli.report.findings import outline, summary, text
from dmn_dli.report.layout import many

MOST_FINDINGS = 500
"""How many findings of one file are shown; the annotated copy and the text to copy hold all."""

_BADGES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: ""}
_TEXT_WIDTH = 100


@frozen
class FoundView:
    """What a check shows.

    copies: what the view's buttons put into the clipboard, by the names that the buttons bear.
    """

    element: Element
    summary: str
    copies: dict[str, Copy] = field(factory=dict)


def found_view(dropped: Dropped, contents: Contents) -> FoundView:
    """What was found, file by file."""
    result = contents.check
    lines = list(outline(result)) if dropped.workbooks else ["No workbook was looked at."]
    view = FoundView(h("div"), " ".join(lines))
    if result.findings:
        view.copies["findings"] = {"text": text(result, _TEXT_WIDTH, colour=False)}
    view.element.extend(
        [
            h("h2", "What was found", id=FOUND, tabindex=-1),
            h("ul", (h("li", line) for line in lines), class_="outline"),
            *_notes(dropped),
            h("p", _use_button(dropped), _text_button(result), class_="row"),
            *_files(dropped, contents, view.copies),
        ]
    )
    return view


def _notes(dropped: Dropped) -> Iterator[Element]:
    if dropped.notes:
        yield h("ul", (h("li", note) for note in dropped.notes), class_="notice")


def _use_button(dropped: Dropped) -> Child:
    if not dropped.policies:
        return None
    return h("button", "Use these in this page", type="button", data_use="dropped")


def _text_button(result: CheckResult) -> Child:
    if not result.findings:
        return None
    return h("button", "Copy the findings as text", type="button", class_="quiet", data_copy="findings")


def _files(dropped: Dropped, contents: Contents, copies: dict[str, Copy]) -> Iterator[Element]:
    """A card for each file, those of which nothing is to be said too."""
    result = contents.check
    policies = {each.linked.workbook.file: each for each in contents.policies}
    shown = [each.shown for each in dropped.workbooks]
    for number, name in enumerate(dict.fromkeys([*shown, *(each.file for each in result.findings)])):
        own = [finding for finding in result.findings if finding.file == name]
        policy = policies.get(name)
        card = h(
            "article",
            h("h2", name),
            h("p", summary(result, name).capitalize(), class_="verdict"),
            h("p", class_="copy", data_copy_of=number) if name in shown else None,
            _findings(own, result, policy.linked.workbook if policy else None, copies),
            class_="card checked",
        )
        if policy is not None:
            if policy.cases is not None:
                card.append(case_results(policy.cases))
            card.append(h("section", data_difference_of=number))
        yield card


def _findings(
    findings: Sequence[Finding], result: CheckResult, workbook: Workbook | None, copies: dict[str, Copy]
) -> Iterator[Element]:
    """A file's findings under the names of its sheets."""
    for sheet, members in groupby(findings[:MOST_FINDINGS], key=lambda finding: finding.sheet):
        items = []
        for finding in members:
            rule = None if workbook is None else new_rule(finding, workbook)
            if rule is not None:
                key = f"row-{len(copies)}"
                copies[key] = pasted_row(rule.cells)
                items.append(h("li", _finding(finding, result), _row(rule, key)))
            else:
                items.append(h("li", _finding(finding, result)))
        yield h("h3", f"Sheet {sheet}" if sheet else "The workbook as a whole")
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


def _row(rule: NewRule, key: str) -> Element:
    """The row that is lacking, with what copies it and where it goes."""
    cells = [h("td", cell) if cell else h("td", "to fill in", class_="blank") for cell in rule.cells]
    return h(
        "div",
        h(
            "div",
            h(
                "table",
                h("caption", "The row that is lacking"),
                h("thead", h("tr", (h("th", heading, scope="col") for heading in rule.headings))),
                h("tbody", h("tr", cells)),
            ),
            class_="frame",
            tabindex=0,
            role="region",
            aria_label=f"The row that is lacking on sheet {rule.sheet}",
        ),
        h(
            "p",
            h("button", "Copy this row", type="button", class_="quiet", data_copy=key),
            f" Then select cell {rule.cell} on the sheet {rule.sheet} in Excel, paste, and fill in the rest.",
        ),
        class_="new-rule",
    )
