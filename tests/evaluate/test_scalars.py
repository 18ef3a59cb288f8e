"""Facts as numpy and pandas have them: taken for what they mean, unknown where that is nothing, else refused.

Neither package is among what the tests need, so stand-ins behave as their scalars do; where a package is
installed its own scalars are put to the same questions.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import pytest

from dmn_dli import CaseError, load_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.feel import from_python
from dmn_dli.policy import Policy
from dmn_dli.runtime.scalars import is_missing, plain
from tests.cli.program import ROOT
from tests.linking.books import fact, kernel, linked, table

FACTS = (
    fact("percent", "number", "[0..100]", nullable=True),
    fact("count", "integer"),
    fact("stage", "string", "early, late"),
    fact("ready", "boolean"),
    fact("date_of_service", "date"),
)

MIDNIGHT = datetime.fromisoformat("2025-02-12")


class Double(float):
    """A float with a text of its own, as numpy's has."""

    def __repr__(self) -> str:
        return f"np.float64({float(self)})"


class Scalar:
    """What numpy's other scalars have in common: no shape, a text, and Python's value of the same meaning."""

    shape = ()

    def __init__(self, item: object, text: str = "") -> None:
        self._item = item
        self._text = text or str(item)

    def item(self) -> object:
        return self._item

    def __str__(self) -> str:
        return self._text


class Moment(Scalar):
    """A date of numpy, which gives a bare number of nanoseconds for its item."""

    class dtype:  # noqa: N801 - as numpy spells it
        kind = "M"


class Reckoned:
    """A number that is only known to be one."""

    def __float__(self) -> float:
        return 2.5


Real.register(Reckoned)


class NotAvailable:
    """The answer to any comparison with it, and neither true nor false."""

    def __eq__(self, _: object) -> Any:
        return self

    __ne__ = __eq__

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    def __hash__(self) -> int:
        return 1


class NotATime(datetime):
    """A moment that is none, and differs from itself."""

    def __ne__(self, _: object) -> bool:
        return True

    def __eq__(self, _: object) -> bool:
        return False

    __hash__ = datetime.__hash__


class Array:
    """Several values, of which no fact has any."""

    shape = (1,)

    def item(self) -> object:
        return 1.0

    def __ne__(self, _: object) -> bool:
        return True


NOTHING = [float("nan"), Double("nan"), Decimal("NaN"), NotAvailable(), NotATime(2025, 1, 1)]


def policy() -> PolicyKernel:
    final = table(
        "Final",
        "F",
        ["IF percent", "IF count", "IF stage", "IF ready", "IF date_of_service", "THEN Final"],
        [None, None, None, None, None, "low, high, none"],
        ["<= 0.1", ">= 0", "early", "true", "2025-02-12", "low"],
        ["> 0.1", "-", "-", "-", "-", "high"],
        ["-", "-", "-", "-", "-", "none"],
    )
    return kernel(linked(FACTS, final))


CASE = {"percent": 0, "count": 1, "stage": "early", "ready": True, "date_of_service": "2025-02-12"}


@pytest.mark.parametrize(
    ("name", "value", "determination"),
    [
        ("percent", Double(0.1), "low"),
        ("percent", Double(82.5), "high"),
        ("percent", Scalar(0.10000000149011612, "0.1"), "low"),
        ("percent", Scalar(0, "0"), "low"),
        ("percent", Reckoned(), "high"),
        ("count", Scalar(3), "low"),
        ("ready", Scalar(item=True), "low"),
        ("ready", Scalar(item=False), "none"),
        ("date_of_service", MIDNIGHT, "low"),
        ("date_of_service", datetime(2025, 2, 12, tzinfo=UTC), "low"),
        ("date_of_service", Scalar(date(2025, 2, 12)), "low"),
        ("date_of_service", Moment(1739318400000000000, "2025-02-12T00:00:00.000000000"), "low"),
        ("date_of_service", Moment(20132, "2025-02-13"), "none"),
    ],
)
def test_a_scalar_of_another_package_is_what_it_means(name: str, value: Any, determination: str) -> None:
    asked = policy()
    facts = {**CASE, name: value}
    assert asked.determine(facts)["determination"] == determination
    assert asked.determine(facts)["determination"] == determination, "and is so when it is remembered"
    assert Policy(asked).decide("Final", {**facts, "date_of_service": date(2025, 2, 12)}) in (
        "low",
        "high",
        "none",
    )


@pytest.mark.parametrize("value", NOTHING)
@pytest.mark.parametrize("name", list(CASE))
def test_what_stands_for_no_value_is_an_unknown_fact(name: str, value: Any) -> None:
    asked = policy()
    absent = {key: CASE[key] for key in CASE if key != name}
    assert asked.determine({**CASE, name: value}) == asked.determine(absent)
    assert asked.case_reader.values({name: value}) == {}
    assert Policy(asked).decide("Final", {**CASE, name: value}) == Policy(asked).decide("Final", absent)


