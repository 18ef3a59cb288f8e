"""The columns of a batch say of each row what the kernel says of it as a single case, under every key."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import pyarrow as pa

from dmn_dli.batch import criteria_columns, fact_values, state_values
from dmn_dli.batch.arrow_lists import once_each
from dmn_dli.batch.coded import Coded, Text
from dmn_dli.batch.columns import ColumnReader
from dmn_dli.batch.fact_columns import ArrowColumn
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.record_columns import RecordColumns
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.record_fields import RULE
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.record import new_record
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.batch import arrow
from tests.batch.test_answers import random_cases
from tests.linking.books import kernel
from tests.payers import WORKBOOKS
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.properties.test_five_policies import policy as payers_policy
from tests.reference.policy import Oracle

KEYS = (*[key for key in new_record("", None) if key not in ("format_version", "payer")], RULE)
OF_FINAL = ("determination", "rules", "possible_determinations", "missing_facts", "payer_wording", "refer_to")

BESIDE = ("determination", "reason", "citation", "unmet_criteria")
"""What hangs on criteria, without them."""

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def placed(batch: Any, policy: PolicyKernel) -> PlacedBatch:
    names = [name for name in batch.schema.names if name in policy.case_reader.facts]
    found = PlacedBatch(batch.num_rows, {name: ArrowColumn(batch.column(name)) for name in names}, policy)
    found.place({name: ColumnReader(policy.case_reader.facts[name]) for name in names})
    return found


def alone(policy: PolicyKernel, facts: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any] | None:
    """What the kernel says of a case; None where that is an error."""
    try:
        record = policy.determine(facts)
    except EvaluationError:
        return None
    rules = [each["rule"] for each in record["rules"] if each["decision"] == policy.final.name]
    record[RULE] = ", ".join(rules) or None
    return {key: record[key] for key in keys}


def agrees(oracle: Oracle, columns: RecordColumns, data: st.DataObject, rows: int, batches: int) -> None:
    event("by states" if columns.by_states else "row by row")
    for _ in range(batches):
        batch = data.draw(arrow.columns(oracle.domains, columns.kernel, rows), label="batch")
        given_rows = placed(batch, columns.kernel)
        found, errors = columns.of(given_rows)
        for row in range(batch.num_rows):
            want = alone(columns.kernel, given_rows.case(row), columns.keys)
            assert (row in errors) is (want is None)
            if want is not None:
                assert {key: column.at(row) for key, column in found.items()} == want, given_rows.case(row)
                assert {key: column.taken(np.array([row])).at(0) for key, column in found.items()} == want


@pytest.mark.parametrize("keys", [KEYS, OF_FINAL], ids=["all", "of-the-final-decision"])
@settings(_SETTINGS, max_examples=30)
@given(policies(), st.data())
def test_random_policies(keys: tuple[str, ...], policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(Oracle(policy), RecordColumns(kernel(policy), keys), data, 12, 2)


@pytest.mark.parametrize("limit", [1, 12])
@settings(_SETTINGS, max_examples=12)
@given(policies(), st.data())
def test_random_policies_of_which_some_tables_are_too_large_for_diagrams(
    limit: int, policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees(Oracle(policy), RecordColumns(kernel(policy, limit), KEYS), data, 12, 2)


@settings(_SETTINGS, max_examples=8)
@given(policies(opaque=True), st.data())
def test_random_policies_that_diagrams_do_not_answer(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(Oracle(policy), RecordColumns(kernel(policy), KEYS), data, 4, 1)


@pytest.mark.parametrize("keys", [KEYS, BESIDE], ids=["all", "beside-criteria"])
@settings(_SETTINGS, max_examples=12)
@given(criteria_policies(), st.data())
def test_random_policies_with_criteria(
    keys: tuple[str, ...], policy: LinkedPolicy, data: st.DataObject
) -> None:
    agrees(Oracle(policy), RecordColumns(kernel(policy), keys), data, 8, 2)


@pytest.mark.parametrize(
    "keys", [KEYS, OF_FINAL, BESIDE], ids=["all", "of-the-final-decision", "beside-criteria"]
)
@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=4)
@given(data=st.data())
def test_the_five_payers(name: str, keys: tuple[str, ...], data: st.DataObject) -> None:
    oracle, compiled = payers_policy(name)
    columns = RecordColumns(compiled, keys)
    assert columns.by_states
    agrees(oracle, columns, data, 30, 2)


@pytest.mark.parametrize("keys", [KEYS, BESIDE], ids=["all", "beside-criteria"])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_what_is_not_kept_is_worked_out_in_each_batch(
    name: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (fact_values, state_values):
        monkeypatch.setattr(module, "KEPT", 2)
    monkeypatch.setattr(criteria_columns, "_FEW", 0)
    compiled = payers.kernel(name)
    columns = RecordColumns(compiled, keys)
    for seed in (1, 2):
        cases = [
            {**each.facts, "donor_chimerism_percent": number + 0.5, "transplant_type": None}
            for number, each in enumerate(random_cases(25, 0.2, seed))
        ]
        arrays = {name: [case.get(name) for case in cases] for name in compiled.case_reader.facts}
        given_rows = placed(pa.RecordBatch.from_pydict(arrays), compiled)
        found, errors = columns.of(given_rows)
        assert not errors
        for row in range(given_rows.rows):
            want = alone(compiled, given_rows.case(row), keys)
            assert {key: column.at(row) for key, column in found.items()} == want


def test_columns_whose_tables_have_grown_too_large_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = RecordColumns(payers.kernel(WORKBOOKS[0]), KEYS)
    assert not columns.full
    monkeypatch.setattr(criteria_columns, "_MOST_PAIRS", 0)
    assert columns.full


def test_a_key_that_is_none_of_the_records_is_refused() -> None:
    with pytest.raises(KeyError, match="payer_fax"):
        RecordColumns(payers.kernel(WORKBOOKS[0]), ["payer_fax"])


def test_texts_that_no_encoding_holds_stay_as_they_are_where_each_is_made_once() -> None:
    part = Coded(np.array([0, 1, 0, 2, 1]), ["\ud800", "é", ""], 3)
    text = Text(
        (part, Coded(np.array([0, 0, 0, 1, 0]), ["", "x"], 2)), np.array([False, False, True, False, False])
    )
    once = once_each(text)
    assert [once.at(row) for row in range(5)] == ["\ud800", "é", None, "x", "é"]
    assert len(set(once.own)) == len(once.own)
