"""What is sent to a cluster answers record batches, there as here, as single cases are answered."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import pyarrow as pa

from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries
from dmn_dli.runtime.errors import CaseError, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.spark import evaluator as evaluators
from dmn_dli.spark.carried import carried, rebuilt
from dmn_dli.spark.evaluator import spark_evaluator
from tests.spark.kit import SERIES, rows, schema, single_cases, some_cases

CASES = some_cases(1)[:40]
BATCH = pa.RecordBatch.from_pylist(CASES, schema(CASES))


def together(batches: Any) -> Any:
    return rows(pa.Table.from_batches(list(batches)))


def test_sent_to_another_process_it_answers_as_single_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = pickle.dumps(spark_evaluator(SERIES, COLUMNS))
    monkeypatch.setattr(evaluators, "_READY", type(evaluators._READY)())
    monkeypatch.setattr(evaluators, "ROWS", 7)
    received = pickle.loads(sent)  # noqa: S301 - ours
    assert together(received([BATCH.slice(0, 10), BATCH.slice(10)])) == single_cases(CASES)


def test_policies_are_made_ready_once_in_a_process_and_few_are_remembered() -> None:
    first = spark_evaluator(SERIES, ["determination"])
    assert first._ready() is copy.copy(first)._ready()
    for payer in SERIES:
        spark_evaluator(SERIES, ["determination"], [payer])._ready()
    assert len(evaluators._READY) <= evaluators._KEEP
    assert spark_evaluator(SERIES, ["determination"], ["molina"])._ready() is not first._ready()


def test_payers_asked_alone_answer_and_their_policies_alone_are_sent() -> None:
    one = spark_evaluator(SERIES, COLUMNS, ["molina"])
    assert together(one([BATCH])) == single_cases(CASES, COLUMNS, ["molina"])
    assert len(one.policies) < len(spark_evaluator(SERIES, COLUMNS).policies) / 2


def test_the_same_policies_are_the_same_bytes_and_a_broken_version_travels_too() -> None:
    assert carried(SERIES) == carried(rebuilt(carried(SERIES)))
    broken = BrokenVersion("aurora", "aurora-2026-01-01.xlsx", "2026-01-01", None, [problem("A2: no rule")])
    given = {"aurora": KernelSeries("aurora", [broken])}
    found = spark_evaluator(given, ["payer", "error.kind", "error.message"])([BATCH.slice(0, 1)])
    assert [each.to_pylist() for each in found] == [
        [
            {
                "payer": "aurora",
                "error.kind": "table",
                "error.message": "The tables cannot decide this case: A2: no rule",
            }
        ]
    ]


def test_policies_of_another_version_are_refused_in_words() -> None:
    data = carried(SERIES)
    with pytest.raises(InputError, match="another version of dmn-dli"):
        rebuilt(b"0" + data[1:])


def test_a_row_without_an_id_is_an_error_and_the_others_are_answered() -> None:
    ids = ["a", None, " ", "d"]
    batch = pa.RecordBatch.from_pydict({"case_id": ids, "service": ["other"] * 4})
    asked = spark_evaluator(SERIES, ["case_id", "determination", "error.message"], ["molina"])
    found = [row for each in asked([batch]) for row in each.to_pylist()]
    found.sort(key=lambda row: str(row["case_id"]))
    assert [row["case_id"] for row in found] == ["", "", "a", "d"]
    assert [row["determination"] for row in found] == [None, None, "not addressed", "not addressed"]
    assert all("case_id is not given" in row["error.message"] for row in found[:2])


def test_kept_columns_stand_first_and_need_be_no_facts() -> None:
    batch = pa.RecordBatch.from_pydict(
        {"case_id": ["a", "b"], "amount": pa.array([1.5, 2.5]), "service": ["other", None]}
    )
    kept = spark_evaluator(SERIES, ["payer", "missing_facts"], ["cigna", "molina"], ["amount", "service"])
    kept.check(batch.schema.names)
    table = pa.Table.from_batches(kept([batch]))
    assert table.schema.names == ["amount", "service", "payer", "missing_facts"]
    assert table.column("amount").to_pylist() == [1.5, 2.5, 1.5, 2.5]
    assert table.column("payer").to_pylist() == ["cigna", "cigna", "molina", "molina"]


def test_columns_that_cannot_be_are_refused_before_anything_runs() -> None:
    asked = spark_evaluator(SERIES, ["determination"], keep=["member"])
    with pytest.raises(CaseError, match="servise"):
        asked.check(["case_id", "member", "servise", "_aside"])
    with pytest.raises(KeyError, match="case_id"):
        asked.check(["member", "service"])
    with pytest.raises(KeyError, match="member"):
        asked.check(["case_id", "service"])
    with pytest.raises(InputError, match="determinatoin"):
        spark_evaluator(SERIES, ["determinatoin"])
    with pytest.raises(InputError, match="payer"):
        spark_evaluator(SERIES, ["payer"], keep=["payer"])
