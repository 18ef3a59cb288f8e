"""The picture in the page: all that is in the graph, each leading to its place, text as text."""

from __future__ import annotations

import sys
from html.parser import HTMLParser

import pytest
from attrs import evolve

from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.page import anchors
from dmn_dli.page.html import Element, fragment
from dmn_dli.page.policy.graph import requirements_graph
from dmn_dli.requirements.graph import requirements_of
from tests.linking.books import fact, linked, table
from tests.page.policy.drawn import page_policy
from tests.payers import WORKBOOKS
from tests.payers import linked as payer

HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b]0;'\""


def _drawn(facts: list[Fact], *tables: DecisionTable) -> Element:
    return requirements_graph(page_policy(linked(facts, *tables)))


class _Tags(HTMLParser):
    """The elements that a browser finds in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as HTMLParser calls it
        self.found.add(tag)


def _texts(element: Element, *classes: str) -> list[str]:
    return [text.text or "" for text in element.iter("text") if text.get("class", "") in classes]


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_nodes_and_facts_lead_to_their_places_and_lines_join_nodes(workbook: str) -> None:
    policy = page_policy(payer(workbook))
    graph = requirements_of(policy.linked)
    figure = requirements_graph(policy)
    svg = figure.find(".//svg")
    assert svg is not None
    nodes = {anchors.node("key", node.name) for node in graph.nodes}
    assert sorted(each.attrib["id"] for each in svg.iter() if "id" in each.attrib) == sorted(nodes)
    for where in (svg, figure.find("details")):
        assert where is not None
        links = {each.attrib["href"] for each in where.iter("a")}
        sheets = {f"#{anchors.sheet('key', node.sheet)}" for node in graph.nodes}
        assert links == sheets | {f"#{anchors.fact(f.name)}" for node in graph.nodes for f in node.facts}
    lines = [
        (each.attrib["data-from"], each.attrib["data-to"]) for each in svg.iter("g") if each.get("data-to")
    ]
    assert lines == [
        (anchors.node("key", each.required), anchors.node("key", each.requiring))
        for each in graph.requirements
    ]


def test_the_same_policy_gives_the_same_bytes_in_whole_numbers() -> None:
    policy = page_policy(payer(WORKBOOKS[0]))
    text = fragment(requirements_graph(policy))
    assert text == fragment(requirements_graph(policy))
    assert "." not in "".join(path.attrib["d"] for path in requirements_graph(policy).iter("path"))


def test_hostile_names_stay_text_and_leave_the_picture_in_order() -> None:
    name = HOSTILE * 1000
    figure = _drawn(
        [fact("f", label=name)],
        table(name, "F", ["IF f", "THEN x"], None, ["-", "1"]),
        table("Final", "F", [f"IF {name}", "THEN y"], None, ["-", "1"]),
    )
    text = fragment(figure)
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert all(len(each.get("aria-label", "")) < 250 for each in figure.iter())
    assert all(len(each.text or "") < 250 for each in figure.iter())
    assert _Tags(text).found == {each.tag.lower() for each in figure.iter()}


def test_a_graph_in_a_circle_is_drawn() -> None:
    figure = _drawn(
        [],
        table("One", "F", ["IF Two", "THEN One"], None, ["-", "x"]),
        table("Two", "F", ["IF One", "THEN Two"], None, ["-", "x"]),
    )
    assert _texts(figure, "name") == ["One", "Two"]
    assert len([each for each in figure.iter("g") if each.get("class") == "requirement"]) == 2


def test_what_is_required_is_said_in_words() -> None:
    figure = _drawn(
        [fact("age", "integer"), fact("sex")],
        table("Scope", "F", ["IF age", "IF sex", "THEN Scope"], None, ["-", "-", "x"]),
        table("Final", "F", ["IF Scope", "THEN Final"], None, ["-", "x"]),
        table("Alone", "F", ["THEN Alone"], None, ["x"]),
    )
    details = figure.find("details")
    assert details is not None
    assert ["".join(item.itertext()) for item in details.iter("li")] == [
        "Scope (1 rule) reads Age, Sex.",
        "Final (1 rule) requires Scope.",
        "Alone (final decision, 1 rule) requires nothing.",
    ]
    assert "open" not in details.attrib


def test_without_a_picture_the_words_are_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grandalf.graphs", None)
    figure = _drawn([], table("Final", "F", ["THEN Final"], None, ["x"]))
    assert figure.find(".//svg") is None
    assert "dmn-dli[page]" in "".join(figure.itertext())
    details = figure.find("details")
    assert details is not None
    assert "open" in details.attrib


def test_what_is_wrong_on_a_sheet_and_what_cannot_be_read_is_said() -> None:
    policy = linked(
        [fact("age", "integer")],
        table("Scope", "F", ["IF age", "THEN Scope"], None, ["old", "x"]),
        table("Final", "F", ["IF Scope", "THEN Final"], None, ["-", "x"]),
    )
    policy = evolve(policy, workbook=evolve(policy.workbook, unread=("Codes",)))
    figure = requirements_graph(page_policy(policy, findings=policy.findings))
    assert _texts(figure, "caption") == ["Final decision, 1 rule", "1 rule, 1 error"]
    assert "Left out, since they cannot be read: Codes." in "".join(figure.itertext())
    (wrong,) = (each for each in figure.iter("g") if "wrong" in each.get("class", "").split())
    assert wrong.get("id") == anchors.node("key", "Scope")


def test_a_workbook_without_decisions_says_so() -> None:
    one = linked([], table("Final", "F", ["THEN Final"], None, ["x"]))
    empty = evolve(one, workbook=evolve(one.workbook, tables=()), decisions=())
    assert "no decision" in "".join(requirements_graph(page_policy(empty)).itertext())


def test_the_keyboard_goes_through_the_nodes_as_they_stand() -> None:
    figure = _drawn(
        [],
        table("Scope", "F", ["THEN Scope"], None, ["x"]),
        table("Final", "F", ["IF Scope", "THEN Final"], None, ["-", "x"]),
    )
    assert _texts(figure, "name") == ["Final", "Scope"]
