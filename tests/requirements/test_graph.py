"""What requires what, of the payers' workbooks and of broken ones."""

from __future__ import annotations

import pytest

from dmn_dli.requirements.graph import Node, Requirement, requirements_of
from tests.linking import criteria_example
from tests.linking.books import fact, linked, table
from tests.payers import WORKBOOKS
from tests.payers import linked as payer

FACTS = [fact("age", "integer"), fact("disease")]


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_each_decision_and_sheet_of_criteria_is_there_once_with_all_that_it_reads(workbook: str) -> None:
    policy = payer(workbook)
    graph = requirements_of(policy)
    book = policy.workbook
    names = [node.name for node in graph.nodes]
    assert sorted(names) == sorted([*(each.name for each in book.tables), *(s.name for s in book.criteria)])
    assert [node.name for node in graph.nodes if node.final] == [book.policy.final_decision]
    sheets = {sheet.name for sheet in book.criteria}
    reads = {
        (decision.criterion.sheet if decision.criterion else decision.name, name)
        for decision in policy.decisions
        for name in decision.reads
    }
    facts = {(node.name, each.name) for node in graph.nodes for each in node.facts}
    assert facts == {(reader, name) for reader, name in reads if name in policy.dictionary.by_name}
    required = {
        (reader, name.partition(".")[0])
        for reader, name in reads
        if name not in policy.dictionary.by_name and not (reader in sheets and name.startswith(f"{reader}."))
    }
    assert {(each.requiring, each.required) for each in graph.requirements} == required
    assert len(graph.requirements) == len(required)


def test_a_sheet_of_criteria_is_one_node_and_its_rows_are_named_where_they_are_read() -> None:
    graph = requirements_of(criteria_example.policy())
    answer, criteria = sorted(graph.nodes, key=lambda node: node.name)
    assert (answer.name, criteria.name, criteria.criteria) == ("Answer", "Criteria", True)
    assert [each.name for each in criteria.facts] == [each.name for each in criteria_example.FACTS]
    assert graph.requirements == (Requirement("Answer", "Criteria", ("DLI",)),)
    assert graph.required_by == {"Answer": graph.requirements, "Criteria": ()}


def test_one_output_of_several_and_an_expression_require_the_decision() -> None:
    policy = linked(
        FACTS,
        table("Two", "F", ["IF age", "THEN low", "THEN high"], [None, "number", "number"], ["-", 1, 2]),
        table("Sum", "F", ["IF Two.low + 1", "THEN Sum"], ["number", None], ["> 1", "x"]),
    )
    assert requirements_of(policy).requirements == (Requirement("Sum", "Two"),)


def test_decisions_in_a_circle_are_there_by_their_headings() -> None:
    policy = linked(
        FACTS,
        table("One", "F", ["IF two", "IF Age", "THEN One"], None, ["-", "-", "x"]),
        table("Two", "F", ["IF One.One", "IF nothing known", "THEN Two"], None, ["-", "-", "x"]),
        table("Self", "F", ["IF Self", "THEN Self"], None, ["-", "x"]),
    )
    assert policy.decisions == ()
    graph = requirements_of(policy)
    assert graph.nodes[0] == Node("One", "One", 1, (FACTS[0],))
    assert graph.requirements == (Requirement("One", "Two"), Requirement("Two", "One"))


def test_of_two_sheets_with_one_name_the_first_is_shown() -> None:
    policy = linked(
        FACTS,
        table("One", "F", ["IF age", "THEN One"], None, ["-", "x"], sheet="first"),
        table("One", "F", ["IF disease", "THEN One"], None, ["-", "x"], sheet="second"),
    )
    assert [node.sheet for node in requirements_of(policy).nodes] == ["first"]
