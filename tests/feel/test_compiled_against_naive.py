"""Compiled FEEL answers as the naive interpreter of the same tree does, whatever the tree and the values."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from dmn_dli.feel import compile_expression, compile_unary_tests, from_python, infer, mentions_input
from dmn_dli.feel.syntax import Node, UnaryTests
from dmn_dli.feel.values import to_python
from tests.feel.trees import CELLS, EXPRESSIONS, SCOPES, VALUES
from tests.reference import feel as naive

_ZERO = re.compile(r"Decimal\('-?0(?:\.0+)?(?:E[+-]\d+)?'\)")

SOME = settings(max_examples=200, deadline=None)
MANY = settings(max_examples=20_000, deadline=None)


def _check_expression(tree: Node, scope: dict[str, object]) -> None:
    if not mentions_input(tree):
        assert _shown(compile_expression(tree)(scope)) == _shown(from_python(_naive(tree, scope)))


def _naive(tree: Node, scope: dict[str, object], value: object = None) -> object:
    """The naive value, which reckons with Python's dates."""
    plain = {name: to_python(each) for name, each in scope.items()}
    return naive.evaluate(tree, plain, to_python(value))


def _shown(value: object) -> str:
    """A value letter for letter, but for the exponents that zeros drag along."""
    return _ZERO.sub("Decimal('0')", repr(value))


def _check_cell(tree: UnaryTests, value: object, scope: dict[str, object]) -> None:
    assert compile_unary_tests(tree)(value, scope) is _naive(tree, scope, value)


@SOME
@given(EXPRESSIONS, SCOPES)
def test_an_expression_has_the_naive_value(tree: Node, scope: dict[str, object]) -> None:
    _check_expression(tree, scope)


@SOME
@given(CELLS, VALUES, SCOPES)
def test_a_cell_gives_the_naive_answer(tree: UnaryTests, value: object, scope: dict[str, object]) -> None:
    _check_cell(tree, value, scope)


@pytest.mark.slow
@MANY
@given(EXPRESSIONS, SCOPES)
def test_many_expressions_have_the_naive_value(tree: Node, scope: dict[str, object]) -> None:
    _check_expression(tree, scope)


@pytest.mark.slow
@MANY
@given(CELLS, VALUES, SCOPES)
def test_many_cells_give_the_naive_answer(tree: UnaryTests, value: object, scope: dict[str, object]) -> None:
    _check_cell(tree, value, scope)


@SOME
@given(EXPRESSIONS)
def test_types_are_inferred_for_any_tree(tree: Node) -> None:
    assert infer(tree, {}) == infer(tree, {})
