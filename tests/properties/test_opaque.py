"""Cells and clauses that cannot be analysed: cautious while facts are unknown, exact once they are known."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams.build import STEP_LIMIT
from dmn_dli.evaluate import frame
from dmn_dli.runtime.errors import TableError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, policy, table
from tests.properties.cases import answered, expected, partial_facts, refutation
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.reference.policy import Oracle

_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


def is_never_refuted(policy: LinkedPolicy, data: st.DataObject, limit: int) -> None:
    oracle = Oracle(policy)
    compiled = kernel(policy, limit)
    for _ in range(4):
        facts = data.draw(partial_facts(oracle, 300), label="facts")
        got = answered(compiled, facts)
        event("error" if isinstance(got, set) else got["determination"])
        assert not refutation(oracle, facts, got)
        whole = {name: data.draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
        assert answered(compiled, whole) == expected(oracle, whole)


@settings(_SETTINGS, max_examples=20)
@given(policies(opaque=True), st.data())
def test_no_answer_is_refuted_by_a_completion(policy: LinkedPolicy, data: st.DataObject) -> None:
    is_never_refuted(policy, data, STEP_LIMIT)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=600)
@given(policies(opaque=True), st.data())
def test_no_answer_is_refuted_by_a_completion_at_length(policy: LinkedPolicy, data: st.DataObject) -> None:
    is_never_refuted(policy, data, STEP_LIMIT)


@settings(_SETTINGS, max_examples=6)
@given(criteria_policies(opaque=True), st.data())
def test_nothing_that_is_said_of_criteria_is_refuted_by_a_completion(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    is_never_refuted(policy, data, STEP_LIMIT)


@settings(_SETTINGS, max_examples=40)
@given(policies(), st.data(), st.sampled_from([0, 5]))
def test_tables_too_large_for_any_diagram_are_answered_with_caution(
    monkeypatch: pytest.MonkeyPatch, policy: LinkedPolicy, data: st.DataObject, limit: int
) -> None:
    monkeypatch.setattr(frame, "RESTRICTED_LIMIT", limit)
    is_never_refuted(policy, data, limit)


def test_a_list_with_a_member_that_row_4_does_not_list_is_an_error_beside_computed_values() -> None:
    upstream = table(
        "Unmet criteria",
        "R",
        ["IF weight", "THEN value", "THEN Reason"],
        [None, "expression", "a, b, c"],
        ["> 10", "weight + 1", "c"],
        ["> 20", "weight + 2", "a"],
    )
    reader = table("Final", "U", ["IF Unmet criteria.Reason", "THEN Final"], ["a, b", "k"], ["-", "k"])
    final = policy([fact("weight", "number")], upstream, reader)
    assert final.evaluate({"weight": 5}).determination == "k"
    with pytest.raises(TableError, match=r'The value \["c"\] arrives at "Final", Final!B3'):
        final.evaluate({"weight": 11})
    assert final.evaluate({}).determination == "needs information"


def test_text_compared_by_order_is_not_one_class_of_any_other_text() -> None:
    made = table(
        "D", "F", ['IF remark + ""', "THEN D"], [None, "early, late"], ['< "m"', "early"], ["-", "late"]
    )
    final = policy([fact("remark", "string")], made)
    assert final.evaluate({}).possible_determinations == ("early", "late")
    assert final.evaluate({"remark": "a"}).determination == "early"
    assert final.evaluate({"remark": "z"}).determination == "late"
