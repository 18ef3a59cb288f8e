"""Values that a dictionary gains or loses: what cases with them get, and through which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.diff.readings import Taken
from dmn_dli.diff.value_answers import Given, ValueAnswers, value_answers
from dmn_dli.diff.value_changes import ValueChange, changed_values
from dmn_dli.model.facts import Fact
from dmn_dli.report import value_words
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.linked import LinkedPolicy
from tests.diff.words import accepts
from tests.linking.books import cell, fact, kernel, linked, table
from tests.properties.policies import policies
from tests.reference.policy import Oracle

RISK = fact("risk", allowed="high, low, other", label="Relapse risk")
GRADE = fact("grade", "integer", "[0..4]", label="GVHD grade")
STAGE = fact("stage", allowed="early, late", label="Stage")


def _policy(*rules: tuple[Any, ...]) -> LinkedPolicy:
    made = table(
        "Determination",
        "F",
        ["IF Relapse risk", "IF GVHD grade", "THEN Determination", "NOTE Citation"],
        [None, None, "medically necessary, criteria not met", None],
        *[(*rule, "page 1") for rule in rules],
    )
    return linked((RISK, GRADE, STAGE), made, payer="acme")


def _with(policy: LinkedPolicy, changed: Fact | None, name: str = "") -> LinkedPolicy:
    """The policy as if its dictionary had a fact so, or lacked one."""
    facts = policy.dictionary.facts
    if changed is None:
        rest = tuple(each for each in facts if each.name != name)
        allowed = {each: values for each, values in policy.allowed.items() if each != name}
        return evolve(policy, dictionary=evolve(policy.dictionary, facts=rest), allowed=allowed)
    put = tuple(changed if each.name == changed.name else each for each in facts)
    allowed = dict(policy.allowed)
    if changed.allowed is not None:
        allowed[changed.name] = parse_allowed(changed.allowed.text, FEEL_TYPES[changed.type])
    return evolve(policy, dictionary=evolve(policy.dictionary, facts=put), allowed=allowed)


def _answers(old: LinkedPolicy, new: LinkedPolicy) -> tuple[ValueAnswers, ...]:
    return value_answers(list(changed_values(old, new)), new, kernel(new))


POLICY = _policy(
    ("high", "-", "medically necessary"),
    ("low", ">= 2", "medically necessary"),
    ("-", "-", "criteria not met"),
)
BEFORE = _with(POLICY, evolve(RISK, allowed=cell("high, low")))


def test_a_new_value_that_no_cell_names_is_told_with_the_catch_all_that_takes_it() -> None:
    (found,) = _answers(BEFORE, POLICY)
    assert (found.label, found.values, found.change) == ("Relapse risk", "other", ValueChange.ADDED)
    assert (found.read, found.decisive, found.named, found.like) == (True, True, False, "")
    (answer,) = found.given
    assert answer.determination == "criteria not met"
    assert [name for name, _ in answer.rules] == ["R-3"]
    assert [each.taken for each in answer.cells] == [Taken.CATCH_ALL]
    assert (answer.combinations.part, answer.combinations.whole) == (5, 5)
    assert next(iter(value_words.lines(found))) == (
        "where it decides (all combinations): criteria not met through R-3 (Determination!A7), "
        "a catch-all: Relapse risk is -"
    )


def test_a_new_value_that_a_rule_names_is_told_with_that_rule() -> None:
    new = _policy(
        ("high, other", "-", "medically necessary"),
        ("low", ">= 2", "medically necessary"),
        ("-", "-", "criteria not met"),
    )
    (found,) = _answers(_with(new, evolve(RISK, allowed=cell("high, low"))), new)
    assert (found.named, found.like) == (True, "high")
    assert [(each.rule, each.place, each.taken) for each in found.readers] == [
        ("R-1", "Determination!B5", Taken.NAMED)
    ]


def test_a_value_of_a_fact_that_no_table_reads_is_said_not_to_be_read() -> None:
    (found,) = _answers(_with(POLICY, evolve(STAGE, allowed=cell("early"))), POLICY)
    assert (found.values, found.read) == ("late", False)
    assert list(value_words.lines(found)) == ["no table or criterion of this policy reads the fact"]


def test_a_wider_range_is_told_as_the_values_that_came_to_it() -> None:
    (found,) = _answers(_with(POLICY, evolve(GRADE, allowed=cell("[0..2]"))), POLICY)
    assert (found.values, found.like) == ("3, 4", "2")


def test_values_that_are_treated_differently_are_told_apart() -> None:
    told = _answers(_with(POLICY, evolve(GRADE, allowed=cell("4"))), POLICY)
    assert [each.values for each in told] == ["0, 1", "2, 3"]


def test_an_added_fact_has_all_its_values_new_and_a_removed_one_all_its_values_gone() -> None:
    added = list(changed_values(_with(POLICY, None, "risk"), POLICY))
    assert [(each.change, each.words(each.chosen)) for each in added] == [
        (ValueChange.FACT_ADDED, "high, low, other")
    ]
    gone = list(changed_values(POLICY, _with(POLICY, None, "stage")))
    assert [(each.change, each.words(each.chosen)) for each in gone] == [
        (ValueChange.FACT_REMOVED, "early, late")
    ]


def test_null_is_a_new_value_where_the_dictionary_comes_to_allow_it() -> None:
    (found,) = changed_values(POLICY, _with(POLICY, evolve(STAGE, nullable=True)))
    assert found.words(found.chosen) == "null"


def test_what_a_workbook_with_errors_gives_is_said_to_be_unknown() -> None:
    (found,) = value_answers(list(changed_values(BEFORE, POLICY)), POLICY, None)
    assert found.unknown is not None
    assert "not known" in next(iter(value_words.lines(found)))


_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

NARROWER = {
    "colour": "red, green",
    "size": "small",
    "grade": "0, 1, 2",
    "count": "[0..2]",
    "percent": "[0..50]",
    "dose": "> 2",
    "start": "[2024-01-01..2024-03-31]",
}


@settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60
)
@given(policies(), st.data())
def test_what_a_new_value_gets_is_what_brute_force_over_all_cases_finds(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    oracle = Oracle(policy)
    names = [name for name in oracle.names if name in NARROWER]
    assume(names and oracle.count({}) <= 1_500)
    fact_ = policy.dictionary.by_name[data.draw(st.sampled_from(names))]
    old = _with(policy, evolve(fact_, allowed=cell(NARROWER[fact_.name])))
    decided = [(case, _decided(oracle, case)) for case in oracle.completions({})]
    found = _answers(old, policy)
    assert found
    for case, told in decided:
        takers = [each for each in found if accepts(fact_, each.values, case[fact_.name])]
        assert len(takers) <= 1
        for each in takers:
            if each.unknown is None and each.decisive:
                assert told in [_given(got) for got in each.given]
    others: dict[str, list[str]] = {}
    for case, (determination, _) in decided:
        others.setdefault(_rest(case, fact_.name), []).append(determination)
    for each in found:
        mine = [(case, told) for case, told in decided if accepts(fact_, each.values, case[fact_.name])]
        event(f"decisive: {each.decisive}, known: {each.unknown is None}, cases: {bool(mine)}")
        if not mine or each.unknown is not None:
            continue
        if each.decisive:
            assert {told for _, told in mine} == {_given(got) for got in each.given}
        deciding = {told for case, told in mine if set(others[_rest(case, fact_.name)]) != {told[0]}}
        assert deciding == {_given(got) for got in each.given if got.deciding.part}
        alike = [case for case, _ in decided if each.like and accepts(fact_, each.like, case[fact_.name])]
        determinations = {_rest(case, fact_.name): told[0] for case, told in mine}
        for case in alike:
            assert determinations[_rest(case, fact_.name)] == _decided(oracle, case)[0]


def _decided(oracle: Oracle, case: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A case's determination, and the rules that give it; an error has none."""
    answers = oracle.decide(case)
    if oracle.failed(answers):
        return repr("error"), ()
    last = answers[oracle.final.name]
    return repr(oracle.determination(last)), tuple(oracle.final.rules[each].id for each in last.rules)


def _given(got: Given) -> tuple[str, tuple[str, ...]]:
    return repr(got.determination), tuple(name for name, _ in got.rules)


def _rest(case: Mapping[str, Any], name: str) -> str:
    """A case without one fact."""
    return repr([(each, case[each]) for each in sorted(case) if each != name])
