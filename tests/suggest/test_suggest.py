"""Suggested cases use every rule, stand at every boundary, and show every cell; they read like real ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from dmn_dli import load_policy
from dmn_dli.cases.rows import KnownCase, known_cases
from dmn_dli.diagrams.build import build
from dmn_dli.excel import read_workbook
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.policy import Policy
from dmn_dli.store.folder import bundled_tables, find_workbooks
from dmn_dli.suggest.ground import ground, ground_of
from dmn_dli.suggest.rules import rule_cases
from dmn_dli.suggest.suggest import suggest
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Suggestions
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.linking.books import cell, fact, kernel, policy, table, workbook
from tests.properties.policies import policies

WORKBOOKS = find_workbooks(bundled_tables())
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def load(path: Path) -> Policy:
    return Policy(payers.kernel(path.name))


def uncovered(made: Policy, cases: Sequence[Any]) -> set[tuple[str, str]]:
    rules = {(each.name, rule) for each in made.kernel.tables for rule in each.decision.rules}
    used = [made.kernel.contributing_rules(case.facts) for case in cases]
    return rules - {(name, rule) for each in used for name, ids in each.items() for rule in ids}


def known(cases: Sequence[SuggestedCase]) -> list[KnownCase]:
    return [KnownCase(case.name, case.facts) for case in cases]


def of(aim: Aim, found: Suggestions) -> list[SuggestedCase]:
    return [case for case in found.cases if case.aim is aim]


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_with_the_suggestions_alone_every_rule_of_a_policy_is_used(path: Path) -> None:
    made = load(path)
    found = suggest(made, ())
    assert not uncovered(made, of(Aim.RULE, found))
    assert not found.unreached
    rules = sum(len(each.decision.rules) for each in made.kernel.tables)
    assert len(of(Aim.RULE, found)) < rules * 2 / 3, "a case uses several rules"


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_cases_that_are_there_are_not_suggested_again(path: Path) -> None:
    made = load(path)
    cases = known_cases(read_workbook(path), made.kernel)
    found = suggest(made, cases, mcdc=True)
    assert not of(Aim.RULE, found)
    again = suggest(made, [*cases, *known(found.cases)], mcdc=True)
    assert again.cases == ()
    assert again.unreached == ()


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_rule_whose_cases_are_taken_away_gets_one_that_differs_little(path: Path) -> None:
    made = load(path)
    cases = known_cases(read_workbook(path), made.kernel)
    rule = list(made.kernel.final.decision.rules)[2]

    def uses(case: KnownCase) -> bool:
        return rule in made.kernel.contributing_rules(case.facts)[made.kernel.final.name]

    left = [case for case in cases if not uses(case)]
    found = [case for case in of(Aim.RULE, suggest(made, left)) if uses(KnownCase(case.name, case.facts))]
    assert found
    changes = min(
        sum(case.facts.get(name) != value for name, value in found[0].facts.items()) for case in left
    )
    assert changes <= 4


DOSE = fact("dose", "number", "[0..100]", label="Dose")
AGE = fact("age", "integer", label="Age")
DRUG = fact("drug", "string", "a, b, c", label="Drug")
BOUNDS = policy(
    [DOSE, DRUG],
    table("T", "F", ["IF dose", "IF drug", "THEN out"], None, ["< 2.5", "a", "x"], ["-", "-", "y"]),
)


def values(found: Sequence[SuggestedCase], name: str) -> list[str]:
    return [str(case.facts[name]) for case in found]


def test_both_sides_of_a_boundary_are_tried_where_it_matters() -> None:
    far = [KnownCase("low", {"dose": 1, "drug": "a"}), KnownCase("high", {"dose": 50, "drug": "b"})]
    found = of(Aim.BOUNDARY, suggest(BOUNDS, far))
    assert values(found, "dose") == ["2.49", "2.5"]
    assert values(found, "drug") == ["a", "a"]
    assert [case.why for case in found] == ["Dose (T!B3) between 2.49 and 2.5: the answer changes there."] * 2


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"dose": "2.5", "drug": "a"}, ["2.49"]),
        ({"dose": "2.45", "drug": "a"}, ["2.5"]),
        ({"dose": "2.5", "drug": "b"}, ["2.49", "2.5"]),
        ({"dose": "2.3", "drug": "a"}, ["2.49", "2.5"]),
        ({"dose": "2.5"}, ["2.49", "2.5"]),
    ],
)
def test_a_case_close_to_a_boundary_counts_where_the_boundary_matters(
    facts: dict[str, str], expected: list[str]
) -> None:
    case = {**facts, "dose": Decimal(facts["dose"])}
    assert values(of(Aim.BOUNDARY, suggest(BOUNDS, [KnownCase("there", case)])), "dose") == expected


def test_a_boundary_that_changes_nothing_is_said_to_be_unreached() -> None:
    made = policy([DOSE], table("T", "F", ["IF dose", "THEN out"], None, ["-", "x"], ["< 2", "y"]))
    found = suggest(made, ())
    assert [(each.aim, each.rule) for each in found.unreached] == [(Aim.RULE, "R-2"), (Aim.BOUNDARY, "")]
    assert found.unreached[0].what == "no case was found in which rule R-2 (T!A6) contributes"


def test_a_pair_differs_in_one_fact_alone() -> None:
    found = suggest(BOUNDS, (), mcdc=True)
    pairs = of(Aim.PAIR, found)
    cases = known(found.cases)
    for case in pairs:
        assert any(sum(case.facts[name] != other.facts[name] for name in case.facts) == 1 for other in cases)
    assert [case.rule for case in pairs] == ["R-1"]
    assert "Drug" in pairs[0].name


def test_cells_that_hang_on_one_another_get_a_pair_all_the_same() -> None:
    made = policy(
        [DRUG, DOSE],
        table("T", "F", ["IF drug", 'IF drug = "a"', "THEN out"], None, ["a", "true", "x"], ["-", "-", "y"]),
    )
    found = suggest(made, (), mcdc=True)
    assert not found.unreached
    cases = [case.facts["drug"] for case in found.cases]
    assert "a" in cases
    assert len(cases) == 2


def test_a_clause_that_no_diagram_can_trace_is_tried_with_its_facts() -> None:
    made = policy(
        [AGE, fact("weight", "number", "[0..300]")],
        table("T", "F", ["IF weight - age", "THEN out"], None, ["> 100", "x"], ["-", "y"]),
    )
    assert not uncovered(made, suggest(made, ()).cases)


def test_a_table_too_large_for_a_diagram_is_tried_rule_by_rule() -> None:
    rules = [["a", "< 2", "x"], ["b", "-", "y"], ["-", "-", "z"]]
    small = policy([DRUG, DOSE], table("T", "F", ["IF drug", "IF dose", "THEN out"], None, *rules))
    large = ground_of(small, build(small.linked, limit=0), ())
    found = [case for case in rule_cases(large) if isinstance(case, SuggestedCase)]
    assert not uncovered(small, found)


def test_no_case_breaks_an_assumption() -> None:
    facts = (DRUG, DOSE)
    book = workbook(
        table(
            "T",
            "F",
            ["IF drug", "IF dose", "THEN out"],
            None,
            ["a", "< 2", "x"],
            ["b", "< 50", "y"],
            ["-", "-", "z"],
        )
    )
    assumed = Assumption(cell('drug != "a" or dose < 50'), "Drug a is never given in such doses.")
    made = Policy(kernel(link(evolve(book, assumptions=(assumed,)), Dictionary(facts, "facts.xlsx"))))
    found = suggest(made, (), mcdc=True)
    assert found.cases
    assert all(case.facts["drug"] != "a" or case.facts["dose"] < 50 for case in found.cases)


def test_names_are_unique_and_the_same_every_time() -> None:
    first = suggest(BOUNDS, [KnownCase("T: rule R-1", {})], mcdc=True)
    assert first == suggest(BOUNDS, [KnownCase("T: rule R-1", {})], mcdc=True)
    names = [case.name for case in first.cases]
    assert "T: rule R-1 (2)" in names
    assert len(set(names)) == len(names)


def test_a_case_outside_the_version_covers_nothing() -> None:
    path = WORKBOOKS[0]
    made = load(path)
    day = made.effective_from
    assert day is not None
    case = next(iter(known_cases(read_workbook(path), made.kernel)))
    outside = {**case.facts, "date_of_service": day.replace(year=day.year - 1)}
    assert len(suggest(made, [KnownCase("early", outside)]).cases) == len(suggest(made, ()).cases)


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(policies())
def test_a_rule_without_a_case_is_used_by_none(made: LinkedPolicy) -> None:
    compiled = Policy(kernel(made))
    found = suggest(compiled, ())
    unreached = {(each.decision, each.rule) for each in found.unreached if each.aim is Aim.RULE}
    assert uncovered(compiled, of(Aim.RULE, found)) == unreached
    base = ground(compiled, ())
    for facts in islice(base.combinations({}, base.variables), 300):
        assert not unreached & {(name, rule) for name, rules in base.used(facts).items() for rule in rules}


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(policies(opaque=True))
def test_every_suggested_case_is_one_that_the_dictionary_allows(made: LinkedPolicy) -> None:
    compiled = Policy(kernel(made))
    for case in suggest(compiled, (), mcdc=True).cases:
        compiled.kernel.case_reader.atoms(case.facts)


@pytest.mark.parametrize("name", ["bmi-bands", "egfr-decline", "pediatric-dose"])
def test_a_rule_that_hangs_on_a_condition_over_several_facts_is_solved_for(name: str) -> None:
    made = load_policy(EXAMPLES / f"{name}.xlsx")
    found = suggest(made, ())
    assert not uncovered(made, of(Aim.RULE, found))
    assert not [each for each in found.unreached if each.aim is Aim.RULE]
