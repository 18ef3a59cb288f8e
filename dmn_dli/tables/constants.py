"""Which constants an expression compares a value with: the points where its answer can change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dmn_dli.feel import (
    RangeValue,
    children,
    constant_value,
    free_names,
    is_constant,
    is_plain,
    mentions_input,
    syntax,
)


class NotAnalysable(Exception):
    """The value is used otherwise than by comparing it with constants."""


def test_constants(tests: syntax.UnaryTests) -> frozenset[object]:
    """The constants with which the tests compare the input value.

    Raises NotAnalysable where a test does anything else with it, or reads a name.
    """
    found: set[object] = set()
    for test in tests.tests:
        inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
        if is_plain(inner):
            found |= scalars(inner)
        elif mentions_input(inner):
            if free_names(inner):
                raise NotAnalysable
            found |= expression_constants(inner, lambda node: isinstance(node, syntax.InputValue))
        elif is_constant(inner) or isinstance(inner, syntax.Range):
            found |= scalars(inner)
        else:
            raise NotAnalysable
    return frozenset(found)


def expression_constants(tree: syntax.Node, is_value: Callable[[syntax.Node], bool]) -> frozenset[object]:
    """The constants with which `tree` compares the nodes that `is_value` picks out.

    Raises NotAnalysable where such a node is used in any other way.
    """
    match tree:
        case syntax.Comparison(_, left, right) if is_value(left) and is_constant(right):
            return scalars(right)
        case syntax.Comparison(_, left, right) if is_value(right) and is_constant(left):
            return scalars(left)
        case syntax.Between(value, low, high) if is_value(value) and is_constant(low) and is_constant(high):
            return scalars(low) | scalars(high)
        case syntax.In(value, tests) if is_value(value):
            return test_constants(tests)
    if is_value(tree):
        raise NotAnalysable
    found: frozenset[object] = frozenset()
    for child in children(tree):
        found |= expression_constants(child, is_value)
    return found


def scalars(tree: syntax.Node) -> frozenset[object]:
    """The values that a constant holds: of a list its members, of a range its bounds."""
    if isinstance(tree, syntax.Range):
        bounds = [bound for bound in (tree.low, tree.high) if bound is not None]
        if not all(is_plain(bound) or is_constant(bound) for bound in bounds):
            raise NotAnalysable
        return frozenset(constant_value(bound) for bound in bounds)
    return scalars_of(constant_value(tree))


def scalars_of(value: object) -> frozenset[object]:
    """The values that a value holds: of a list its members, of a range its bounds."""
    return frozenset(_flatten(value))


def _flatten(value: object) -> Iterable[object]:
    match value:
        case list():
            for item in value:
                yield from _flatten(item)
        case RangeValue(low=low, high=high):
            yield from (bound for bound in (low, high) if bound is not None)
        case dict():
            raise NotAnalysable
        case _:
            yield value
