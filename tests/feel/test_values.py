"""Python values become FEEL values, and FEEL values become text that reads back."""

from __future__ import annotations

import datetime
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import (
    DateValue,
    DaysTimeDuration,
    FeelType,
    RangeValue,
    YearsMonthsDuration,
    compile_expression,
    feel_compare,
    feel_equal,
    from_python,
    parse_expression,
    to_feel,
    type_of,
)
from tests.feel.temporals import TEMPORAL
from tests.feel.trees import VALUES


class Shout(str):
    """A string of another class."""


@pytest.mark.parametrize(
    ("given_value", "value"),
    [
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        (1e22, Decimal(10) ** 22),
        (Decimal("1.50"), Decimal("1.5")),
        (True, True),
        (Shout("a"), "a"),
        ((1, [2.5]), [Decimal(1), [Decimal("2.5")]]),
        ({"a": 1}, {"a": Decimal(1)}),
        (datetime.date(2025, 2, 12), DateValue(datetime.date(2025, 2, 12).toordinal())),
        (None, None),
    ],
)
def test_python_values_become_feel_values_of_exactly_one_class(given_value: object, value: object) -> None:
    made = from_python(given_value)
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_finite_number_is_null(value: object) -> None:
    assert from_python(value) is None


def test_a_number_beyond_34_digits_is_rounded_half_to_even() -> None:
    assert from_python(10**34 + 5) == Decimal(10**34)
    assert from_python(10**34 + 15) == Decimal(10**34 + 20)


@pytest.mark.parametrize("value", [object(), {1: 2}, {1, 2}, b"a"])
def test_what_feel_has_no_value_for_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        from_python(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("1.50"), "1.5"),
        (Decimal("-0"), "0"),
        (Decimal("1E-7"), "0.0000001"),
        ('a"b\\\n', '"a\\"b\\\\\\n"'),
        (None, "null"),
        (True, "true"),
        (DaysTimeDuration(-(25 * 3600 * 10 + 5) * 10**8), '@"-P1DT1H0.5S"'),
        (DaysTimeDuration(0), '@"PT0S"'),
        (YearsMonthsDuration(-14), '@"-P1Y2M"'),
        (YearsMonthsDuration(0), '@"P0M"'),
        (RangeValue(Decimal(1), Decimal(2), low_closed=True, high_closed=False), "[1..2)"),
        (RangeValue(None, Decimal(2), low_closed=False, high_closed=True), "(<= 2)"),
        ({"a b": Decimal(1), "c": [None]}, '{"a b": 1, c: [null]}'),
    ],
)
def test_a_value_is_written_as_feel(value: object, text: str) -> None:
    assert to_feel(value) == text


@given(VALUES | st.text() | TEMPORAL)
def test_what_is_written_reads_back_as_the_same_value(value: object) -> None:
    text = to_feel(value)
    read = compile_expression(parse_expression(text).tree)({})
    assert to_feel(read) == text
    assert feel_equal(read, value) is True


def test_the_threads_own_decimal_context_changes_nothing() -> None:
    third = compile_expression(parse_expression("1 / 3").tree)
    with localcontext() as context:
        context.prec = 3
        assert len(str(third({}))) == 36


@given(VALUES, VALUES)
def test_equality_is_symmetric_and_order_antisymmetric(left: object, right: object) -> None:
    assert feel_equal(left, right) is feel_equal(right, left)
    order, turned = feel_compare(left, right), feel_compare(right, left)
    assert order == (None if turned is None else -turned)
    assert feel_equal(left, left) is True


def test_a_boolean_is_no_number() -> None:
    assert type_of(True) is FeelType.BOOLEAN  # noqa: FBT003 - the value itself is the point
    assert feel_equal(True, Decimal(1)) is None  # noqa: FBT003


def test_scalars_of_other_packages_are_what_python_has_for_them() -> None:
    class Single:
        shape = ()

        def item(self) -> float:
            return 0.10000000149011612

        def __str__(self) -> str:
            return "0.1"

    assert from_python(Single()) == Decimal("0.1")
    assert from_python({"a": [Single()]}) == {"a": [Decimal("0.1")]}
