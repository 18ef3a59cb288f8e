"""Random policies with a sheet of criteria: the record is what brute force over all completions gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dmn_dli.runtime.errors import CaseError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking import books
from tests.linking.books import kernel
from tests.properties.cases import answered, expected, partial_facts
from tests.properties.criteria_policies import ASSUMPTIONS, criteria_policies
from tests.reference.policy import Oracle

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_CASES = 4
_COMPLETIONS = 200


def agrees_with_brute_force(
    policy: LinkedPolicy, data: st.DataObject, limit: int = 100_000, completions: int = _COMPLETIONS
) -> None:
    oracle = Oracle(policy)
    compiled = kernel(policy, limit)
    for _ in range(_CASES):
        facts = data.draw(partial_facts(oracle, completions), label="facts")
        if next(oracle.completions(facts), None) is None:
            with pytest.raises(CaseError, match="contradict"):
                compiled.determine(facts)
            continue
        want = expected(oracle, facts)
        event("error" if isinstance(want, set) else "decided" if not want["missing_facts"] else "open")
        is_record(answered(compiled, facts), want)


def is_record(got: Any, want: Any) -> None:
    """Key by key, and row by row, so that a failure names what differs."""
    if isinstance(got, dict) and isinstance(want, dict):
        for mine, its in zip(got["criteria"], want["criteria"], strict=True):
            assert mine == its
        for key in want:
            assert (key, got.get(key)) == (key, want[key])
    assert got == want


@st.composite
def assuming(draw: st.DrawFn) -> LinkedPolicy:
    """A policy with an assumption over its facts, where one of them fits."""
    policy = draw(criteria_policies())
    known = {*policy.dictionary.by_name}
    fitting = [text for text, names in ASSUMPTIONS if {*names} <= known]
    return books.assuming(policy, draw(st.sampled_from(fitting))) if fitting else policy


@settings(_SETTINGS, max_examples=10)
@given(criteria_policies(), st.data())
def test_each_row_and_the_reasons_are_those_of_all_completions(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees_with_brute_force(policy, data)


@settings(_SETTINGS, max_examples=8)
@given(assuming(), st.data())
def test_what_assumptions_rule_out_counts_for_no_row(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees_with_brute_force(policy, data, completions=60)


@settings(_SETTINGS, max_examples=6)
@given(criteria_policies(), st.data(), st.sampled_from([0, 3, 10, 30]))
def test_rows_too_large_for_a_diagram_of_all_facts_are_judged_alike(
    policy: LinkedPolicy, data: st.DataObject, limit: int
) -> None:
    agrees_with_brute_force(policy, data, limit)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=3_000)
@given(st.one_of(criteria_policies(), assuming()), st.data())
def test_each_row_and_the_reasons_are_those_of_all_completions_at_length(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees_with_brute_force(policy, data, completions=100)
