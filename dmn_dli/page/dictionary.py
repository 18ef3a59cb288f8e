"""The dictionary of facts: what each means, what it may be, who can change it, where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.model.facts import Changeable, Dictionary, Fact, FactType
from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents, PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h, joined
from dmn_dli.page.marks import Marks
from dmn_dli.page.view import View

_TYPES = {
    FactType.STRING: "text",
    FactType.NUMBER: "number",
    FactType.INTEGER: "whole number",
    FactType.BOOLEAN: "Yes or No",
    FactType.DATE: "date",
}
_CHANGEABLE = {
    Changeable.YES: "Care or time can change it.",
    Changeable.NO: "It is past, or the patient's: nothing changes it.",
    Changeable.REQUEST: "The requester states it.",
}


def facts(contents: Contents) -> View:
    """The shared dictionary."""
    dictionary = contents.dictionary
    using = [each for each in contents.policies if not each.own_dictionary]
    body = (
        _cards(dictionary, "", using)
        if dictionary and dictionary.facts
        else h("p", "Each policy has facts of its own; they stand in its view.")
    )
    return View(anchors.FACTS, "Facts", "Facts", body)


def own_facts_section(policy: PagePolicy, marks: Marks) -> Element | None:
    """The facts of a policy that uses others than those of the page."""
    if not policy.own_dictionary:
        return None
    dictionary = policy.linked.dictionary
    here = policy.linked.workbook.dictionary is not None
    return h(
        "section",
        h("h2", "Facts of this policy", mark(marks, dictionary.sheet) if here else None),
        _cards(dictionary, policy.key, [policy], "h3", marks if here else None),
        id=anchors.sheet(policy.key, dictionary.sheet) if here else anchors.part(policy.key, "facts"),
    )


def _cards(
    dictionary: Dictionary,
    key: str,
    policies: Sequence[PagePolicy],
    heading: str = "h2",
    marks: Marks | None = None,
) -> Element:
    """A card for each fact; heading: its tag. marks: where the facts' sheet is one of the policy's own."""

    def card(fact: Fact) -> Element:
        said = mark(marks, dictionary.sheet, str(fact.row)) if marks else None
        title = h(heading, fact.label, " ", h("code", fact.name), said)
        return h("article", _card(fact, title, policies), id=anchors.fact(fact.name, key))

    return h("div", map(card, dictionary.by_name.values()), class_="facts")


def _card(fact: Fact, title: Element, policies: Sequence[PagePolicy]) -> Child:
    """What is told of a fact; what a pointer on its name shows comes first."""
    return [
        h(
            "div",
            title,
            h("p", fact.question) if fact.question else None,
            h("p", h("b", "Values: "), values_words(fact)),
            data_tip=True,
        ),
        h("p", fact.description) if fact.description else None,
        h("p", _CHANGEABLE[fact.changeable]) if fact.changeable else None,
        _uses(fact, policies),
    ]


def values_words(fact: Fact) -> str:
    """What a fact may be, with its unit: `0, 1, 2 (grade)`, `Yes or No`."""
    stated = fact.allowed.text.replace('"', "") if fact.allowed else _TYPES[fact.type]
    if fact.allowed and fact.type in (FactType.INTEGER, FactType.NUMBER, FactType.DATE):
        stated = f"{_TYPES[fact.type]}, {stated}"
    unit = f" ({fact.unit})" if fact.unit else ""
    return f"{stated}{unit}{', or not applicable' if fact.nullable else ''}"


def _uses(fact: Fact, policies: Sequence[PagePolicy]) -> Child:
    """Where the fact is read: the tables and criteria of each policy."""
    found = [(policy, list(_links(fact, policy))) for policy in policies]
    used = [
        h(
            "li",
            h("b", policy.name),
            ": ",
            joined(links),
        )
        for policy, links in found
        if links
    ]
    return [h("p", "Read by:"), h("ul", used)] if used else h("p", "No table and no criterion reads it.")


def _links(fact: Fact, policy: PagePolicy) -> Iterator[Element]:
    for table in policy.linked.decisions:
        criterion = table.criterion
        if criterion is not None and fact.name in criterion.condition:
            place = anchors.criterion(policy.key, criterion.sheet, criterion.id)
            yield h("a", criterion.name, href=f"#{place}")
        elif criterion is None and fact.name in table.reads:
            yield h("a", table.name, href=f"#{anchors.sheet(policy.key, table.table.sheet)}")
