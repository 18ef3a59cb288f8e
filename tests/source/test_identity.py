"""A compiled module says what the package says, byte for byte, with facts known, unknown and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.finding import errors
from dmn_dli.source.criteria import CriterionSource
from dmn_dli.source.module import NotCompilable, table_sources
from dmn_dli.source.tables import TableSource
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.linking import criteria_example
from tests.linking.books import kernel
from tests.payers import WORKBOOKS
from tests.properties.cases import partial_facts
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.properties.test_assumptions import assuming
from tests.properties.test_criteria import assuming as assuming_of_criteria
from tests.reference.policy import Oracle
from tests.source.modules import compiled, said_by_module, said_by_package

_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
_CASES = 4


@cache
def policy(name: str) -> tuple[Oracle, PolicyKernel, ModuleType]:
    made = payers.kernel(name)
    return Oracle(payers.linked(name)), made, compiled(made)


@cache
def sources(name: str) -> Sequence[TableSource]:
    return table_sources(policy(name)[1])


@st.composite
def written(draw: st.DrawFn, oracle: Oracle, reader: PolicyKernel) -> dict[str, Any]:
    """Facts as cases give them: some unknown, some in other letters, some that do not exist or do not fit."""
    facts: dict[str, Any] = {name: draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
    for name in draw(st.lists(st.sampled_from(oracle.names), unique=True)):
        del facts[name]
    facts = {
        name: f" {value.upper()} " if isinstance(value, str) and draw(st.booleans()) else value
        for name, value in facts.items()
    }
    days = [None, None, "2026-03-01", "2024-05-14", "2026-02-01", " 2025-02-12 "]
    facts["date_of_service"] = draw(st.sampled_from(days))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        name = draw(st.sampled_from([*reader.case_reader.facts, "servise", "_comment"]))
        odd: list[Any] = [None, "Allogenic", "", -1, 1e400, True, [], "2025-02-30", "12.2.2025"]
        facts[name] = draw(st.sampled_from(odd))
    return facts


def agrees(made: PolicyKernel, module: ModuleType, facts: dict[str, Any]) -> None:
    assert said_by_module(module, facts) == said_by_package(made, facts)


def functions_agree(
    made: PolicyKernel, module: ModuleType, sources: Sequence[TableSource], facts: dict[str, Any]
) -> None:
    """Each decision's function, called with what its table reads, answers what its diagram does."""
    found = made.residuals(made.case_reader.atoms(facts), facts, made.decisions)
    if any(each.trouble == ("impossible",) for left in found.values() for each in left.outcomes):
        return
    values = made.case_reader.values(facts)
    for source in sources:
        left = found[source.table.name]
        named = not isinstance(source, CriterionSource) or source.row is not None
        if named and left.single and source.plain and source.parameters.keys() <= values.keys():
            outcome = left.decision.outcomes[left.outcomes[0].number]
            arguments = {parameter: values[name] for name, parameter in source.parameters.items()}
            answer = getattr(module, source.name)(**arguments)
            # A row of a sheet of criteria is met or not; of a table its rules are told too.
            of_row = isinstance(source, CriterionSource)
            assert answer is outcome.value if of_row else repr(answer) == repr(outcome)
            event("a function was called")
        if left.one_value:
            values[source.table.name] = left.outcomes[0].json
            if isinstance(left.outcomes[0].json, dict):
                values |= {
                    f"{source.table.name}.{name}": each for name, each in left.outcomes[0].json.items()
                }


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=30)
@given(data=st.data())
def test_the_payers_policies_with_any_facts(name: str, data: st.DataObject) -> None:
    oracle, made, module = policy(name)
    agrees(made, module, data.draw(written(oracle, made), label="facts"))


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=20)
@given(data=st.data())
def test_the_payers_decisions_as_functions(name: str, data: st.DataObject) -> None:
    oracle, made, module = policy(name)
    functions_agree(made, module, sources(name), data.draw(partial_facts(oracle, 300), label="facts"))


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_payers_policies_with_nothing_known(name: str) -> None:
    _, made, module = policy(name)
    agrees(made, module, {})


@settings(_SETTINGS, max_examples=30)
@given(data=st.data())
def test_a_sheet_of_criteria_with_any_facts(data: st.DataObject) -> None:
    oracle, made, module, functions = with_criteria()
    facts = data.draw(partial_facts(oracle, 300), label="facts")
    agrees(made, module, facts)
    functions_agree(made, module, functions, facts)


@cache
def with_criteria() -> tuple[Oracle, PolicyKernel, ModuleType, Sequence[TableSource]]:
    linked = criteria_example.policy(payer="acme")
    made = kernel(linked)
    return Oracle(linked), made, compiled(made), table_sources(made)


def small_policy_agrees(linked: LinkedPolicy, oracle: Oracle, data: st.DataObject) -> None:
    made = kernel(linked, 100_000)
    try:
        module = compiled(made)
    except NotCompilable:
        event("not compilable")
        assert not made.analysable
        return
    functions = table_sources(made)
    for _ in range(_CASES):
        facts = data.draw(partial_facts(oracle, 300), label="facts")
        agrees(made, module, facts)
        functions_agree(made, module, functions, facts)


@settings(_SETTINGS, max_examples=15)
@given(policies(), st.data())
def test_random_policies(linked: LinkedPolicy, data: st.DataObject) -> None:
    small_policy_agrees(linked, Oracle(linked), data)


@settings(_SETTINGS, max_examples=15)
@given(assuming(), st.data())
def test_random_policies_with_assumptions(linked: LinkedPolicy, data: st.DataObject) -> None:
    assert not errors(linked.findings)
    small_policy_agrees(linked, Oracle(linked), data)


@settings(_SETTINGS, max_examples=7)
@given(st.one_of(criteria_policies(), assuming_of_criteria()), st.data())
def test_random_policies_with_sheets_of_criteria(linked: LinkedPolicy, data: st.DataObject) -> None:
    small_policy_agrees(linked, Oracle(linked), data)


@settings(_SETTINGS, max_examples=15)
@given(policies(opaque=True), st.data())
def test_what_cannot_be_analysed_is_refused_and_never_guessed(
    linked: LinkedPolicy, data: st.DataObject
) -> None:
    small_policy_agrees(linked, Oracle(linked), data)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=2_000)
@given(policies(), st.data())
def test_random_policies_at_length(linked: LinkedPolicy, data: st.DataObject) -> None:
    small_policy_agrees(linked, Oracle(linked), data)
