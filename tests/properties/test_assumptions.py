"""Assumptions: completions that they rule out do not count, and facts that hang together matter together."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Assumption
from dmn_dli.model.finding import errors
from dmn_dli.runtime.errors import CaseError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import kernel
from tests.properties.cases import answered, expected, partial_facts
from tests.properties.policies import policies
from tests.reference.policy import Oracle

_CONDITIONS = (
    ("flag or consent", {"flag", "consent"}),
    ("flag = consent", {"flag", "consent"}),
    ('colour = "red" or flag', {"colour", "flag"}),
    ('not(colour = "red" and grade > 1)', {"colour", "grade"}),
    ("percent > 50 or grade = 0", {"percent", "grade"}),
    ("grade < 3", {"grade"}),
    ("flag", {"flag"}),
)


@st.composite
def with_assumptions(draw: st.DrawFn, policy: LinkedPolicy) -> LinkedPolicy:
    """The policy with one or two assumptions over its facts; a policy over other facts is passed over."""
    known = set(policy.dictionary.by_name)
    fitting = [text for text, names in _CONDITIONS if names <= known]
    assume(fitting)
    chosen = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=2, unique=True))
    assumptions = tuple(
        Assumption(Cell(row, 1, CellKind.TEXT, text), "it is so") for row, text in enumerate(chosen, 2)
    )
    return link(evolve(policy.workbook, assumptions=assumptions), policy.dictionary)


def assuming() -> st.SearchStrategy[LinkedPolicy]:
    """Policies with assumptions."""
    return policies().flatmap(with_assumptions)


def agrees(policy: LinkedPolicy, data: st.DataObject, completions: int) -> None:
    assert not errors(policy.findings)
    oracle, compiled = Oracle(policy), kernel(policy, 100_000)
    for _ in range(3):
        facts = data.draw(partial_facts(oracle, completions), label="facts")
        if next(oracle.completions(facts), None) is None:
            with pytest.raises(CaseError, match="contradict"):
                compiled.determine(facts)
        else:
            assert answered(compiled, facts) == expected(oracle, facts)


_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@settings(_SETTINGS, max_examples=40)
@given(assuming(), st.data())
def test_what_the_assumptions_rule_out_does_not_count(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(policy, data, 60)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=1_500)
@given(assuming(), st.data())
def test_what_the_assumptions_rule_out_does_not_count_at_length(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees(policy, data, 100)
