"""Frames of pandas, Polars and Arrow are answered row by row as single cases, in a frame of their kind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="frames need the extra batch: numpy and pyarrow")

import numpy as np
import pyarrow as pa

from dmn_dli.cases.asking import ask
from dmn_dli.cases.files import given_case
from dmn_dli.policy import Policy, Series
from dmn_dli.runtime.errors import CaseError, EvaluationError
from dmn_dli.runtime.input_error import InputError
from tests.batch.test_answers_hostile import SERIES
from tests.linking.books import fact, policy, table

FACTS = [
    fact("day", "date"),
    fact("age", "integer", "[0..120]"),
    fact("stage", "string", '"early", "late"'),
    fact("dose", "number", "> 0", nullable=True),
    fact("urgent", "boolean"),
]
COLUMNS = ("determination", "rule", "missing_facts", "possible_determinations", "error.message")

_VALUES: Mapping[str, Sequence[Any]] = {
    "day": ["2025-01-01", date(2025, 1, 1), datetime(2025, 1, 1), "soon", 3],  # noqa: DTZ001
    "age": [1, 50, 2.0, 2.5, True, np.int8(3), "1", 121, np.float32(4)],
    "stage": ["early", " Late", "middle", 3],
    "dose": [0.1, np.float32(0.1), Decimal("0.1"), 1, 0, float("inf"), "0.1", [1]],
    "urgent": [True, False, np.True_, "yes", 1],
}
_MISSING = [None, float("nan")]


def made() -> Policy:
    """A policy that hangs on every fact."""
    return policy(
        FACTS,
        table(
            "Final",
            "F",
            ["IF stage", "IF dose", "IF age", "IF urgent", "IF day", "THEN Final"],
            [None] * 5 + ["a, b, c, d, e, f"],
            ['"early"', "<= 0.1", "-", "-", "-", "a"],
            ['"late"', "null", "-", "-", "-", "b"],
            ["-", "-", "< 18", "true", "-", "c"],
            ["-", "-", "-", "false", '> date("2025-01-01")', "d"],
            ["-", "> 0.1", "-", "-", "-", "e"],
            ["-", "-", "-", "-", "-", "f"],
        ),
    )


POLICY = made()


def answer(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns are to say of a single case."""
    try:
        record = POLICY.kernel.determine(facts)
    except EvaluationError as error:
        return {**dict.fromkeys(COLUMNS), "error.message": error.message}
    return {
        **{name: record[name] for name in ("determination", "missing_facts", "possible_determinations")},
        "rule": ", ".join([each["rule"] for each in record["rules"]]) or None,
        "error.message": None,
    }


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of an answer, nothing as None."""
    found = frame.to_dict("records") if hasattr(frame, "iloc") else pa.table(frame).to_pylist()
    return [{name: None if value != value else value for name, value in row.items()} for row in found]


_SETTINGS = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@_SETTINGS
@given(st.data())
def test_columns_of_pandas_that_hold_anything(data: st.DataObject) -> None:
    pandas = pytest.importorskip("pandas", reason="a frame of pandas needs pandas")
    missing = [*_MISSING, pandas.NA, pandas.NaT]
    rows = data.draw(st.integers(0, 8))
    values = {
        name: data.draw(st.lists(st.sampled_from([*each, *missing]), min_size=rows, max_size=rows))
        for name, each in _VALUES.items()
    }
    frame = pandas.DataFrame({name: pandas.Series(each, dtype=object) for name, each in values.items()})
    frame.index = data.draw(st.permutations(range(rows))) if rows else frame.index
    found = POLICY.frame(frame, COLUMNS)
    assert [*found.index] == [*frame.index]
    known = [
        {name: each[row] for name, each in values.items() if each[row] is not None} for row in range(rows)
    ]
    assert rows_of(found) == [answer(facts) for facts in known]


MIDNIGHT = 1_735_689_600_000_000_000
"""The first day of 2025, in nanoseconds."""


def typed() -> Mapping[str, Any]:
    """Columns of the types that pandas has, by what they are."""
    pandas = pytest.importorskip("pandas", reason="a frame of pandas needs pandas")
    days = pandas.to_datetime
    return {
        "categories": {"stage": pandas.Categorical(["early", None, "late", "middle"])},
        "categories of numbers": {"dose": pandas.Categorical([0.1, None, 1, 0])},
        "nullable": {
            "age": pandas.array([1, None, 121, 3], dtype="Int8"),
            "urgent": pandas.array([True, None, False, True], dtype="boolean"),
            "stage": pandas.array(["early", None, "late", "x"], dtype="string"),
            "dose": pandas.array([0.1, None, 1, 0], dtype="Float32"),
        },
        "numpy": {
            "age": np.array([1, 2, 3, 4], np.uint8),
            "dose": np.array([0.1, np.nan, np.inf, 0], np.float32),
            "urgent": np.array([True, False, True, False]),
        },
        "moments": {"day": days(["2025-01-01", None, "2025-01-02", "2025-01-01 03:00"], format="mixed")},
        "a nanosecond late": {"day": days([MIDNIGHT + 1, MIDNIGHT, None, None])},
        "zones": {"day": days(["2025-01-01", None, "2025-01-02", "2025-01-01"]).tz_localize("Europe/Paris")},
        "periods": {"day": pandas.period_range("2025-01-01", periods=4)},
        "spans": {"age": pandas.to_timedelta([1, 2, 3, None])},
        "Arrow": {"stage": pandas.array(["early", None, "late", "x"], dtype="string[pyarrow]")},
    }


_TYPED = ("categories", "categories of numbers", "nullable", "numpy", "moments", "a nanosecond late", "zones")


@pytest.mark.parametrize("name", [*_TYPED, "periods", "spans", "Arrow"])
def test_typed_columns_of_pandas(name: str) -> None:
    pandas = pytest.importorskip("pandas", reason="a frame of pandas needs pandas")
    frame = pandas.DataFrame(typed()[name])
    found = rows_of(POLICY.frame(frame, COLUMNS))
    for row, one in enumerate(found):
        other = answer({fact: frame[fact].iloc[row] for fact in frame.columns})
        if other["error.message"] is None:
            assert one == other
        else:
            # How a refused value is written may differ, as Arrow and pandas write them.
            assert {**one, "error.message": None} == {**other, "error.message": None}
            assert one["error.message"]


@pytest.mark.parametrize("kind", ["table", "record batch", "polars", "categorical", "duckdb"])
def test_frames_of_arrow_polars_and_duckdb(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "stage": ["early", None, "late", "middle", "late"],
        "dose": [0.1, None, None, 1.0, 2.0],
        "urgent": [True, False, None, True, None],
        "day": [date(2025, 1, 1), date(2025, 1, 2), None, None, None],
    }
    table = pa.table(columns)
    frame: Any = table
    if kind == "record batch":
        (frame,) = table.to_batches()
    elif kind in ("polars", "categorical"):
        polars = pytest.importorskip("polars", reason="a frame of Polars needs Polars")
        frame = polars.from_arrow(table)
        if kind == "categorical":
            frame = frame.with_columns(polars.col("stage").cast(polars.Categorical))
    elif kind == "duckdb":
        duckdb = pytest.importorskip("duckdb", reason="a relation of DuckDB needs DuckDB")
        frame = duckdb.from_arrow(table)
    found = POLICY.frame(frame, COLUMNS)
    assert isinstance(found, pa.Table if kind == "duckdb" else type(frame))
    known = [
        {name: values[row] for name, values in columns.items() if values[row] is not None} for row in range(5)
    ]
    assert rows_of(found) == [answer(facts) for facts in known]
    kept = POLICY.frame(frame, ["determination"], keep=["stage"])
    assert [row["stage"] for row in rows_of(kept)] == columns["stage"]


@pytest.mark.parametrize("coded", [False, True])
def test_null_may_be_the_value_of_a_fact_that_may_be_null(*, coded: bool) -> None:
    doses = pa.array([None, 1.0])
    frame = pa.table({"stage": ["late", "late"], "dose": doses.dictionary_encode() if coded else doses})
    answers = [
        POLICY.frame(frame, ["determination"], null_is_unknown=each).column(0).to_pylist()
        for each in (True, False)
    ]
    assert answers == [["needs information"] * 2, ["b", "needs information"]]


@pytest.mark.parametrize("payer", ["Acme", "beta", "none"])
def test_each_row_is_answered_by_the_version_of_its_day(payer: str) -> None:
    days = ["2019-12-31", "2020-06-01", "2022-06-01", "2024-06-01", "2025-06-01", "soon", None]
    frame = pa.table({"date_of_service": days, "stage": ["early"] * 7})
    found = rows_of(Series(SERIES[payer]).frame(frame, ["case_id", "determination", "error.message"]))
    cases = [
        given_case({"stage": "early"} if day is None else {"date_of_service": day, "stage": "early"}, place)
        for place, day in enumerate(days, 1)
    ]
    records = [ask(case, payer, SERIES) for case in cases]
    assert found == [
        {
            "case_id": record["case_id"],
            "determination": record.get("determination"),
            "error.message": record["error"]["message"] if "error" in record else None,
        }
        for record in records
    ]


def test_columns_that_are_no_facts_are_refused_unless_they_are_kept() -> None:
    frame = pa.table({"stage": ["late"], "stag": ["x"], "_note": ["n"], "payer": ["p"], "case_id": ["q"]})
    with pytest.raises(CaseError, match='"stag" is no fact'):
        POLICY.frame(frame)
    found = POLICY.frame(frame, ["case_id", "determination"], keep=["stag", "_note"])
    assert found.to_pylist() == [
        {"stag": "x", "_note": "n", "case_id": "q", "determination": "needs information"}
    ]
    with pytest.raises(InputError, match='no column "member" to keep'):
        POLICY.frame(frame, keep=["stag", "member"])
    with pytest.raises(InputError, match="determination"):
        POLICY.frame(frame, ["determinatoin"], keep="stag")
    with pytest.raises(InputError, match="rename"):
        POLICY.frame(frame, ["case_id"], keep=["stag", "case_id"])


def test_what_is_no_frame_is_refused_with_what_is_expected() -> None:
    with pytest.raises(InputError, match="not dict"):
        POLICY.frame({"stage": ["late"]})
    polars = pytest.importorskip("polars", reason="a frame of Polars needs Polars")
    with pytest.raises(InputError, match="collect"):
        POLICY.frame(polars.LazyFrame({"stage": ["late"]}))


def test_frames_of_many_rows_and_of_none() -> None:
    many = pa.table({"stage": pa.array(["late", "early", "x"] * 50_000)})
    columns = ["determination", "error.message"]
    found = POLICY.frame(many, columns)
    assert found.num_rows == 150_000
    assert found.slice(149_998).to_pylist() == rows_of(POLICY.frame(many.slice(1, 2), columns))
    none = pa.RecordBatch.from_pylist([], many.schema)
    for nothing in (none, pa.Table.from_batches([none])):
        answers = POLICY.frame(nothing, columns)
        assert (type(answers), answers.num_rows) == (type(nothing), 0)


def test_without_its_packages_the_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import dmn_dli\n"
        "try: dmn_dli.load_policy('tables/molina-2025-02-12.xlsx').frame({})\n"
        "except dmn_dli.InputError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == 'A frame needs a further package: pip install "dmn-dli[batch]".\n', run.stderr


def test_columns_that_arrow_cannot_hold_or_compute_with_are_answered_row_by_row() -> None:
    pandas = pytest.importorskip("pandas", reason="frames of pandas are answered where it is installed")
    stages = pandas.Series(["\ud800", "early"], dtype=object)
    refused, answered = made().frame(pandas.DataFrame({"stage": stages}))["error.message"]
    assert "is '\\ud800': it is not among" in refused
    assert pandas.isna(answered)
    listed = pa.array([["early"]], pa.large_list(pa.string_view()))
    (row,) = made().frame(pa.table({"stage": listed})).to_pylist()
    assert "text is expected" in row["error.message"]


def test_a_single_column_is_no_frame() -> None:
    pandas = pytest.importorskip("pandas", reason="frames of pandas are answered where it is installed")
    with pytest.raises(InputError, match="A frame of pandas, Polars or Arrow is expected"):
        made().frame(pandas.Series(["early"]))
