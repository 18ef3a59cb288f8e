"""Numbers of every type fall into the atoms of the decimals that they stand for; which columns are taken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import numpy as np
import pyarrow as pa

import dmn_dli
from dmn_dli.batch.columns import BAD, ColumnReader
from dmn_dli.batch.nulls import filled, nulls
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.input_error import InputError
from tests.linking.books import fact, policy, table

TESTS = "<= 0.1, [0.3..0.7), 16777217, > 1e20"


def reader() -> FactReader:
    made = policy(
        [fact("weight", "number")],
        table("Final", "F", ["IF weight", "THEN Final"], [None, "a, b"], [TESTS, "a"], ["-", "b"]),
    )
    return made.kernel.case_reader.facts["weight"]


def single(fact: FactReader, value: Any) -> int:
    """The atom; BAD also where the tables themselves are to be asked."""
    try:
        canonical = fact.canonical(value)
        return BAD if fact.is_fine(canonical) else fact.place(canonical)
    except NotAValue:
        return BAD


@pytest.mark.parametrize("made", [np.float16, np.float32, np.float64])
def test_floating_point_numbers_beside_each_cut(made: Any) -> None:
    fact = reader()
    with np.errstate(over="ignore"):
        at = [made(float(cut)) for cut in fact.cuts]
    near = [
        each
        for cut in at
        for each in (np.nextafter(cut, made(-np.inf)), cut, np.nextafter(cut, made(np.inf)))
    ]
    with np.errstate(over="ignore"):
        far = [
            made(each)
            for each in (1e-16, 9.9e-16, 1e-15, 1.1e-15, -1e-16, 9.9e15, 1e16, 1.1e16, -9.9e15, -1e16)
        ]
    values = np.array([*near, *far, made(0), made(-0.0), made(-1), made(np.inf), -made(np.inf)], made)
    found = ColumnReader(fact).atoms(pa.array(values))
    assert found.tolist() == [single(fact, each) for each in values]
    assert len({*found.tolist()}) > 2


@pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "uint64", "int64"])
def test_whole_numbers_of_every_width(kind: str) -> None:
    fact = reader()
    limits = np.iinfo(kind)
    values = [
        each
        for each in (
            limits.min,
            -1,
            0,
            1,
            16777216,
            16777217,
            16777218,
            10**16 - 1,
            10**16,
            1 - 10**16,
            -(10**16),
            limits.max,
        )
        if limits.min <= each <= limits.max
    ]
    found = ColumnReader(fact).atoms(pa.array([*values, None], kind))
    assert found.tolist() == [*[single(fact, each) for each in values], 0]


def test_decimals_dictionaries_with_nulls_and_no_values_at_all() -> None:
    fact = reader()
    decimals = [Decimal("0.10"), Decimal("0.11"), None]
    found = ColumnReader(fact).atoms(pa.array(decimals, pa.decimal128(10, 2)))
    assert found.tolist() == [single(fact, decimals[0]), single(fact, decimals[1]), 0]
    coded = pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.uint8()), pa.array([0.5, None]))
    assert ColumnReader(fact).atoms(coded).tolist() == [0, 0, single(fact, 0.5)]
    assert ColumnReader(fact).atoms(pa.nulls(2)).tolist() == [0, 0]
    assert ColumnReader(fact).atoms(pa.array([[1], [2]])).tolist() == [BAD, BAD]


def test_null_is_a_value_of_a_fact_that_may_be_null_unless_it_is_to_be_unknown() -> None:
    made = policy(
        [fact("dose", "number", "> 0", nullable=True)],
        table("Final", "F", ["IF dose", "THEN Final"], [None, "a, b"], ["null", "a"], ["-", "b"]),
    )
    batch = pa.RecordBatch.from_pydict({"dose": pa.array([None, 1.0])})
    read = [dmn_dli.batch_evaluator(made, null_is_unknown=each).evaluate(batch) for each in (False, True)]
    told = [each.column("determination").to_pylist() for each in read]
    assert told == [["a", "b"], ["needs information", "b"]]


def test_columns_that_are_no_facts_are_refused_and_kept_ones_stand_first() -> None:
    made = policy(
        [fact("flag", "boolean")],
        table("Final", "F", ["IF flag", "THEN Final"], [None, "a, b"], ["true", "a"], ["-", "b"]),
    )
    batch = pa.RecordBatch.from_pydict({"flag": [True, None], "member": ["x", "y"], "_note": [1, 2]})
    with pytest.raises(dmn_dli.CaseError, match="member"):
        dmn_dli.batch_evaluator(made).evaluate(batch)
    kept = dmn_dli.batch_evaluator(made, ["determination"], keep=["member"])
    assert kept.evaluate(batch).to_pylist() == [
        {"member": "x", "determination": "a"},
        {"member": "y", "determination": "needs information"},
    ]
    assert kept.evaluate(batch.slice(0, 0)).num_rows == 0
    with pytest.raises(ValueError, match="determinatoin"):
        dmn_dli.batch_evaluator(made, ["determinatoin"])


def test_without_its_packages_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [each for each in sys.modules if each.startswith("dmn_dli.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    made = policy(
        [fact("flag", "boolean")], table("Final", "F", ["IF flag", "THEN Final"], [None, "a"], ["-", "a"])
    )
    with pytest.raises(InputError, match=r"dmn-dli\[batch\]"):
        dmn_dli.batch_evaluator(made)


@pytest.mark.parametrize("kind", ["int8", "uint64", "float16", "float64", "bool"])
def test_values_and_nulls_are_those_of_the_array_wherever_it_is_cut(kind: str) -> None:
    values = [None if place % 3 == 0 else place % 2 for place in range(40)]
    whole = pa.array([None if each is None else np.dtype(kind).type(each) for each in values])
    for array in (whole, pa.concat_arrays([whole, whole])):
        for start in (0, 1, 7, 8, 9, 17):
            for length in (0, 1, 8, 20):
                cut = array.slice(start, length)
                assert nulls(cut).tolist() == [each is None for each in cut.to_pylist()]
                assert filled(cut, with_what=1).tolist() == [
                    1 if each is None else each for each in cut.to_pylist()
                ]
    assert not nulls(pa.array([1, 2])).any()
    assert filled(pa.nulls(3, pa.int32()), with_what=5).tolist() == [5, 5, 5]
