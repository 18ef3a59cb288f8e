"""Expressions as quotients of polynomials: the same value, and slopes that tell which way they move."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.theories.intervals.quotients import Polynomial, quotient_of
from dmn_dli.theories.intervals.values import Kind, ValueRange
from tests.theories.intervals.worlds import LITERALS, tree

_LEAVES = st.one_of(LITERALS, st.sampled_from("xy").map(syntax.Name))
_TREES: st.SearchStrategy[Node] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(syntax.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(syntax.Negation, inner),
    ),
    max_leaves=6,
)
_POINTS = st.fixed_dictionaries({name: st.fractions(-5, 5, max_denominator=4) for name in "xy"})


def _value(node: Node, at: dict[str, Fraction]) -> Fraction:
    """As the tree has it, in fractions. Raises ZeroDivisionError."""
    match node:
        case syntax.NumberLiteral(number):
            return Fraction(number)
        case syntax.Name(name):
            return at[name]
        case syntax.Negation(operand):
            return -_value(operand, at)
        case syntax.Arithmetic(operator, left, right):
            a, b = _value(left, at), _value(right, at)
            return {"+": a + b, "-": a - b, "*": a * b}.get(operator) if operator != "/" else a / b  # type: ignore[return-value]
    raise AssertionError(node)


def _sum(polynomial: Polynomial, at: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for monomial, factor in polynomial.terms.items():
        part = Fraction(factor)
        for name, power in monomial:
            part *= at[name] ** power
        total += part
    return total


@given(_TREES, _POINTS)
def test_the_quotient_has_the_expressions_value(node: Node, at: dict[str, Fraction]) -> None:
    form = quotient_of(node)
    assume(form is not None)
    assert form is not None
    try:
        value = _value(node, at)
    except ZeroDivisionError:
        return
    below = _sum(form.below, at)
    assert below == 0 or _sum(form.above, at) / below == value


@pytest.mark.parametrize(
    ("text", "name", "slope"),
    [
        ("(x - y) / x", "x", {(("y", 1),): 1}),
        ("(x - y) / x", "y", {(("x", 1),): -1}),
        ("x * (10 - x)", "x", {(): 10, (("x", 1),): -2}),
        ("x / y / y", "y", {(("x", 1), ("y", 1)): -2}),
        ("x - x", "x", {}),
    ],
)
def test_what_stands_twice_cancels_in_the_slope(
    text: str, name: str, slope: dict[tuple[tuple[str, int], ...], int]
) -> None:
    form = quotient_of(tree(text))
    assert form is not None
    assert form.slope(name).terms == {monomial: Decimal(factor) for monomial, factor in slope.items()}


@pytest.mark.parametrize("text", ["floor(x)", "x ** 0.5", "x ** y", '"a"', "(x + y + 1) ** 8 * (x - y) ** 8"])
def test_what_is_no_quotient_of_a_few_terms(text: str) -> None:
    assert quotient_of(tree(text)) is None


@given(_POINTS)
def test_the_ends_of_a_polynomial_hold_its_values(at: dict[str, Fraction]) -> None:
    form = quotient_of(tree("x * x * y - 3 * y + x"))
    assert form is not None
    box = {name: ValueRange(Kind.NUMBER, low=Decimal(-5), high=Decimal(5)) for name in "xy"}
    low, high = form.above.ends(box)
    assert Fraction(low) <= _sum(form.above, at) <= Fraction(high)
