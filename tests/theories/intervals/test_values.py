"""Ranges as sets: what lies in one, in both, in either; and multiples of a unit between two ends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import FeelType
from dmn_dli.tables.domain import domain_of
from dmn_dli.theories.intervals.facts import GRAIN, fact_range
from dmn_dli.theories.intervals.values import (
    ONLY_NULL,
    Kind,
    ValueRange,
    between,
    downward,
    met,
    only,
    texts,
    truths,
    united,
    upward,
)
from tests.theories.intervals.worlds import FACTS, allowed

_ENDS = st.integers(-20, 20).map(lambda count: Decimal(count) / 4)
_UNITS = st.sampled_from([None, Decimal("0.5"), Decimal(1), Decimal("0.01")])
_NUMBERS = st.tuples(_ENDS, _ENDS, _UNITS, st.booleans()).map(
    lambda drawn: between(Kind.NUMBER, min(drawn[:2]), max(drawn[:2]), drawn[2], null=drawn[3])
)
_TEXTS = st.one_of(
    st.sets(st.sampled_from("abc")).map(lambda chosen: texts(frozenset(chosen))),
    st.sets(st.sampled_from("abc")).map(lambda left: ValueRange(Kind.TEXT, besides=frozenset(left))),
)
RANGES = st.one_of(_NUMBERS, _TEXTS, st.just(ONLY_NULL), st.booleans().map(truths))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from("abcd"),
    st.integers(-30, 30).map(lambda count: Decimal(count) / 5),
)


def _holds(some: ValueRange, value: object) -> bool:
    """Said plainly, apart from how ranges are met."""
    if value is None:
        return some.null
    one = only(value)
    if some.kind is not one.kind:
        return False
    if isinstance(value, Decimal):
        return some.low <= value <= some.high and (some.unit is None or value % some.unit == 0)
    return value not in some.besides if some.among is None else value in some.among


@given(RANGES, RANGES, VALUES)
def test_what_both_hold_is_in_what_they_share_and_what_one_holds_is_in_the_union(
    a: ValueRange, b: ValueRange, value: object
) -> None:
    if _holds(a, value) and _holds(b, value):
        assert _holds(met(a, b), value)
    if _holds(a, value) or _holds(b, value):
        joined = united(a, b)
        assert joined.kind is Kind.ANY or _holds(joined, value)


@given(RANGES, VALUES)
def test_a_value_meets_a_range_exactly_if_the_range_holds_it(some: ValueRange, value: object) -> None:
    assert met(some, only(value)).empty is not _holds(some, value)


@pytest.mark.parametrize(
    ("amount", "unit", "below", "above"),
    [("7.3", "0.5", "7", "7.5"), ("-7.3", "0.5", "-7.5", "-7"), ("0.1", "1", "0", "1"), ("3", "1", "3", "3")],
)
def test_multiples_of_a_unit(amount: str, unit: str, below: str, above: str) -> None:
    assert downward(Decimal(amount), Decimal(unit)) == Decimal(below)
    assert upward(Decimal(amount), Decimal(unit)) == Decimal(above)


def test_next_to_a_cut_lies_a_first_fact() -> None:
    numbers = domain_of(FeelType.NUMBER, allowed("[0..10]"), [Decimal("2.5")])
    found = [fact_range(atom, numbers, FACTS["x"]) for atom in numbers.atoms]
    assert [(each.low, each.high) for each in found] == [
        (Decimal(0), Decimal(0)),
        (GRAIN, Decimal("2.5") - GRAIN),
        (Decimal("2.5"), Decimal("2.5")),
        (Decimal("2.5") + GRAIN, Decimal(10) - GRAIN),
        (Decimal(10), Decimal(10)),
    ]
    whole = domain_of(FeelType.NUMBER, allowed("[0..1000]"), [Decimal("2.5")], integer=True)
    found = [fact_range(atom, whole, FACTS["z"]) for atom in whole.atoms]
    assert [(each.low, each.high) for each in found] == [
        (Decimal(low), Decimal(high)) for low, high in ((0, 0), (1, 2), (3, 999), (1000, 1000))
    ]


def test_any_other_text_is_none_that_is_named() -> None:
    domain = domain_of(FeelType.STRING, None, ["a", "b"])
    other = fact_range(domain.atoms[2], domain, FACTS["s"])
    assert [_holds(other, text) for text in ("a", "b", "c")] == [False, False, True]
