"""Rows of Arrow are the cases that a program would give one by one, with their ids and payers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import pyarrow as pa

from dmn_dli.batch.arrow_cases import ArrowTexts, case_batch
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import given_case
from dmn_dli.cases.formats.parquet import batch_entries, shortest

_IDS = [
    pa.array(["a", " b ", "", None, "\u00a0c", "d\x1f", "e\nf"]),
    pa.array(["a", "b", "c", "d", "e", "f", "g"], pa.large_string()),
    pa.array(["a", "b", "a", None, "e", "f", "a"]).dictionary_encode(),
    pa.array([1, 2, None, 4, 5, 6, 7]),
    pa.array([1, 2, 3, 4, 5, 6, 7], pa.int8()),
    pa.array([0.5, 1.0, None, float("nan"), 2.5, 1e22, 7.0]),
    pa.array([0.1, 1.0, None, float("nan"), 2.5, 1e22, 7.0], pa.float32()),
    pa.array([Decimal("1.50")] * 7),
    pa.array([True, False, None, True, True, True, True]),
    pa.nulls(7),
    pa.array([[1]] * 7),
    pa.array(["a", "b", "c", "d", "e", "f", "g"]).cast(pa.string_view()),
]
_PAYERS = [
    pa.array(["molina", None, "", " aetna ", "x", "x", "molina"]),
    pa.array(["molina", None, "x", "y", "x", "x", "molina"]).dictionary_encode(),
    pa.array([["molina", "aetna"], None, [], ["a", None], [""], ["molina"], ["b", "a", "b"]]),
    pa.array([["molina", "aetna"]] * 7, pa.large_list(pa.string())),
    pa.array([1, 2, 3, 4, 5, None, 7]),
    pa.nulls(7),
]


@pytest.mark.parametrize("payers", range(len(_PAYERS)))
@pytest.mark.parametrize("ids", range(len(_IDS)))
def test_every_row_is_the_case_that_its_values_make(ids: int, payers: int) -> None:
    columns = {
        "case_id": _IDS[ids],
        "payer": _PAYERS[payers],
        "stage": pa.array(["x", None, "y", "x", "x", "x", "x"]),
        "weight": pa.array([0.1, None, 2, 3, 4, 5, 6], pa.float32()),
        "day": pa.array([datetime.date(2025, 6, 1), None, *[datetime.date(2025, 6, 3)] * 5]),
        "_note": pa.array(range(7)),
    }
    batch = case_batch(pa.RecordBatch.from_pydict(columns), first=11)
    rows = _rows(columns)
    for row, values in enumerate(rows):
        found, want = batch.case(row), given_case(values, 11 + row)
        assert found == want
        assert (row in batch.odd) == bool(want.problems)
    assert [*batch.case_ids] == [given_case(values, 11 + row).case_id for row, values in enumerate(rows)]


def _rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows as Parquet gives them: numbers of single precision as the decimals that they stand for."""
    values = {}
    for name, column in columns.items():
        found = column.to_pylist()
        if column.type == pa.float32():
            found = [None if each is None or each != each else shortest(each, "f") for each in found]
        values[name] = found
    return [{name: each[row] for name, each in values.items() if each[row] is not None} for row in range(7)]


def test_without_ids_and_payers_positions_are_ids_and_all_payers_are_meant() -> None:
    batch = case_batch(pa.RecordBatch.from_pydict({"stage": pa.array(["x", "y"])}), first=5)
    assert isinstance(batch.case_ids, ArrowTexts)
    assert [*batch.case_ids] == ["5", "6"]
    assert [batch.case(row).payers for row in (0, 1)] == [None, None]


@pytest.mark.parametrize("kind", ["float", "halffloat"])
def test_a_tenth_of_less_than_double_precision_is_a_tenth_also_under_codes(kind: str) -> None:
    plain = pa.array([0.1, None, 0.1, 0.5]).cast(kind)
    coded = pa.DictionaryArray.from_arrays(pa.array([0, None, 0, 1]), pa.array([0.1, 0.5]).cast(kind))
    for column in (plain, coded):
        batch = pa.RecordBatch.from_pydict({"dose": column})
        want = [{"dose": Decimal("0.1")}, {}, {"dose": Decimal("0.1")}, {"dose": Decimal("0.5")}]
        assert [each.values for each in batch_entries(batch)] == want
        assert [case_batch(batch).case(row).facts for row in range(4)] == want


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(CasesFileError, match="Stage"):
        case_batch(pa.RecordBatch.from_arrays([pa.array([1]), pa.array([2])], ["stage", "Stage"]))
