"""The assertions find what is wrong with a table, and say it as a clinician reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from dmn_dli.analysis.proof import prove
from dmn_dli.diagrams.build import build
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.policy import Policy
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.testing import (
    TableFailure,
    assert_complete,
    assert_determined,
    assert_hit_policy,
    assert_no_overlap,
)
from tests.linking.books import cell, fact, kernel, policy, table
from tests.properties.policies import policies

FACTS: list[Fact] = [
    fact("malignancy", "string", "hematologic, nonhematologic, none"),
    fact("gvhd_grade", "integer", "0, 1, 2, 3, 4", label="GVHD grade"),
    fact("urgent", "boolean"),
]


def message(assertion: Callable[[], None]) -> str:
    with pytest.raises(TableFailure) as failure:
        assertion()
    assert not getattr(failure.value, "__notes__", [])
    return str(failure.value)


def scope(*rules: list[str], hit_policy: str = "U", values: list[str | None] | None = None) -> DecisionTable:
    return table("Scope", hit_policy, ["IF malignancy", "IF GVHD grade", "THEN Scope"], values, *rules)


GAP = """\
The table "Scope" of book.xlsx (hit policy U) has no rule for this case:
  Malignancy  nonhematologic
  GVHD grade  0
Rules that fail in one cell alone:
  R-1 (Scope!A5): Malignancy `hematologic` (B5)
  R-3 (Scope!A7): Malignancy `none` (B7)
  R-4 (Scope!A8): GVHD grade `>= 2` (C8)
To mend it in Excel: add a row for such cases, or widen the cell that should accept them."""


def test_a_gap_is_told_with_the_rules_that_nearly_fire() -> None:
    made = policy(
        FACTS,
        scope(
            ["hematologic", "< 2", "yes"],
            ["hematologic", ">= 2", "no"],
            ["none", "-", "no"],
            ["nonhematologic", ">= 2", "no"],
        ),
    )
    assert message(lambda: assert_complete(made, "Scope")) == GAP
    assert_no_overlap(made, "Scope")
    assert_hit_policy(made, "Scope")


def test_a_default_answers_where_no_rule_fires() -> None:
    assert_complete(
        policy(FACTS, scope(["none", "-", "yes"], values=[None, None, "yes, no\ndefault: no"])), "Scope"
    )


OVERLAP = """\
The table "Scope" of book.xlsx (hit policy U) has 2 rules that fire together in this case:
  Malignancy  hematologic
  GVHD grade  2
The rules that fire:
  R-1 (Scope!A5): Malignancy `hematologic` (B5)
  R-3 (Scope!A7): GVHD grade `2` (C7)
To mend it in Excel: narrow a cell of one rule so that it no longer accepts such cases."""


def test_an_overlap_is_told_with_the_cells_of_the_rules() -> None:
    made = policy(FACTS, scope(["hematologic", "-", "yes"], ["none", "< 2", "no"], ["-", "2", "no"]))
    assert message(lambda: assert_no_overlap(made, "Scope")) == OVERLAP
    assert message(lambda: assert_hit_policy(made, "Scope")) == OVERLAP


CONFLICT = """\
The table "Scope" of book.xlsx (hit policy A) has rules that disagree in this case:
  Malignancy  hematologic
  GVHD grade  0
The rules that fire:
  R-1 (Scope!A5): Malignancy `hematologic` (B5); it says `yes` (D5)
  R-3 (Scope!A7): accepts everything; it says `no` (D7)
To mend it in Excel: give these rules equal outputs, or narrow a cell of one of them."""


def test_rules_of_an_any_table_that_disagree_are_told_with_their_outputs() -> None:
    made = policy(
        FACTS, scope(["hematologic", "-", "yes"], ["none", "-", "no"], ["-", "-", "no"], hit_policy="A")
    )
    assert message(lambda: assert_hit_policy(made, "Scope")) == CONFLICT


@pytest.mark.parametrize("hit_policy", ["F", "R", "C", "C#"])
def test_rules_of_other_hit_policies_may_fire_together(hit_policy: str) -> None:
    made = policy(FACTS, scope(["hematologic", "-", "yes"], ["-", "-", "no"], hit_policy=hit_policy))
    assert_hit_policy(made, "Scope")
    assert "2 rules that fire together" in message(lambda: assert_no_overlap(made, "Scope"))


DOWNSTREAM = table(
    "Final",
    "U",
    ["IF Scope", "IF urgent", "THEN Final"],
    ["yes, no", None, None],
    ["yes", "-", "1"],
    ["no", "-", "2"],
)

ARRIVAL = """\
The table "Final" of book.xlsx (hit policy U): the value maybe arrives at "Scope" (Final!B3), \
whose row 4 lists yes, no, in this case:
  Malignancy  none
  GVHD grade  0
  Urgent      no
