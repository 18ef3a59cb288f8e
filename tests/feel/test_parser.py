"""How operators bind, and where nodes stand in the text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel import parse_expression, parse_unary_tests
from dmn_dli.feel.syntax import (
    Arithmetic,
    Between,
    Comparison,
    ComparisonTest,
    Conjunction,
    Disjunction,
    Filter,
    In,
    InputValue,
    InstanceOf,
    Name,
    Negation,
    Node,
    NumberLiteral,
    Path,
    Range,
    Span,
    TypeName,
    UnaryTests,
    ValueTest,
)

A, B, C = Name("a"), Name("b"), Name("c")
ONE, TWO = NumberLiteral(Decimal(1)), NumberLiteral(Decimal(2))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", Disjunction(A, Conjunction(B, C))),
        ("a and b or c", Disjunction(Conjunction(A, B), C)),
        ("a = b and c", Conjunction(Comparison("=", A, B), C)),
        ("a + b < c", Comparison("<", Arithmetic("+", A, B), C)),
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("a * b ** c", Arithmetic("*", A, Arithmetic("**", B, C))),
        ("-a ** b", Arithmetic("**", Negation(A), B)),
        ("-1", NumberLiteral(Decimal(-1))),
        ("-a.b", Negation(Path(A, "b"))),
        ("a.b[c]", Filter(Path(A, "b"), C)),
        ("a between b and c and a", Conjunction(Between(A, B, C), A)),
        ("a in b and c", Conjunction(In(A, UnaryTests((ValueTest(B),))), C)),
        ("a in (< b, c)", In(A, UnaryTests((ComparisonTest("<", B), ValueTest(C))))),
        (
            "a in (1..2)",
            In(A, UnaryTests((ValueTest(Range(ONE, TWO, low_closed=False, high_closed=False)),))),
        ),
        ("a instance of list<date and time>", InstanceOf(A, TypeName("list", (TypeName("date and time"),)))),
        ("[1..b[", Range(ONE, B, low_closed=True, high_closed=False)),
        ("]1..2]", Range(ONE, TWO, low_closed=False, high_closed=True)),
        ("[1..b[1]]", Range(ONE, Filter(B, ONE), low_closed=True, high_closed=True)),
        ("(>= 1)", Range(ONE, None, low_closed=True, high_closed=False)),
    ],
)
def test_operators_bind_as_the_grammar_says(text: str, tree: Node) -> None:
    assert parse_expression(text).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-", UnaryTests(())),
        (" - ", UnaryTests(())),
        ("-1", UnaryTests((ValueTest(NumberLiteral(Decimal(-1))),))),
        ("< 1", UnaryTests((ComparisonTest("<", ONE),))),
        ("not(< 1, 2)", UnaryTests((ComparisonTest("<", ONE), ValueTest(TWO)), negated=True)),
        ("? = 1", UnaryTests((ValueTest(Comparison("=", InputValue(), ONE)),))),
    ],
)
def test_an_input_cell_is_a_list_of_tests(text: str, tree: Node) -> None:
    assert parse_unary_tests(text).tree == tree


def test_not_inside_a_condition_is_the_function() -> None:
    tree = parse_unary_tests("not(a) and b").tree
    assert isinstance(tree, UnaryTests)
    assert not tree.negated
    assert isinstance(tree.tests[0], ValueTest)
    assert isinstance(tree.tests[0].expression, Conjunction)


def test_spans_point_into_the_text() -> None:
    tree = parse_expression("  a + (b * c) ").tree
    assert isinstance(tree, Arithmetic)
    assert (tree.span, tree.left.span, tree.right.span) == (Span(2, 13), Span(2, 3), Span(7, 12))
