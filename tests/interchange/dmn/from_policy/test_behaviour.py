"""A model decides as the policy of which it was made, by its texts alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli import HitPolicyError
from dmn_dli.excel.sheet import Package
from dmn_dli.feel.values import from_python
from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.from_policy.model import definitions_of
from dmn_dli.interchange.dmn.from_policy.names import model_names
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.policy import Policy
from dmn_dli.tables.linked import LinkedPolicy
from tests.interchange.dmn.from_policy.naive_model import NaiveModel
from tests.linking.books import kernel
from tests.payers import WORKBOOKS, linked
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.reference.policy import Oracle


def _decides_alike(made: LinkedPolicy, data: st.DataObject, version: str) -> None:
    definitions = definitions_of(made, Package(()), version=version)
    model, lowered = NaiveModel(definitions), lower(_admitting_all(definitions), {})
    assert [each.text for each in lowered.findings if each.is_error] == []
    names = model_names(made, marked_dates=version == "1.5")
    oracle, policy = Oracle(made), Policy(kernel(made))
    for _ in range(5):
        facts = {
            name: data.draw(st.sampled_from(oracle.domains[name]))
            for name in oracle.names
            if data.draw(st.integers(0, 5))
        }
        inputs = {names.facts[name]: from_python(value) for name, value in facts.items()}
        for table in made.tables:
            with _unless_another_conflicts(table.name):
                want = _renamed(_decided(policy, table.name, facts), table.name, names.outputs)
                assert model.decide(names.decisions[table.name], inputs) == want
                assert lowered.decide(names.decisions[table.name], inputs) == want
        for row in made.criteria:
            with _unless_another_conflicts(row.name):
                want = _decided(policy, row.name, facts)
                assert model.decide(names.decisions[row.name], inputs) == want
                assert lowered.decide(names.decisions[row.name], inputs) == want


def _admitting_all(definitions: Definitions) -> Definitions:
    """Without what row 4 says may arrive: `decide` does not look at it, and a model gives null for others."""
    decisions = []
    for decision in definitions.decisions:
        table = decision.expression
        assert isinstance(table, DecisionTable)
        inputs = tuple(evolve(clause, values=None) for clause in table.inputs)
        decisions.append(evolve(decision, expression=evolve(table, inputs=inputs)))
    return evolve(definitions, decisions=tuple(decisions))


def _decided(policy: Policy, decision: str, facts: dict[str, Any]) -> Any:
    """The value as FEEL's; null where the hit policy is contradicted, as in DMN."""
    try:
        return from_python(policy.decide(decision, facts))
    except HitPolicyError as error:
        if error.decision != decision:
            raise
        return None


@contextmanager
def _unless_another_conflicts(decision: str) -> Iterator[None]:
    """A decision that is required and conflicts has no value for us; in DMN it is null, and others go on."""
    try:
        yield
    except HitPolicyError as error:
        assert error.decision != decision  # noqa: PT017 - it is passed over, not expected


def _renamed(value: Any, decision: str, outputs: Any) -> Any:
    """A value with its outputs called as in the model."""
    if isinstance(value, list):
        return [_renamed(each, decision, outputs) for each in value]
    if isinstance(value, dict):
        return {outputs.get((decision, name), name): each for name, each in value.items()}
    return value


_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(policies(opaque=True), st.data(), st.sampled_from(["1.5", "1.3"]))
@settings(_SETTINGS, max_examples=10)
def test_random_policies_decide_alike(made: LinkedPolicy, data: st.DataObject, version: str) -> None:
    _decides_alike(made, data, version)


@pytest.mark.slow
@given(policies(opaque=True), st.data(), st.sampled_from(["1.5", "1.3"]))
@settings(_SETTINGS, max_examples=150)
def test_many_random_policies_decide_alike(made: LinkedPolicy, data: st.DataObject, version: str) -> None:
    _decides_alike(made, data, version)


@given(criteria_policies(opaque=True), st.data(), st.sampled_from(["1.5", "1.3"]))
@settings(_SETTINGS, max_examples=5)
def test_random_criteria_decide_alike(made: LinkedPolicy, data: st.DataObject, version: str) -> None:
    _decides_alike(made, data, version)


@pytest.mark.slow
@given(criteria_policies(opaque=True), st.data(), st.sampled_from(["1.5", "1.3"]))
@settings(_SETTINGS, max_examples=150)
def test_many_random_criteria_decide_alike(made: LinkedPolicy, data: st.DataObject, version: str) -> None:
    _decides_alike(made, data, version)


@pytest.mark.parametrize("name", WORKBOOKS)
@given(st.data())
@settings(max_examples=2, deadline=None)
def test_the_payers_policies_decide_alike(name: str, data: st.DataObject) -> None:
    _decides_alike(linked(name), data, data.draw(st.sampled_from(["1.5", "1.3"])))
