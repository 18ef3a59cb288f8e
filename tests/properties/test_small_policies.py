"""Random small policies: the record is the one that brute force over all completions gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import kernel
from tests.properties.cases import answered, expected, partial_facts
from tests.properties.policies import policies
from tests.reference.policy import Oracle

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_CASES = 4
_COMPLETIONS = 300


def agrees_with_brute_force(policy: LinkedPolicy, data: st.DataObject, limit: int) -> None:
    oracle = Oracle(policy)
    compiled = kernel(policy, limit)
    for _ in range(_CASES):
        facts = data.draw(partial_facts(oracle, _COMPLETIONS), label="facts")
        want = expected(oracle, facts)
        event(
            "error" if isinstance(want, set) else "needs information" if want["missing_facts"] else "decided"
        )
        assert answered(compiled, facts) == want


@settings(_SETTINGS, max_examples=40)
@given(policies(), st.data())
def test_the_record_is_what_all_completions_have_in_common(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees_with_brute_force(policy, data, 100_000)


@settings(_SETTINGS, max_examples=30)
@given(policies(), st.data(), st.sampled_from([0, 3, 10, 30]))
def test_tables_too_large_for_a_diagram_of_all_facts_give_the_same_record(
    policy: LinkedPolicy, data: st.DataObject, limit: int
) -> None:
    agrees_with_brute_force(policy, data, limit)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=3_000)
@given(policies(), st.data())
def test_the_record_is_what_all_completions_have_in_common_at_length(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees_with_brute_force(policy, data, 100_000)
