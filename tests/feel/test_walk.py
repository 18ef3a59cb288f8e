"""Free names, `?` and constancy of a tree; what is refused; what compiled code may name."""

from __future__ import annotations

import ast
from decimal import Decimal

import pytest
from hypothesis import given

from dmn_dli.feel import (
    FeelUnsupported,
    compile_expression,
    compile_unary_tests,
    free_names,
    is_constant,
    mentions_input,
    parse_expression,
    parse_unary_tests,
    to_python,
    try_constants,
)
from dmn_dli.feel.syntax import Node
from tests.feel.trees import EXPRESSIONS


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b.c", {"a", "b"}),
        ("count(a)", {"a"}),
        ("f(a)", {"f", "a"}),
        ("abs(n: a)", {"a"}),
        ("{a: b, c: a}", {"b"}),
        ("for i in l, j in i return i + j + k + count(partial)", {"l", "k"}),
        ("some i in l satisfies i = n", {"l", "n"}),
        ("every i in 1..n satisfies i", {"n"}),
        ("function(x: number, y) x + y + z", {"z"}),
        ("l[item > m]", {"l", "m"}),
        ("x in (< low, [a..b])", {"x", "low", "a", "b"}),
        ("x instance of number", {"x"}),
        ("1 + 2", set()),
    ],
)
def test_free_names_are_those_that_nothing_in_the_text_binds(text: str, names: set[str]) -> None:
    assert free_names(parse_expression(text).tree) == names


@pytest.mark.parametrize(
    ("text", "mentions"),
    [("? > 1", True), ("1 in (?)", False), ("? in (1)", True), ("[?]", True), ("1", False)],
)
def test_the_input_is_mentioned_outside_of_the_tests_of_in(text: str, mentions: bool) -> None:
    assert mentions_input(parse_unary_tests(text).tree) is mentions


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ('date("2025-02-12")', True),
        ("1 + 2", True),
        ("a", False),
        ("?", False),
        ("now()", False),
        ("[today()]", False),
    ],
)
def test_a_constant_reads_no_variable_no_input_and_no_clock(text: str, constant: bool) -> None:
    assert is_constant(parse_expression(text).tree) is constant


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("now()", "reads the clock"),
        ("[today()]", "reads the clock"),
        ('function(a) external {java: {class: "a"}}', "other languages"),
        ("x instance of tGrade", "the type `tGrade`"),
        ("? + 1", "only an input cell"),
    ],
)
def test_what_is_not_built_is_refused_and_never_guessed(text: str, message: str) -> None:
    with pytest.raises(FeelUnsupported, match=message):
        compile_expression(parse_expression(text).tree)


def test_the_clock_is_refused_in_cells_too() -> None:
    with pytest.raises(FeelUnsupported) as caught:
        compile_unary_tests(parse_unary_tests("< 1, > today()").tree)
    assert caught.value.span.start == 7


@given(EXPRESSIONS)
def test_translated_code_names_nothing_but_what_it_promises(tree: Node) -> None:
    translation = to_python(tree)
    named = {node.id for node in ast.walk(translation.expression) if isinstance(node, ast.Name)}
    others = named - {"feel", "scope", "value"} - set(translation.constants)
    assert all(name.startswith("_") and not name.startswith("__") for name in others)
    assert ast.parse(ast.unparse(ast.fix_missing_locations(translation.expression)), mode="eval")


def test_a_loop_over_constants_may_read_facts_in_its_body() -> None:
    tree = parse_expression("for n in [1, 2] return n + a").tree
    try_constants(tree)
    assert compile_expression(tree)({"a": Decimal(1)}) == [Decimal(2), Decimal(3)]
