"""From unary tests to Python: whether a value passes them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from dmn_dli.feel import syntax
from dmn_dli.feel.conditions import is_condition
from dmn_dli.feel.plain_tests import LITERALS
from dmn_dli.feel.python_nodes import feel_call, unless_null
from dmn_dli.feel.scopes import Scope
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import mentions_input

COMPARISON: Mapping[str, str] = {
    "=": "equal", "!=": "not_equal",
    "<": "less", "<=": "less_or_equal", ">": "greater", ">=": "greater_or_equal",
}  # fmt: skip
"""The functions of `runtime` that compare."""

ToPython = Callable[[Node, Scope], ast.expr]
"""How the nodes within are translated."""

Hidden = Callable[[str, Scope], bool]
"""Whether a name means something else than the built-in function in a scope."""


def tests_answer(
    tests: syntax.UnaryTests,
    value: ast.expr,
    scope: Scope,
    to_python: ToPython,
    hidden: Hidden,
    *,
    in_cell: bool,
) -> ast.expr:
    """Whether the value passes the tests: true, false or null.

    in_cell: in a cell a boolean may answer for the whole test; inside `in` it is a value like any other.
    """
    if not tests.tests:
        return ast.Constant(value=True)
    answers = [_answer(test, value, scope, to_python, hidden, in_cell=in_cell) for test in tests.tests]
    answer = answers[0] if len(answers) == 1 else feel_call("any_true", *answers)
    return feel_call("negation", answer) if tests.negated else answer


def _answer(
    test: syntax.ComparisonTest | syntax.ValueTest,
    value: ast.expr,
    scope: Scope,
    to_python: ToPython,
    hidden: Hidden,
    *,
    in_cell: bool,
) -> ast.expr:
    if isinstance(test, syntax.ComparisonTest):
        answer = feel_call(COMPARISON[test.operator], value, to_python(test.operand, scope))
        return unless_null(value, answer) if mentions_input(test.operand) else answer
    expression = test.expression
    operand = to_python(expression, scope)
    if isinstance(expression, syntax.Range):
        return feel_call("lies_in", value, operand)
    if isinstance(expression, LITERALS):
        return feel_call("equal", value, operand)
    if mentions_input(expression):
        return feel_call("condition_of_input", value, operand)
    if in_cell and is_condition(expression, lambda name: hidden(name, scope)):
        return feel_call("condition", value, operand)
    return feel_call("passes_cell" if in_cell else "passes", value, operand)
