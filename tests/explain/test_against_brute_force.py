"""Random small policies: reasons, changes and questions are those that trying everything finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.changes import nearest_changes
from dmn_dli.explain.explainer import MOST_OTHERS, Explainer
from dmn_dli.explain.verdicts import verdicts
from dmn_dli.runtime.errors import CaseError, TableError
from dmn_dli.runtime.record import NEEDS_INFORMATION
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import kernel
from tests.properties.cases import partial_facts
from tests.properties.policies import policies
from tests.properties.test_assumptions import assuming
from tests.reference.policy import Oracle
from tests.reference.reasons import BruteForce

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
_CASES = 4
_COMPLETE_CASES = 600


def _tried(
    policy: LinkedPolicy, oracle: Oracle, most: int = _COMPLETE_CASES
) -> tuple[Oracle, BruteForce, PolicyKernel]:
    assume(oracle.count({}) <= most)
    return oracle, BruteForce(oracle), kernel(policy)


def _drawn(data: st.DataObject, oracle: Oracle) -> dict[str, Any]:
    facts = data.draw(partial_facts(oracle, _COMPLETE_CASES), label="facts")
    return {name: value for name, value in facts.items() if name not in oracle.unknown(facts)}


def _agree(data: st.DataObject, policy: LinkedPolicy, oracle: Oracle, most: int = _COMPLETE_CASES) -> None:
    oracle, tried, compiled = _tried(policy, oracle, most)
    explainer = Explainer(compiled)
    for _ in range(_CASES):
        facts = _drawn(data, oracle)
        try:
            explained = explainer.explain(facts)
        except (CaseError, TableError):
            event("error")
            continue
        if explained.record["determination"] == NEEDS_INFORMATION:
            event("needs information")
            question = explained.question
            assert question is not None
            worst = tried.worst_answers(facts, explained.record["missing_facts"])
            assert (question.determinations, question.facts) == min(worst.values())
            ties = [name for name in compiled.case_reader.facts if worst.get(name) == min(worst.values())]
            assert question.fact == ties[0]
        else:
            event("decided")
            reason = explained.reason
            assert reason is not None
            assert reason.smallest
            found = [frozenset(fact.fact for fact in each) for each in (reason.facts, *reason.others)]
            smallest = tried.smallest_reasons(facts)
            assert set(found) <= smallest
            assert len(set(found)) == len(found) == min(len(smallest), 1 + MOST_OTHERS)
            assert (reason.count, reason.counted) == (len(smallest), True)


@settings(_SETTINGS, max_examples=25)
@given(policies(), st.data())
def test_reasons_are_smallest_and_questions_best(policy: LinkedPolicy, data: st.DataObject) -> None:
    _agree(data, policy, Oracle(policy))


@settings(_SETTINGS, max_examples=15)
@given(assuming(), st.data())
def test_what_the_assumptions_rule_out_needs_no_reason(policy: LinkedPolicy, data: st.DataObject) -> None:
    _agree(data, policy, Oracle(policy), 100)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=2_000)
@given(policies(), st.data())
def test_reasons_are_smallest_and_questions_best_at_length(policy: LinkedPolicy, data: st.DataObject) -> None:
    _agree(data, policy, Oracle(policy))


@settings(_SETTINGS, max_examples=25)
@given(policies(), st.data())
def test_changes_are_the_minimal_ones_and_their_values_are_right(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    _changes_agree(policy, data)


@settings(_SETTINGS, max_examples=25)
@given(assuming(), st.data())
def test_changes_are_to_cases_that_the_assumptions_allow(policy: LinkedPolicy, data: st.DataObject) -> None:
    _changes_agree(policy, data)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=1_500)
@given(assuming(), st.data())
def test_changes_are_to_cases_that_the_assumptions_allow_at_length(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    _changes_agree(policy, data)


def _changes_agree(policy: LinkedPolicy, data: st.DataObject) -> None:
    oracle, tried, compiled = _tried(policy, Oracle(policy))
    seen = verdicts(compiled)
    names = {fact.variable: name for name, fact in compiled.case_reader.facts.items() if fact.variable}
    for _ in range(_CASES):
        facts = _drawn(data, oracle)
        atoms = compiled.case_reader.atoms(facts)
        wanted = data.draw(st.sampled_from(range(len(seen.results))), label="wanted")
        if not isinstance(seen.results[wanted], str):
            continue
        changes = nearest_changes(seen, atoms, {wanted})
        found = [frozenset(names[each] for each in change.variables) for change in changes]
        assert set(found) == tried.minimal_changes(facts, seen.results[wanted])
        assert [len(each) for each in found] == sorted(len(each) for each in found)
        for change in changes:
            for box in change.boxes:
                assert set(change.variables) <= set(box)
                chosen = dict(facts)
                for variable, taken in box.items():
                    reader = compiled.case_reader.facts[names[variable]]
                    values = oracle.domains[reader.name]
                    taking = [each for each in values if taken >> (reader.place(each) - 1) & 1]
                    chosen[reader.name] = data.draw(st.sampled_from(taking))
                    assert reader.place(chosen[reader.name]) != atoms[variable]
                assert tried.possible(chosen) == {repr(seen.results[wanted])}


@settings(_SETTINGS, max_examples=15)
@given(policies(opaque=True), st.data())
def test_what_cannot_be_analysed_still_gets_a_reason_that_holds(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    oracle = Oracle(policy)
    compiled = kernel(policy)
    explainer = Explainer(compiled)
    facts = _drawn(data, oracle)
    try:
        explained = explainer.explain(facts)
    except TableError:
        return
    if explained.reason is not None:
        relied = {fact.fact: facts[fact.fact] for fact in explained.reason.facts}
        assert compiled.determine(relied)["determination"] == explained.record["determination"]
    else:
        assert explained.question is not None
        assert explained.question.fact in explained.record["missing_facts"]
