"""A payer's answer as a card: the determination, why, the criteria, what is missing, what decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.explain.explanation import FiredRule, Step
from dmn_dli.page import anchors
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.live.badges import determination_badge, status_badge
from dmn_dli.report import explanation_words as words
from dmn_dli.report.checklist import Entry, checklist
from dmn_dli.report.layout import spoken
from dmn_dli.report.text import Page, Record, codes, payer_name, possible, question, whose, why

FEW_QUESTIONS = 4
"""So many missing facts are listed at once; more of them open."""


def answer_card(record: Record, path: Sequence[Step], page: Page, on_file: str) -> Element:
    """The card of a record.

    path: the way through the tables to it. on_file: when the payer has a policy, in words. What takes longer
    to work out is put in its place later on.
    """
    policy = record["policy"]
    key = anchors.key_of(policy["workbook"]) if policy else ""
    return _card(
        record,
        page,
        h("p", why(record), class_="why"),
        h("p", on_file) if policy is None else None,
        _terms(
            ("Criterion", record["citation"]),
            ("Payer's wording", record["payer_wording"]),
            ("Refer to", record["refer_to"]),
        ),
        _missing(record, page),
        _named_list("Unmet criteria", record["unmet_criteria"]),
        _decided_by(path, key),
        folded("criteria", "Criteria", _criteria([*checklist(record["criteria"])], key), opened=True)
        if record["criteria"]
        else None,
        h("div", class_="why-more", data_why=record["payer"]),
        _more("documentation", "Documentation to submit", record["documentation"]),
        _more("codes", "Procedure codes", codes(record)),
        _more("notes", "Notes", record["notes"]),
        folded("path", "How the tables decide", _path(path, key)) if path else None,
        folded("summary", "Determination summary", h("div", data_summary=record["payer"])),
        _source(policy, key),
    )


def error_card(record: Record, page: Page) -> Element:
    """The card of an error record: what must be mended first."""
    return _card(
        record,
        page,
        h("p", f"It cannot be evaluated. What is wrong with {whose(record)}:"),
        h("ul", (h("li", each["reason"]) for each in record["error"]["problems"])),
    )


def folded(key: str, title: str, *body: Child, opened: bool = False) -> Element:
    """A part of a card that opens; what people opened or closed stays so when the card is made anew."""
    return h("details", h("summary", title), body, data_part=key, open=opened)


def _card(record: Record, page: Page, *body: Child) -> Element:
    place = anchors.answer(record["payer"])
    return h(
        "article",
        h(
            "header",
            h("h3", payer_name(record, page), id=f"{place}/title", tabindex=-1),
            determination_badge(record),
        ),
        body,
        id=place,
        class_="card answer",
        data_payer=record["payer"],
        aria_labelledby=f"{place}/title",
    )


def _terms(*terms: tuple[str, Any]) -> Element | None:
    given = [(h("dt", term), h("dd", str(value))) for term, value in terms if value]
    return h("dl", given) if given else None


def _named_list(title: str, texts: Iterable[object]) -> Child:
    items = [h("li", str(text)) for text in texts]
    return [h("h4", title), h("ul", items)] if items else None


def _more(key: str, title: str, texts: Sequence[object]) -> Child:
    return (
        folded(key, f"{title} ({len(texts)})", h("ul", (h("li", str(text)) for text in texts)))
        if texts
        else None
    )


def _missing(record: Record, page: Page) -> Child:
    """What may come out, what to ask next, and each missing fact as a question that leads to its field."""
    following = h("div", data_next=record["payer"])
    if not record["missing_facts"]:
        return following
    facts = page.payers[record["payer"]].facts
    asked = [
        h("li", h("a", question(name, facts.get(name)), href=f"#{anchors.field(name)}", class_="to-field"))
        for name in record["missing_facts"]
    ]
    return [
        h("p", h("strong", "Possible: "), possible(record)),
        following,
        folded(
            "missing", f"Please find out ({len(asked)})", h("ul", asked), opened=len(asked) <= FEW_QUESTIONS
        ),
    ]


def _decided_by(path: Sequence[Step], key: str) -> Child:
    """The rules of the final decision that decided, with their conditions."""
    if not path or not path[-1].rules:
        return None
    step = path[-1]
    return h(
        "p", h("strong", "Decided by: "), [_rule(rule, step, key) for rule in step.rules], class_="decided"
    )


def _rule(rule: FiredRule, step: Step, key: str) -> Child:
    """A rule, leading to its row, with what held."""
    place = anchors.rule(key, step.decision, rule.rule)
    told = words.rule(rule, step).removeprefix(rule.rule)
    return [h("a", f"{step.decision} {rule.rule}", href=f"#{place}", class_="to-rule"), told, " "]


def _path(path: Sequence[Step], key: str) -> Element:
    return h(
        "ol",
        (
            h(
                "li",
                h("strong", f"{step.decision}: "),
                words.step(step),
                h("ul", (h("li", _rule(rule, step, key)) for rule in step.rules)) if step.rules else None,
            )
            for step in path
        ),
        class_="path",
    )


def _criteria(entries: Sequence[Entry], key: str) -> Element:
    """The checklist as lists within lists."""
    root = h("ul", class_="checklist")
    lists = [root]
    for entry in entries:
        del lists[entry.depth + 1 :]
        while len(lists) <= entry.depth:
            lists.append(_below(lists[-1]))
        lists[-1].append(_criterion(entry, key))
    return root


def _below(above: Element) -> Element:
    """A new list below the last line of a list."""
    new = h("ul")
    (above[-1] if len(above) else above).append(new)
    return new


def _criterion(entry: Entry, key: str) -> Element:
    place = anchors.criterion(key, entry.sheet, entry.id)
    shown = f"Would be shown by: {'; '.join(entry.shown_by)}" if entry.shown_by else None
    return h(
        "li",
        status_badge(entry),
        " ",
        h("a", entry.id, href=f"#{place}"),
        f" {entry.text}",
        h("div", shown, class_="hint") if shown else None,
    )


def _source(policy: Mapping[str, Any] | None, key: str) -> Element | None:
    if policy is None:
        return None
    version = f"version of {policy['effective_from']}" if policy["effective_from"] else None
    named = ", ".join(filter(None, [policy["number"], policy["title"], version])) or policy["workbook"]
    return h("p", h("a", spoken(named), href=f"#{anchors.policy(key)}"), class_="source")
