"""What else a workbook holds: determinations, accepted findings, assumptions, its history, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmn_dli.model.table import DecisionTable
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import HISTORY_SHEET, Marks, tab_of
from dmn_dli.page.text import cell_text, frame
from dmn_dli.report.layout import spoken
from dmn_dli.tables.linked import Constant

DETERMINATIONS, UNREAD = "determinations", "unread"


def determinations_section(policy: PagePolicy) -> Element | None:
    """The determinations that the final decision gives, each with its rules."""
    linked = policy.linked
    final = linked.by_name.get(linked.workbook.policy.final_decision or "")
    if final is None or not final.outputs:
        return None
    rules: dict[str, list[str]] = {}
    for rule, entry in zip(final.rules, final.outputs[0].entries, strict=True):
        said = spoken(entry.value) if isinstance(entry, Constant) else "computed"
        rules.setdefault(said, []).append(rule.id)
    default = final.outputs[0].default
    if default is not None:
        said = spoken(default.value) if isinstance(default, Constant) else "computed"
        rules.setdefault(said, []).append("")
    return h(
        "section",
        h("h2", "Determinations"),
        h("p", "What the policy may say of a request, and which rules say it."),
        h(
            "dl",
            (
                [h("dt", said), h("dd", _rules(policy.key, final.table, named))]
                for said, named in rules.items()
            ),
        ),
        id=anchors.part(policy.key, DETERMINATIONS),
    )


def _rules(key: str, table: DecisionTable, rules: Iterable[str]) -> Iterator[Child]:
    for number, rule in enumerate(rules):
        yield ", " if number else None
        yield h("a", rule, href=f"#{anchors.rule(key, table.name, rule)}") if rule else "where no rule fires"


def unread_section(policy: PagePolicy) -> Element | None:
    """The tables and sheets of criteria that the view lacks."""
    unread = policy.linked.workbook.unread
    if not unread:
        return None
    return h(
        "section",
        h("h2", "Not readable"),
        h("p", "These could not be read; the findings say why."),
        h("ul", (h("li", each or "(no name)") for each in unread)),
        id=anchors.part(policy.key, UNREAD),
    )


def accepted_section(policy: PagePolicy, marks: Marks) -> Element | None:
    """The findings that somebody has accepted, with who, why and for how long."""
    workbook = policy.linked.workbook
    if not workbook.accepted:
        return None
    rows = [
        (
            str(each.cell.row),
            (
                each.code,
                each.where,
                each.why,
                each.who,
                each.until.isoformat() if each.until else "without end",
                each.as_it_stood,
            ),
        )
        for each in workbook.accepted
    ]
    headings = ("code", "where", "why", "who", "until", "as it stood")
    title = "Accepted findings"
    return _listing(policy.key, workbook.accepted_sheet, title, headings, rows, marks)


def assumptions_sections(policy: PagePolicy, marks: Marks) -> Iterator[Element]:
    """The workbook's own assumptions, and those beside the facts."""
    linked = policy.linked
    own = linked.workbook.assumptions
    for tab in dict.fromkeys(each.sheet for each in own):
        rows = [
            (str(each.condition.row), (each.condition.text, each.reason)) for each in own if each.sheet == tab
        ]
        title = "Assumptions of this policy"
        yield _listing(policy.key, tab, title, ("condition", "reason"), rows, marks)
    shared = [each for each in linked.dictionary.assumptions if each not in own]
    if shared:
        yield h(
            "section",
            h("h2", "Assumptions beside the facts"),
            _table(
                "Assumptions beside the facts",
                ("condition", "reason"),
                (h("tr", h("td", each.condition.text), h("td", each.reason)) for each in shared),
            ),
        )


def history_section(policy: PagePolicy, marks: Marks) -> Element | None:
    """Who changed what, when and why."""
    workbook = policy.linked.workbook
    if not workbook.changes:
        return None
    rows = [
        (
            str(each.cell.row),
            (each.date.isoformat() if each.date else "", each.who, each.what, each.why),
        )
        for each in workbook.changes
    ]
    tab = tab_of(workbook, HISTORY_SHEET)
    return _listing(policy.key, tab, tab, ("date", "who", "what", "why"), rows, marks)


def notes_sections(policy: PagePolicy, marks: Marks) -> Iterator[Element]:
    """The sheets of free text."""
    for notes in policy.linked.workbook.notes:
        yield h(
            "section",
            h("h2", notes.sheet, mark(marks, notes.sheet)),
            (_paragraph([cell.text for cell in row]) for row in notes.rows),
            id=anchors.sheet(policy.key, notes.sheet),
            class_="notes",
        )


def _paragraph(texts: list[str]) -> Element:
    """A row of free text; where it has more cells than one, the first is what the others explain."""
    first, *others = texts
    return h("p", h("b", first), ": ", "; ".join(others)) if others else h("p", cell_text(first))


def _listing(
    key: str,
    tab: str,
    title: str,
    headings: Iterable[str],
    rows: Iterable[tuple[str, Iterable[str]]],
    marks: Marks,
) -> Element:
    """A sheet that is a list; rows: the number of each with its texts."""
    shown = (
        h(
            "tr",
            (
                h("td", cell_text(text), mark(marks, tab, number) if not column else None)
                for column, text in enumerate(texts)
            ),
        )
        for number, texts in rows
    )
    return h(
        "section",
        h("h2", title, mark(marks, tab)),
        _table(title, headings, shown),
        id=anchors.sheet(key, tab),
        class_="sheet",
    )


def _table(name: str, headings: Iterable[str], rows: Iterable[Element]) -> Child:
    head = h("thead", h("tr", (h("th", each, scope="col") for each in headings)))
    return frame(h("table", head, h("tbody", rows), class_="grid"), name)
