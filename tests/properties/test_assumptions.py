"""Assumptions: completions that they rule out do not count, and facts that hang together matter together."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmn_dli.model.finding import errors
from dmn_dli.runtime.errors import CaseError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking import books
from tests.linking.books import kernel
from tests.properties.cases import answered, expected, partial_facts, refutation
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
    ("flag or weight < 20", {"flag", "weight"}),
    ("flag = (weight >= 10)", {"flag", "weight"}),
    ("flag = (weight < 5)", {"flag", "weight"}),
    ("not(weight > 50)", {"weight"}),
)


@st.composite
def with_assumptions(draw: st.DrawFn, policy: LinkedPolicy) -> LinkedPolicy:
    """The policy with one or two assumptions over its facts; a policy over other facts is passed over."""
    known = set(policy.dictionary.by_name)
    fitting = [text for text, names in _CONDITIONS if names <= known]
    assume(fitting)
    chosen = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=2, unique=True))
    return books.assuming(policy, *chosen)


def assuming(*, opaque: bool = False) -> st.SearchStrategy[LinkedPolicy]:
    """Policies with assumptions. opaque: with things that the diagrams cannot answer."""
    return policies(opaque=opaque).flatmap(with_assumptions)


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


def is_never_refuted(policy: LinkedPolicy, data: st.DataObject) -> None:
    """Refused where every completion contradicts the assumptions, and only there; cautious but not wrong."""
    assert not errors(policy.findings)
    oracle, compiled = Oracle(policy), kernel(policy)
    for _ in range(4):
        whole = {name: data.draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
        for facts in (data.draw(partial_facts(oracle, 200), label="facts"), whole):
            if next(oracle.completions(facts), None) is None:
                with pytest.raises(CaseError, match="contradict"):
                    compiled.determine(facts)
            else:
                assert not refutation(oracle, facts, answered(compiled, facts))


_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@settings(_SETTINGS, max_examples=12)
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


@settings(_SETTINGS, max_examples=15)
@given(assuming(opaque=True), st.data())
def test_beside_what_cannot_be_traced_assumptions_are_no_statement_about_the_case(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    is_never_refuted(policy, data)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=3_000)
@given(assuming(opaque=True), st.data())
def test_beside_what_cannot_be_traced_assumptions_are_no_statement_about_the_case_at_length(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    is_never_refuted(policy, data)
