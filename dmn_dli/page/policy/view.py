"""The view of a policy: its parts one below the other, with a list of them in front."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.dictionary import own_facts_section
from dmn_dli.page.findings import finding_list
from dmn_dli.page.html import Element, h
from dmn_dli.page.marks import Marks, marks_of
from dmn_dli.page.policy.cases import cases_section
from dmn_dli.page.policy.checklist import checklist_section
from dmn_dli.page.policy.graph import requirements_graph
from dmn_dli.page.policy.head import head_section
from dmn_dli.page.policy.lists import (
    accepted_section,
    assumptions_sections,
    determinations_section,
    history_section,
    notes_sections,
    unread_section,
)
from dmn_dli.page.policy.names import Names
from dmn_dli.page.policy.table import table_section
from dmn_dli.page.view import View

GRAPH, FINDINGS = "graph", "findings"


def policy_view(policy: PagePolicy) -> View:
    """All that a workbook says."""
    marks = marks_of(policy.key, policy.linked.workbook, policy.findings)
    parts = list(_parts(policy, marks))
    return View(
        anchors.policy(policy.key),
        policy.name,
        policy.name,
        [head_section(policy, marks), _list_of(parts), parts],
        group="Policies",
    )


def _parts(policy: PagePolicy, marks: Marks) -> Iterator[Element]:
    """The parts that there are, each a section with its heading first."""
    workbook = policy.linked.workbook
    names = Names(policy)
    if policy.findings:
        yield h(
            "section",
            h("h2", "Findings"),
            finding_list(policy.findings, marks, fact_labels(policy)),
            id=anchors.part(policy.key, FINDINGS),
        )
    yield h(
        "section",
        h("h2", "How the tables hang together"),
        requirements_graph(policy),
        id=anchors.part(policy.key, GRAPH),
    )
    found = [
        *(checklist_section(policy, sheet, marks, names) for sheet in workbook.criteria),
        *(table_section(policy, table, marks, names) for table in workbook.tables),
        unread_section(policy),
        determinations_section(policy),
        cases_section(policy, marks),
        accepted_section(policy, marks),
        *assumptions_sections(policy, marks),
        own_facts_section(policy, marks),
        history_section(policy, marks),
        *notes_sections(policy, marks),
    ]
    yield from (each for each in found if each is not None)


def _list_of(parts: list[Element]) -> Element:
    """What leads to the parts of the view."""
    links = [
        h("li", h("a", each[0].text or "", href=f"#{each.get('id')}")) for each in parts if each.get("id")
    ]
    return h(
        "nav", h("h2", "On this page"), h("ul", links), aria_label="Parts of this policy", class_="parts"
    )


def fact_labels(policy: PagePolicy) -> dict[str, str]:
    """What people read for each fact."""
    return {fact.name: fact.label for fact in policy.linked.dictionary.facts}
