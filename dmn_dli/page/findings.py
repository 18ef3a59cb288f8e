"""Findings of `check` as a list: how bad, where, what, how to mend it, and a case that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dmn_dli.analysis.words import fact_text
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.page import anchors
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import Marks

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: ""}
"""The class that colours what is said of a severity."""

NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What a finding of a severity is called."""


def severity_words(finding: Finding) -> str:
    """`error`, `waived warning`, `note`."""
    return f"waived {NOUNS[finding.code.severity]}" if finding.waived else NOUNS[finding.code.severity]


def severity_class(finding: Finding) -> str:
    """The class by which it is coloured; an accepted finding is calm."""
    return f"badge {'' if finding.waived else TONES[finding.code.severity]}".strip()


def severity_badge(finding: Finding) -> Element:
    """How bad a finding is."""
    return h("span", severity_words(finding), class_=severity_class(finding))


def finding_list(findings: Iterable[Finding], marks: Marks, labels: Mapping[str, str]) -> Element:
    """The findings of one policy where they are at home, each under its anchor."""
    return h(
        "ol",
        (
            h(
                "li",
                finding_words(each, marks.place(number), labels),
                id=anchors.finding(marks.key, number),
            )
            for number, each in enumerate(findings, 1)
        ),
        class_="findings",
    )


def finding_words(finding: Finding, place: str | None, labels: Mapping[str, str]) -> Child:
    """A finding; place: the anchor to which its place leads. labels: of the facts, by name."""
    where = h("code", finding.place)
    told = h(
        "p",
        severity_badge(finding),
        " ",
        h("span", finding.code.code, class_="code"),
        [" ", h("a", where, href=f"#{place}") if place else where] if finding.place else None,
        ": ",
        finding.message,
        data_tip=True,
    )
    remedy = h("p", h("b", "To mend it: "), finding.remedy, class_="remedy") if finding.remedy else None
    return [told, remedy, _witness(finding, labels)]


def _witness(finding: Finding, labels: Mapping[str, str]) -> Element | None:
    """A case that shows it, unless the message tells it already."""
    told = [(labels.get(name, name), fact_text(value)) for name, value in finding.witness.items()]
    if all(f"{label} is {value}" in finding.message for label, value in told):
        return None
    facts = "; ".join(f"{label}: {value}" for label, value in told)
    return h("p", h("b", "Such a case: "), facts, class_="witness")


def mark(marks: Marks, tab: str, *references: str) -> Child:
    """The findings on cells or rows of a sheet, under their anchors; without a reference on it as a whole."""
    return [
        h("span", _links(marks, found), id=marks.anchor(tab, reference), class_="marks")
        for reference in references or ("",)
        if (found := marks.at(tab, reference))
    ]


def _links(marks: Marks, found: Iterable[tuple[int, Finding]]) -> Child:
    """What leads to the findings; the message shows itself beside it."""
    return [
        h(
            "a",
            severity_words(finding),
            " ",
            finding.code.code,
            href=f"#{anchors.finding(marks.key, number)}",
            class_=f"tip {severity_class(finding)}",
        )
        for number, finding in found
    ]
