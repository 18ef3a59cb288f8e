"""A row of a batch is told what a single case is told, in every column, whatever is unknown or wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.evaluator import COLUMNS, BatchEvaluator
from dmn_dli.diagrams.build import STEP_LIMIT
from dmn_dli.tables.linked import LinkedPolicy
from tests.batch import arrow
from tests.linking.books import kernel
from tests.payers import WORKBOOKS
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.properties.test_five_policies import policy as payers_policy
from tests.reference.policy import Oracle

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_OF_STATES = ("determination", "rule", "citation", "possible_determinations", "missing_facts", "error")


def agrees(oracle: Oracle, evaluator: BatchEvaluator, data: st.DataObject, rows: int, batches: int) -> None:
    event("by states" if evaluator.by_states else "row by row")
    for _ in range(batches):
        batch = data.draw(arrow.columns(oracle.domains, evaluator.kernel, rows), label="batch")
        found = evaluator.evaluate(batch).to_pylist()
        for facts, got in zip(arrow.cases(batch), found, strict=True):
            want = arrow.answer(evaluator.kernel, facts)
            assert got == {name: want[name] for name in evaluator.columns}, facts


@settings(_SETTINGS, max_examples=25)
@given(policies(), st.data())
def test_random_policies(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(Oracle(policy), BatchEvaluator(kernel(policy)), data, 12, 2)


@settings(_SETTINGS, max_examples=8)
@given(policies(opaque=True), st.data(), st.sampled_from([STEP_LIMIT, 10]))
def test_random_policies_that_diagrams_do_not_answer(
    policy: LinkedPolicy, data: st.DataObject, limit: int
) -> None:
    agrees(Oracle(policy), BatchEvaluator(kernel(policy, limit)), data, 4, 1)


@settings(_SETTINGS, max_examples=6)
@given(criteria_policies(), st.data(), st.sampled_from([COLUMNS, _OF_STATES]))
def test_random_policies_with_criteria(
    policy: LinkedPolicy, data: st.DataObject, columns: Sequence[str]
) -> None:
    agrees(Oracle(policy), BatchEvaluator(kernel(policy), columns), data, 8, 2)


@pytest.mark.parametrize("columns", [COLUMNS, _OF_STATES], ids=["all", "of-states"])
@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=4)
@given(data=st.data())
def test_the_five_payers(name: str, columns: Sequence[str], data: st.DataObject) -> None:
    oracle, compiled = payers_policy(name)
    evaluator = BatchEvaluator(compiled, columns)
    assert evaluator.by_states
    agrees(oracle, evaluator, data, 30, 2)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=1_500)
@given(policies(), st.data())
def test_random_policies_at_length(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(Oracle(policy), BatchEvaluator(kernel(policy)), data, 12, 2)
