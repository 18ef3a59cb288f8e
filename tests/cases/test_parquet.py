"""Cases in Parquet: the same values mean what they mean in any other format."""

from __future__ import annotations

import json
import struct
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import read_case_file
from dmn_dli.cases.formats.parquet import shortest
from tests.cli.program import invoke


@pytest.fixture
def arrow() -> Any:
    pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra parquet: pyarrow")
    return import_module("pyarrow")


def write(path: Path, table: Any) -> None:
    import_module("pyarrow.parquet").write_table(table, path)


def facts(path: Path, table: Any) -> list[Any]:
    write(path, table)
    return [case.facts for case in read_case_file(str(path), count(1))]


@given(st.floats(width=32, allow_nan=False))
def test_a_single_is_the_shortest_decimal_that_is_nearest_to_it(value: float) -> None:
    found = shortest(value, "f")
    assert struct.unpack("f", struct.pack("f", float(found)))[0] == value
    assert len(found.as_tuple().digits) <= 9


@pytest.mark.parametrize(("code", "text"), [("f", "0.1"), ("f", "16777216"), ("e", "0.1"), ("f", "0.3")])
def test_a_tenth_is_a_tenth_however_stored(code: str, text: str) -> None:
    (stored,) = struct.unpack(code, struct.pack(code, float(text)))
    assert shortest(stored, code) == Decimal(text)


def test_numbers_of_every_width_are_what_was_written(arrow: Any, tmp_path: Path) -> None:
    table = arrow.table(
        {
            "half": arrow.array([0.1, None], arrow.float16()),
            "single": arrow.array([0.1, float("nan")], arrow.float32()),
            "double": arrow.array([0.1, float("nan")], arrow.float64()),
        }
    )
    first, second = facts(tmp_path / "a.parquet", table)
    assert first == {"half": Decimal("0.1"), "single": Decimal("0.1"), "double": 0.1}
    assert second == {}


@pytest.mark.parametrize("names", [("service", "service"), ("Service", "service")])
def test_two_columns_of_one_name_are_refused(names: tuple[str, str], arrow: Any, tmp_path: Path) -> None:
    table = arrow.Table.from_arrays([arrow.array(["boost"]), arrow.array(["other"])], names=list(names))
    with pytest.raises(CasesFileError, match='The heading "service" stands there twice'):
        facts(tmp_path / "a.parquet", table)


@pytest.mark.parametrize(
    ("day", "determination"),
    [
        (date(2025, 6, 1), "not addressed"),
        (datetime(2025, 6, 1, tzinfo=UTC), "not addressed"),
        (datetime(2025, 6, 1, 13, tzinfo=UTC), None),
    ],
)
def test_a_moment_is_no_date_but_a_day_that_begins_is(
    day: date, determination: str | None, arrow: Any, with_tables: Path
) -> None:
    write(with_tables / "a.parquet", arrow.table({"date_of_service": [day], "service": ["boost"]}))
    result = invoke("evaluate", "a.parquet", "--payer", "acme", "--format", "json")
    (record,) = json.loads(result.stdout)
    assert record.get("determination") == determination
    if determination is None:
        assert "a date without a time of day is expected" in record["error"]["problems"][0]["reason"]


def test_a_moment_finer_than_pythons_is_a_problem_of_its_case(arrow: Any, with_tables: Path) -> None:
    days = arrow.array([1748736000000000001, None], arrow.timestamp("ns"))
    write(with_tables / "a.parquet", arrow.table({"date_of_service": days, "service": ["boost", "boost"]}))
    result = invoke("evaluate", "a.parquet", "--payer", "acme", "--format", "json")
    bad, good = json.loads(result.stdout)
    assert bad["error"]["problems"][0]["fact"] == "date_of_service"
    assert good["determination"] == "not addressed"


def test_an_infinity_is_a_problem_of_its_case(arrow: Any, with_tables: Path) -> None:
    write(with_tables / "a.parquet", arrow.table({"donor_cells": [float("inf"), float("nan")]}))
    result = invoke("evaluate", "a.parquet", "--payer", "acme", "--format", "json")
    bad, unknown = json.loads(result.stdout, parse_constant=pytest.fail)
    assert bad["error"]["problems"][0]["value"] == "Infinity"
    assert unknown["determination"] == "needs information"


def test_nulls_are_unknown_facts_and_payers_may_be_a_list(arrow: Any, with_tables: Path) -> None:
    row = {"case_id": "x", "payer": ["beta"], "service": None, "prevents_relapse": True}
    cells = arrow.array([float("nan")], arrow.float32())
    table = arrow.Table.from_pylist([row]).append_column("donor_cells", cells)
    write(with_tables / "a.parquet", table)
    result = invoke("evaluate", "a.parquet", "--format", "json")
    assert [(each["case_id"], each["determination"]) for each in json.loads(result.stdout)] == [
        ("x", "medically necessary")
    ]


def _no_text(arrow: Any, values: list[bytes]) -> Any:
    """A column of text with bytes that are none, as careless writers leave it."""
    return arrow.Array.from_buffers(arrow.string(), len(values), arrow.array(values).buffers())


def test_what_python_cannot_hold_is_an_error_of_its_row_alone(arrow: Any, tmp_path: Path) -> None:
    far = arrow.array([10**7, None, 20_000], arrow.int32()).cast(arrow.date32())
    late = arrow.array([2**58, None, 0]).cast(arrow.timestamp("us"))
    text = _no_text(arrow, [b"oth\xff", b"other", b"other"])
    for name, column in {
        "date_of_service": far,
        "Date": late,
        "service": text,
        "coded": text.dictionary_encode(),
        "list": arrow.ListArray.from_arrays([0, 1, 2, 3], far),
        "texts": arrow.ListArray.from_arrays([0, 1, 2, 3], text),
    }.items():
        path = tmp_path / "a.parquet"
        write(path, arrow.table({name: column}))
        first, *_ = (case.facts for case in read_case_file(str(path), count(1)))
        assert first[name] in (
            "29349-01-26",
            "11103-08-29 17:22:31.711744",
            b"oth\xff",
            ["29349-01-26"],
            [b"oth\xff"],
        )
    path = tmp_path / "a.parquet"
    write(path, arrow.table({"date_of_service": far}))
    result = invoke("evaluate", str(path), "--payer", "molina", "--format", "jsonl")
    refused, *others = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, refused["error"]["problems"][0]["value"]) == (2, "29349-01-26")
    assert not any("error" in each for each in others)