From these follows for the table:
  Scope  maybe
To mend it in Excel: list the value in row 4 and add a rule for it, or correct the table that it \
comes from."""


def test_a_value_that_row_4_does_not_list_is_told_with_what_leads_there() -> None:
    made = policy(FACTS, scope(["not(none)", "-", "yes"], ["none", "-", "maybe"]), DOWNSTREAM)
    assert message(lambda: assert_hit_policy(made, "Final")) == ARRIVAL
    assert_complete(made, "Final")


def test_a_list_that_arrives_is_admitted_by_its_members() -> None:
    markers = table(
        "Markers", "C", ["IF malignancy", "THEN Marker"], None, ["not(none)", "red"], ["hematologic", "blue"]
    )
    final = table(
        "Final",
        "U",
        ["IF Markers", "THEN Final"],
        ["red, blue", None],
        ['list contains(?, "red")', "1"],
        ['not(list contains(?, "red"))', "2"],
    )
    made = policy(FACTS, markers, final)
    assert made.decide("Final", {"malignancy": "hematologic"}) == "1"
    assert_hit_policy(made, "Final")
    assert_complete(made, "Final")
    narrow = policy(FACTS, markers, evolve(final, inputs=(evolve(final.inputs[0], allowed=cell("red", 4)),)))
    assert 'the value ["red", "blue"] arrives' in message(lambda: assert_hit_policy(narrow, "Final"))


def test_what_upstream_cannot_give_is_no_gap() -> None:
    final = table("Final", "U", ["IF Scope", "THEN Final"], None, ['"yes"', "1"])
    assert_complete(policy(FACTS, scope(["-", "-", "yes"]), final), "Final")
    made = policy(FACTS, scope(["none", "-", "yes"], ["not(none)", "-", "no"]), final)
    assert "From these follows for the table:\n  Scope  no\n" in message(
        lambda: assert_complete(made, "Final")
    )


def test_a_conflict_upstream_is_told_of_the_table_that_has_it() -> None:
    final = table("Final", "U", ["IF Scope", "THEN Final"], None, ['"yes"', "1"], ['"no"', "2"])
    made = policy(FACTS, scope(["-", "-", "yes"], ["none", "-", "no"]), final)
    assert_complete(made, "Final")
    assert_hit_policy(made, "Final")
    message(lambda: assert_hit_policy(made, "Scope"))


UNDETERMINED = """\
book.xlsx gives no determination in this case:
  Malignancy  nonhematologic
What stands against it:
  {why}
To mend it in Excel: correct the rules named, or add the rule that is lacking."""


@pytest.mark.parametrize(
    ("payer", "why"),
    [
        ("acme", 'No rule of "Scope" answers this case (given: Malignancy nonhematologic).'),
        (None, '"Scope" is null.'),
    ],
)
def test_a_policy_that_leaves_cases_undecided_is_told_so(payer: str | None, why: str) -> None:
    rules = table("Scope", "F", ["IF malignancy", "THEN Scope"], None, ["not(nonhematologic)", "1"])
    made = policy(FACTS, rules, payer=payer)
    assert message(lambda: assert_determined(made)) == UNDETERMINED.format(why=why)
    assert_determined(policy(FACTS, table("Scope", "F", ["IF malignancy", "THEN Scope"], None, ["-", "1"])))


def test_a_cell_that_reads_an_expression_is_tried_all_the_same() -> None:
    weight = fact("weight", "number", "[0..10]")
    made = policy([weight], table("T", "U", ["IF weight * 2", "THEN T"], None, ["< 10", "1"], ["> 10", "2"]))
    assert "weight * 2  10" in message(lambda: assert_complete(made, "T", examples=2_000))


def test_the_failure_holds_the_case() -> None:
    made = policy(FACTS, table("Scope", "U", ["IF urgent", "THEN Scope"], None, ["true", "1"]))
    with pytest.raises(TableFailure) as failure:
        assert_complete(made, "Scope")
    assert (failure.value.decision, failure.value.facts) == ("Scope", {"urgent": False})


def test_the_same_case_is_told_every_time() -> None:
    made = policy(FACTS, scope(["hematologic", "-", "yes"], ["-", ">= 2", "no"]))
    assert len({message(lambda: assert_no_overlap(made, "Scope")) for _ in range(3)}) == 1


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(policies(opaque=True))
def test_what_is_proven_is_never_disproven_by_a_case(made: LinkedPolicy) -> None:
    compiled = Policy(kernel(made))
    diagrams = build(made)
    for decision in diagrams.decisions:
        proof, _ = prove(diagrams, decision.logic.table, decision.logic)
        if proof.complete:
            assert_complete(compiled, decision.name, examples=40)
        if proof.overlap_free:
            assert_no_overlap(compiled, decision.name, examples=40)
