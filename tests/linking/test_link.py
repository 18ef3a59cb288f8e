"""Linking: what names stand for, and what is passed over because the reader has reported it."""

from __future__ import annotations

from typing import Any

import pytest

from dmn_dli.feel import FeelType
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import DecisionSource, ExpressionSource, FactSource, LinkedPolicy
from tests.linking.books import fact, linked, policy, table
from tests.linking.broken import with_unread

GRADE = fact("acute_gvhd_grade", "integer", "0, 1, 2, 3, 4", label="Acute GVHD grade")
GVHD = fact("gvhd", "boolean", label="Acute GVHD")
CODE = fact("code", "string", "38242, 38243, S2150")
FACTS = (GRADE, GVHD, CODE)


def eligibility(clause: str, *entries: object, row_4: object = None) -> DecisionTable:
    rules = [[entry, "good"] for entry in entries]
    return table("Eligibility", "F", [f"IF {clause}", "THEN Eligible"], [row_4, "good, bad"], *rules)


def said(linked_policy: LinkedPolicy) -> list[str]:
    return [f"{finding.code.code} {finding.place}" for finding in linked_policy.findings]


@pytest.mark.parametrize("clause", ["acute_gvhd_grade", "Acute GVHD grade"])
def test_a_clause_may_be_a_facts_name_or_label_and_neither_is_worth_a_word(clause: str) -> None:
    found = linked(FACTS, eligibility(clause, "2"))
    assert found.tables[0].columns[0].source == FactSource(GRADE)
    assert said(found) == []


@pytest.mark.parametrize("clause", ["acute_gvhd_grade + 1", "Acute GVHD grade + 1"])
def test_an_expression_may_use_names_and_labels_the_longest_first(clause: str) -> None:
    found = linked(FACTS, eligibility(clause, "2"))
    source = found.tables[0].columns[0].source
    assert isinstance(source, ExpressionSource)
    assert source.names == {"acute_gvhd_grade"}
    assert not [finding for finding in found.findings if finding.is_error]


def test_a_clause_may_be_a_decision_or_one_of_its_outputs() -> None:
    single = table("Scope", "U", ["IF Acute GVHD", "THEN Scope"], [None, "in, out"], ["true", "in"])
    double = table(
        "Pair", "U", ["IF Acute GVHD", "THEN A", "THEN B"], [None, "x, y", None], ["true", "x", "z"]
    )
    for clause, source in (
        ("Scope", DecisionSource("Scope")),
        ("Scope.Scope", DecisionSource("Scope")),
        ("Pair.A", DecisionSource("Pair", "A")),
    ):
        entry = "in" if clause.startswith("Scope") else "x"
        found = linked(FACTS, single, double, eligibility(clause, entry))
        assert found.by_name["Eligibility"].columns[0].source == source
        assert said(found) == []


def test_the_number_of_rules_that_fire_has_one_name_however_many_outputs_there_are() -> None:
    count = table(
        "Hits", "C#", ["IF Acute GVHD", "THEN A", "THEN B"], [None, "x, y", None], ["true", "x", "z"]
    )
    asked = policy(FACTS, count, eligibility("Hits", "1"))
    assert asked.decide("Eligibility", {"gvhd": True}) == "good"
    assert asked.decide("Eligibility", {"gvhd": False}) is None


def test_digits_are_bare_words_where_the_allowed_values_are_digits() -> None:
    asked = policy(FACTS, eligibility("Code", "38242, s2150"))
    assert asked.decide("Eligibility", {"code": "38242"}) == "good"
    assert asked.decide("Eligibility", {"code": "S2150"}) == "good"
    assert asked.decide("Eligibility", {"code": "38243"}) is None


def test_row_4_may_repeat_the_dictionary_in_another_order_and_letter_case() -> None:
    assert said(linked(FACTS, eligibility("Code", "38242", row_4="s2150, 38243, 38242"))) == []


def test_row_4_of_a_list_states_what_may_stand_in_it() -> None:
    listed = table("Codes", "C", ["IF Acute GVHD", "THEN Code"], [None, "a, b"], ["-", "a"], ["true", "b"])
    headings = ["IF Codes", "THEN Eligible"]
    reading = table(
        "Eligibility", "F", headings, ["a, b", "good, bad"], ["count(?) > 1", "good"], ["-", "bad"]
    )
    asked = policy(FACTS, listed, reading)
    assert asked.evaluate({"gvhd": True}).determination == "good"
    assert asked.evaluate({}).possible_determinations == ("bad", "good")


