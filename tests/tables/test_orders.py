"""What lies between two values of an ordered type, and domains cut at durations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import DateValue, FeelType, compile_unary_tests, parse_unary_tests, syntax
from dmn_dli.feel.comparison import feel_less
from dmn_dli.feel.temporal import parse_temporal
from dmn_dli.feel.temporal_values import DAY, DaysTimeDuration, TimeValue, YearsMonthsDuration
from dmn_dli.tables.constants import test_constants as constants_of
from dmn_dli.tables.domain import domain_of
from dmn_dli.tables.linked import AllowedValues
from dmn_dli.tables.orders import ORDERED, amount_of, order_of

DURATIONS = (
    st.builds(DaysTimeDuration, st.integers(-3, 3))
    | st.builds(lambda days: DaysTimeDuration(days * DAY), st.integers(-400, 400))
    | st.builds(DaysTimeDuration, st.integers(-(10**34) + 1, 10**34 - 1))
)
MONTHS = st.builds(YearsMonthsDuration, st.integers(-30, 30) | st.integers(-(10**20) + 1, 10**20 - 1))
STRETCHES: st.SearchStrategy[tuple[FeelType, Any, Any]] = st.one_of(
    st.tuples(st.just(FeelType.DAYS_DURATION), st.none() | DURATIONS, st.none() | DURATIONS),
    st.tuples(st.just(FeelType.YEARS_DURATION), st.none() | MONTHS, st.none() | MONTHS),
)


def _amount(value: object) -> Decimal:
    found = amount_of(value)
    assert found is not None
    return found


DATES = st.builds(DateValue, st.integers(-1_000, 1_000_000))
PAIRS = [
    st.tuples(each, each)
    for each in (st.decimals(allow_nan=False, allow_infinity=False), DATES, DURATIONS, MONTHS)
]


@given(st.one_of(PAIRS))
def test_amounts_are_ordered_as_their_values(pair: tuple[object, object]) -> None:
    first, second = pair
    assert (_amount(first) < _amount(second)) is feel_less(first, second)


@pytest.mark.parametrize("value", [None, True, "1", TimeValue(0), []])
def test_what_has_no_order_has_no_amount(value: object) -> None:
    assert amount_of(value) is None


def test_just_the_ordered_types_have_an_order() -> None:
    assert {type_ for type_ in FeelType if order_of(type_) is not None} == ORDERED


@given(STRETCHES)
def test_what_lies_between_two_durations_is_found_where_there_is_something(
    stretch: tuple[FeelType, Any, Any],
) -> None:
    type_, low, high = stretch
    if low is not None and high is not None and high <= low:
        low, high = high, low
    order = order_of(type_)
    assert order is not None
    found = order.between(low, high)
    if found is not None:
        assert low is None or feel_less(low, found)
        assert high is None or feel_less(found, high)
    elif low is not None and high is not None:
        assert _amount(high) - _amount(low) <= 1


@pytest.mark.parametrize(
    ("low", "high", "between"),
    [
        ("P1D", "P5D", "P2D"),
        ("P1DT12H", "P5D", "P2D"),
        ("P1D", "P2D", "P1DT1H"),
        ("PT1H", "PT2H", "PT1H1M"),
        ("PT1S", "PT1.5S", "PT1.25S"),
        (None, "P0D", "-P1D"),
        (None, "PT12H", "P0D"),
        ("-PT12H", None, "P0D"),
        ("P11M", "P1Y1M", "P1Y"),
        (None, "P0Y", "-P1M"),
    ],
)
def test_what_lies_between_is_what_people_write(low: str | None, high: str | None, between: str) -> None:
    expected = parse_temporal(between)
    whole = isinstance(expected, YearsMonthsDuration)
    order = order_of(FeelType.YEARS_DURATION if whole else FeelType.DAYS_DURATION)
    assert order is not None
    ends = [None if text is None else parse_temporal(text) for text in (low, high)]
    assert order.between(*ends) == expected


@given(st.lists(DURATIONS, max_size=4) | st.lists(MONTHS, max_size=4), st.data())
def test_all_durations_of_an_atom_answer_a_test_alike(cuts: list[Any], data: st.DataObject) -> None:
    months = bool(cuts) and isinstance(cuts[0], YearsMonthsDuration)
    type_ = FeelType.YEARS_DURATION if months else FeelType.DAYS_DURATION
    domain = domain_of(type_, None, cuts, nullable=True)
    assert [domain.locate(atom.representative) for atom in domain.atoms] == list(range(len(domain.atoms)))
    value = data.draw(MONTHS if months else DURATIONS)
    atom = domain.atoms[domain.locate(value)]
    for text in (f"< {_quoted(cut)}, {_quoted(cut)}" for cut in cuts):
        accepts = compile_unary_tests(_tests(text))
        assert accepts(value, {}) is accepts(atom.representative, {})


def test_durations_that_a_cell_names_cut_a_domain_and_those_that_are_allowed_bound_it() -> None:
    tests = _tests('[@"P0D"..@"P30D"]')
    allowed = AllowedValues("", tests, None)
    domain = domain_of(FeelType.DAYS_DURATION, allowed, constants_of(_tests('> duration("P7D")')))
    assert [atom.text for atom in domain.atoms] == [
        '@"PT0S"',
        '(@"PT0S"..@"P7D")',
        '@"P7D"',
        '(@"P7D"..@"P30D")',
        '@"P30D"',
    ]


def _quoted(value: object) -> str:
    return f'duration("{value}")'


def _tests(text: str) -> syntax.UnaryTests:
    tree = parse_unary_tests(text).tree
    assert isinstance(tree, syntax.UnaryTests)
    return tree
