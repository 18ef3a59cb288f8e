"""The range of an expression holds every value that FEEL gives it, and is no wider than need be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.feel import DateValue, FeelType, compile_expression
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.temporal import parse_date
from dmn_dli.tables.domain import domain_of
from dmn_dli.theories.intervals.expressions import range_of
from dmn_dli.theories.intervals.facts import all_of, fact_range
from dmn_dli.theories.intervals.values import ORDERED, Kind, ValueRange, met, only
from tests.theories.intervals.worlds import FACTS, FEEL, TREES, TYPES, allowed, domains, tree, values_of


def _holds(found: ValueRange, value: object) -> bool:
    if found.kind is Kind.ANY:
        return found.null or value is not None
    one = only(value)
    return not met(found, one).empty


@st.composite
def cases(draw: st.DrawFn) -> tuple[Node, dict[str, ValueRange], dict[str, object]]:
    """An expression, a box for its facts, and a case in the box."""
    box: dict[str, ValueRange] = {}
    case: dict[str, object] = {}
    for name, type_ in TYPES.items():
        domain = draw(domains(name))
        atom = draw(st.sampled_from(domain.atoms))
        box[name] = fact_range(atom, domain, FACTS[name])
        case[name] = draw(values_of(atom, type_))
    return draw(TREES), box, case


@given(cases())
@settings(max_examples=100)
def test_the_value_lies_in_the_range(drawn: tuple[Node, dict[str, ValueRange], dict[str, object]]) -> None:
    node, box, case = drawn
    found = range_of(node, box)
    value = compile_expression(node)(case)
    assert _holds(found, value), (found, value)


@pytest.mark.slow
@given(cases())
@settings(max_examples=3_000)
def test_the_value_lies_in_the_range_at_length(
    drawn: tuple[Node, dict[str, ValueRange], dict[str, object]],
) -> None:
    node, box, case = drawn
    assert _holds(range_of(node, box), compile_expression(node)(case))


def _box(**facts: str) -> dict[str, ValueRange]:
    """Boxes of whole domains: `x="[1..2]"`."""
    return {
        name: all_of(domain_of(FEEL[TYPES[name]], allowed(text), [], integer=name == "z"), FACTS[name])
        for name, text in facts.items()
    }


TIGHT = [
    ("x / (y * y)", {"x": "[40..160]", "y": "[1..2]"}, "10", "160"),
    ("x / y ** 2", {"x": "[40..160]", "y": "[1..2]"}, "10", "160"),
    ("x / y / y", {"x": "[40..160]", "y": "[1..2]"}, "10", "160"),
    ("x / ((y / 100) * (y / 100))", {"x": "[40..160]", "y": "[100..200]"}, "10", "160"),
    ("(x - y) / x", {"x": "[10..100]", "y": "[0..5]"}, "0.5", "1"),
    ("100 * (x - y) / x", {"x": "[10..100]", "y": "[0..5]"}, "50", "100"),
    ("(x - y) * 100 / x", {"x": "[10..100]", "y": "[5..10]"}, "0", "95"),
    ("(x - y) / (x + y)", {"x": "[1..3]", "y": "[1..3]"}, "-0.5", "0.5"),
    ("x * x", {"x": "[-2..3]"}, "0", "9"),
    ("x - x", {"x": "[-2..3]"}, "0", "0"),
    ("x * (10 - x)", {"x": "[0..4]"}, "0", "24"),
    ("1 - y / x", {"x": "[10..100]", "y": "[0..5]"}, "0.5", "1"),
    ("floor(x / 2)", {"x": "[1..9]"}, "0", "4"),
    ("abs(x - 3)", {"x": "[1..9]"}, "0", "6"),
    ("if x > 3 then x else 3", {"x": "[1..9]"}, "3", "9"),
    ("max(x, 3)", {"x": "[1..9]"}, "3", "9"),
    ("z * 2", {"z": "(1..9)"}, "4", "16"),
    ("modulo(z, 7)", {"z": "[100..1000]"}, "0", "7"),
    ("d.year", {"d": '[date("1990-03-01")..date("1995-01-01")]'}, "1990", "1995"),
    ("d.month", {"d": '[date("1990-03-01")..date("1990-05-01")]'}, "3", "5"),
    ("years and months duration(d, e).years", {
        "d": '[date("1990-03-01")..date("1991-03-01")]', "e": '[date("2000-03-01")..date("2000-03-02")]'
    }, "9", "10"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts", "low", "high"), TIGHT)
def test_the_range_is_no_wider_than_the_values(text: str, facts: dict[str, str], low: str, high: str) -> None:
    found = range_of(tree(text), _box(**facts))
    assert (found.kind, found.null) == (Kind.NUMBER, False)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_a_parabola_is_known_but_for_little() -> None:
    found = range_of(tree("x * (10 - x)"), _box(x="[0..10]"))
    assert found.low == 0
    assert Decimal(25) <= found.high <= Decimal(27)


NULLS = [
    ("x / (y * y)", {"x": "[40..160]", "y": "[1..2]"}, False),
    ("x / y", {"x": "[40..160]", "y": "[0..2]"}, True),
    ("x / y", {"x": "[40..160]", "y": "(0..2]"}, False),
    ("x * y * x * y", {"x": "-", "y": "-"}, False),
    ("sqrt(x)", {"x": "[0..2]"}, False),
    ("sqrt(x)", {"x": "[-1..2]"}, True),
    ("log(x)", {"x": "[0..2]"}, True),
    ("x + missing", {"x": "[0..2]"}, True),
    ("x > 1 and y > 1", {"x": "-", "y": "-"}, False),
    ("d + duration(\"P1Y\")", {"d": "-"}, False),
    ("x = null", {"x": "-"}, False),
    ("exp(x)", {"x": "-"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts", "null"), NULLS)
def test_null_comes_of_null_and_of_what_has_no_value(text: str, facts: dict[str, str], null: bool) -> None:
    assert range_of(tree(text), _box(**facts)).null is null


def test_null_of_an_operand_makes_null_and_nothing_else_does() -> None:
    box = {**_box(y="[1..2]"), "x": only(None)}
    assert range_of(tree("x / y"), box) == only(None)
    assert range_of(tree("x < y"), box) == only(None)
    assert range_of(tree("if x < y then 1 else 2"), box) == only(Decimal(2))


def test_open_ends_stay_open() -> None:
    found = range_of(tree("x / y"), _box(x="(10..20)", y="[2..2]"))
    assert Decimal(5) < found.low < Decimal("5.0000001")
    assert Decimal("9.9999999") < found.high < Decimal(10)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("x > y", {True, False}),
        ("x + 3 > y", {True}),
        ("x in [0..2]", {True}),
        ("x in (1..2)", {True, False}),
        ("x in (5, 7)", {False}),
        ("not(x > 4)", {True}),
        ("x between 0 and 1 or y = 3", {True, False}),
        ('s = "a"', {True, False}),
        ("x in [7, null]", {False}),
    ],
)
def test_conditions(text: str, answers: set[bool]) -> None:
    box = {**_box(x="[0..2]", y="[1..2]"), "s": only("a")} | {"s": ValueRange(Kind.TEXT)}
    found = range_of(tree(text), box)
    assert (found.among, found.null) == (frozenset(answers), False)


def test_dates_are_whole_days() -> None:
    domain = domain_of(FeelType.DATE, None, [parse_date("2000-01-01"), parse_date("2000-01-10")])
    between = fact_range(domain.atoms[2], domain, FACTS["d"])
    found = range_of(tree("e - d"), {"d": between, "e": only(parse_date("2000-01-10"))})
    assert found.kind in ORDERED
    assert range_of(tree("(e - d).days"), {"d": between, "e": only(parse_date("2000-01-10"))}).low == 1
    first = parse_date("2000-01-02")
    assert isinstance(first, DateValue)
    assert between.low == first.day
