"""Rows of a sheet of criteria asked for in Python: a decision each, true, false or null."""

from __future__ import annotations

from pathlib import Path

import pytest

import dmn_dli
from tests.excel.build import FACTS, GOOD_NAME, WITH_CRITERIA, make_workbook


@pytest.fixture
def policy(tmp_path: Path) -> dmn_dli.Policy:
    rows = [list(row) for row in WITH_CRITERIA["Criteria"]]
    rows[4][4] = "donor lymphocyte infusion"  # where the group applies
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / GOOD_NAME).write_bytes(make_workbook({**WITH_CRITERIA, "Criteria": rows}))
    return dmn_dli.load_policy(tmp_path / GOOD_NAME)


def test_a_row_is_true_where_it_is_met_false_where_not_and_null_where_it_does_not_apply(
    policy: dmn_dli.Policy,
) -> None:
    case = {"service": "donor lymphocyte infusion", "acute_gvhd_grade": 2}
    assert policy.decide("Criteria.1", case) is True
    assert policy.decide("Criteria.2", case) is False
    assert policy.decide("Criteria.DLI", case) is False
    assert policy.decide("Criteria.2", case | {"service": "other"}) is None


def test_rows_may_be_supplied_as_other_decisions_are(policy: dmn_dli.Policy) -> None:
    assert policy.decide("Criteria.DLI", {"Criteria.1": True, "Criteria.2": True}) is True
    assert policy.decide("Criteria.DLI", {"Criteria.1": True, "Criteria.2": False}) is False


def test_rows_in_force_are_named_and_another_is_refused_with_the_nearest(policy: dmn_dli.Policy) -> None:
    assert policy.criteria == ("Criteria.DLI", "Criteria.1", "Criteria.2")
    assert policy.decisions == ("Scope", "Determination")
    with pytest.raises(KeyError, match="Did you mean"):
        policy.decide("Criteria.2.old", {})