def test_decisions_come_after_those_that_they_require_else_as_the_sheets_stand() -> None:
    final = table("Final", "U", ["IF B", "IF A", "THEN F"], None, ["-", "-", "x"])
    second = table("B", "U", ["IF C", "THEN B"], None, ["-", "x"])
    third = table("A", "U", ["IF Acute GVHD", "THEN A"], None, ["-", "x"])
    first = table("C", "U", ["IF Acute GVHD", "THEN C"], None, ["-", "x"])
    found = linked(FACTS, final, second, third, first, final="Final")
    assert [each.name for each in found.tables] == ["A", "C", "B", "Final"]


@pytest.mark.parametrize("clause", ["Scope", "scope", "Scope.Reason", 'Scope = "in"', "Scope.Reason = null"])
def test_a_decision_whose_table_could_not_be_read_is_no_unknown_name(clause: str) -> None:
    found = linked(FACTS, eligibility(clause, "true"))
    assert found.findings
    assert said(with_unread(found, "Scope")) == []


def test_a_misspelt_name_is_still_unknown_beside_a_table_that_could_not_be_read() -> None:
    found = with_unread(linked(FACTS, eligibility("Scop", "true")), "Scope")
    assert said(found) == ["DT301 Eligibility!B3"]
    assert 'Did you mean "Scope"?' in found.findings[0].message


@pytest.mark.parametrize(
    "content",
    [Cell(1, 1), Cell(1, 1, CellKind.FORMULA, "=B4"), Cell(1, 1, CellKind.ERROR, "#N/A")],
    ids=["blank", "formula", "error value"],
)
def test_what_the_reader_has_reported_is_not_reported_again(content: Cell) -> None:
    headings = ["IF Acute GVHD grade", "THEN Eligible"]
    tables: list[list[list[Any]]] = [
        [[None, "good, bad"], [content, "good"]],
        [[None, "good, bad"], ["2", content]],
        [[None, "good, bad"], ["id", "2", "good"], [content, "3", "bad"]],
        [[content, "good, bad"], ["2", "good"]],
    ]
    for row_4, *rules in tables:
        assert said(linked(FACTS, table("Eligibility", "F", headings, row_4, *rules))) == []


def test_one_mistake_in_row_4_gives_one_message() -> None:
    scope = table("Scope", "U", ["IF Acute GVHD", "THEN Scope"], [None, "in,, out"], ["true", "in"])
    assert said(linked(FACTS, scope, eligibility("Scope", "in"))) == ["DT412 Scope!C4"]


def test_every_broken_cell_of_a_table_is_found_in_one_run() -> None:
    found = linked(FACTS, eligibility("Acute GVHD grade", "2-4", "9", "severe", "[1..2"))
    assert said(found) == [f"{code} Eligibility!B{row}" for code, row in zip(
        ("DT202", "DT410", "DT301", "DT201"), range(5, 9), strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    ("hit_policy", "row_4", "type_"),
    [
        ("U", None, FeelType.STRING),
        ("U", "number", FeelType.NUMBER),
        ("F", "true, false", FeelType.BOOLEAN),
        ("C#", None, FeelType.NUMBER),
        ("C", "number", FeelType.LIST),
        ("U", "2025-01-01, 2025-07-01", FeelType.DATE),
        ("P", "3, 1, 2", FeelType.NUMBER),
        ("U", "expression", FeelType.ANY),
    ],
)
def test_a_decision_has_the_type_that_row_4_and_the_hit_policy_give_it(
    hit_policy: str, row_4: str | None, type_: FeelType
) -> None:
    entry = {FeelType.BOOLEAN: "true", FeelType.DATE: "2025-01-01"}.get(type_, "1")
    upstream = table("Upstream", hit_policy, ["IF Acute GVHD", "THEN Value"], [None, row_4], ["true", entry])
    found = linked(FACTS, upstream, eligibility("Upstream", "-"))
    assert found.by_name["Eligibility"].columns[0].type is type_


def test_a_cell_that_is_an_allowed_value_as_written_is_that_value() -> None:
    blood = fact("blood_group", "string", "K, k, none")
    found = linked([blood], table("T", "F", ["IF Blood group", "THEN R"], None, ["K", "big"], ["k", "small"]))
    assert len(set(found.tables[0].columns[0].tests)) == 2
    assert said(found) == ["DT413 Facts!D2"]


def test_texts_of_another_table_that_differ_in_letter_case_are_told_apart() -> None:
    letters = table("Letter", "U", ["IF Acute GVHD", "THEN Letter"], None, ["true", "K"], ["false", "k"])
    asked = policy(
        FACTS, letters, table("T", "F", ["IF Letter", "THEN R"], None, ["K", "big"], ["k", "small"])
    )
    assert asked.decide("T", {"gvhd": True}) == "big"
    assert asked.decide("T", {"gvhd": False}) == "small"