@pytest.mark.parametrize("name", list(CASE))
@pytest.mark.parametrize(
    "value",
    [
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("-Infinity"),
        float("inf"),
        Double("-inf"),
        Scalar(float("inf"), "inf"),
        Array(),
        Fraction(1, 3),
        complex(1),
        pytest.param(10**100_000, id="of many digits"),
        Decimal("1e-400999999999"),
        Decimal("1e400999999999"),
        [float("nan")],
        {"a": float("inf")},
        Moment(1739318400000000001, "2025-02-12T13:00:00.000000001"),
        Moment(5, "5 days"),
    ],
)
def test_what_is_no_value_is_refused_with_its_fact_in_json_that_anybody_reads(name: str, value: Any) -> None:
    with pytest.raises(CaseError) as caught:
        policy().determine({**CASE, name: value})
    (problem,) = caught.value.problems
    assert problem["fact"] == name
    json.dumps(problem, allow_nan=False)
    assert len(problem["reason"]) < 400


def test_an_infinity_and_a_signalling_nan_are_told_by_name() -> None:
    with pytest.raises(CaseError) as caught:
        policy().determine({"percent": float("-inf"), "count": Decimal("sNaN"), 5: "x"})  # type: ignore[dict-item]
    assert [each["reason"] for each in caught.value.problems] == [
        "Percent (percent) is '-Infinity': a number is expected; allowed: [0..100]",
        "Count (count) is 'sNaN': a number is expected",
        '"5" is no fact.',
    ]


def test_null_of_a_nullable_fact_is_a_value_and_nan_is_none() -> None:
    asked = policy()
    assert asked.determine({**CASE, "percent": None})["determination"] == "none"
    assert asked.determine({**CASE, "percent": float("nan")})["missing_facts"] == ["percent"]


def test_what_python_has_itself_is_left_alone() -> None:
    for value in ("a", 1, True, 0.5, Decimal("0.1"), date(2025, 1, 1), None, [1], Fraction(1, 3)):
        assert plain(value) is value
        assert not is_missing(value)


def _numpy(name: str) -> Callable[..., Any]:
    numpy = pytest.importorskip("numpy", reason="numpy is not among what the tests need")
    found: Callable[..., Any] = getattr(numpy, name)
    return found


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("float64", 82.5, 82.5),
        ("float32", 0.1, Decimal("0.1")),
        ("float16", 0.1, Decimal("0.1")),
        ("longdouble", 0.5, Decimal("0.5")),
        ("int64", 3, 3),
        ("uint8", 3, 3),
        ("bool_", True, True),
        ("bool_", False, False),
        ("str_", "early", "early"),
        ("datetime64", "2025-02-12", MIDNIGHT),
        ("array", 0.5, Decimal("0.5")),
    ],
)
def test_scalars_of_numpy_itself(kind: str, given: object, value: object) -> None:
    found = plain(_numpy(kind)(given))
    assert found == value
    assert from_python(_numpy(kind)(given)) == from_python(value)
    assert not is_missing(_numpy(kind)(given))


def test_numpys_true_is_no_number_though_one_was_given_before() -> None:
    numpy = pytest.importorskip("numpy", reason="numpy is optional")
    final = table("Final", "F", ["IF dose", "THEN Final"], [None, "one, more"], ["1", "one"], ["-", "more"])
    asked = kernel(linked([fact("dose", "number")], final))
    for value in (1, numpy.int64(1), 1.0, Decimal(1)):
        assert asked.determine({"dose": value})["determination"] == "one"
        for true in (True, numpy.True_):
            with pytest.raises(CaseError, match="a number is expected"):
                asked.determine({"dose": true})


def test_nothing_of_numpy_itself_is_unknown() -> None:
    assert is_missing(_numpy("float32")("nan"))
    assert is_missing(_numpy("datetime64")("NaT"))


def test_scalars_of_pandas_itself() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not among what the tests need")
    row = pandas.DataFrame([{**CASE, "percent": 0.1}]).iloc[0]
    assert policy().determine(row)["determination"] == "low"
    assert policy().determine(row.to_dict())["determination"] == "low"
    assert all(is_missing(each) for each in (pandas.NA, pandas.NaT))
    assert (
        policy().determine({**CASE, "date_of_service": pandas.Timestamp("2025-02-12")})["determination"]
        == "low"
    )
    with pytest.raises(CaseError, match="without a time of day"):
        policy().determine(
            {**CASE, "date_of_service": pandas.Timestamp(MIDNIGHT) + pandas.Timedelta(1, "ns")}
        )


def test_neither_package_is_imported_for_it() -> None:
    loaded = set(sys.modules)
    policy().determine({**CASE, "percent": Scalar(1, "1")})
    assert not {"numpy", "pandas"} & (set(sys.modules) - loaded)


@pytest.mark.parametrize("value", [True, 1 + 0j, "True_"])
def test_what_python_holds_equal_to_a_number_is_refused_whatever_came_before(value: object) -> None:
    given = _numpy("True_") if value == "True_" else value
    policy = load_policy(str(ROOT / "tables" / "molina-2025-02-12.xlsx"))
    for _ in range(2):
        with pytest.raises(CaseError, match="a number is expected"):
            policy.evaluate({"acute_gvhd_grade": given})
        policy.evaluate({"acute_gvhd_grade": 1})
