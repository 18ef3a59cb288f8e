"""Unary tests made of literals alone, which most cells are, as functions without compiling any code.

They call what the compiled code would call, so that the answers are the same;
a table of a thousand rules is ready in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.feel import syntax
from dmn_dli.feel.comparison import (
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
    feel_not_equal,
)
from dmn_dli.feel.constants import is_plain, plain_value
from dmn_dli.feel.logic import any_true, lies_in, negation

Test = Callable[[object, Mapping[str, object]], bool | None]
_Check = Callable[[object, object], bool | None]

_COMPARISONS: dict[str, _Check] = {
    "=": feel_equal,
    "!=": feel_not_equal,
    "<": feel_less,
    "<=": feel_less_or_equal,
    ">": feel_greater,
    ">=": feel_greater_or_equal,
}

LITERALS = (
    syntax.StringLiteral,
    syntax.NumberLiteral,
    syntax.BooleanLiteral,
    syntax.TemporalLiteral,
)
"""In a cell these are values to be equal to: `true` lets true pass, and neither null nor any other value."""


def plain_tests(tree: syntax.UnaryTests) -> Test | None:
    """The function of tests that are literals, ranges of literals and comparisons with them; else None."""
    checks: list[tuple[_Check, object]] = []
    for test in tree.tests:
        check = _check(test)
        if check is None:
            return None
        checks.append(check)
    if not checks:
        return _any_value
    if len(checks) == 1 and not tree.negated:
        function, operand = checks[0]
        return lambda value, _scope: function(value, operand)
    if tree.negated:
        return lambda value, _scope: negation(any_true(*[check(value, operand) for check, operand in checks]))
    return lambda value, _scope: any_true(*[check(value, operand) for check, operand in checks])


def _check(test: syntax.ComparisonTest | syntax.ValueTest) -> tuple[_Check, object] | None:
    if isinstance(test, syntax.ComparisonTest):
        if isinstance(test.operand, LITERALS):
            return _COMPARISONS[test.operator], plain_value(test.operand)
        return None
    if isinstance(test.expression, LITERALS):
        return feel_equal, plain_value(test.expression)
    if isinstance(test.expression, syntax.Range) and is_plain(test.expression):
        return lies_in, plain_value(test.expression)  # type: ignore[return-value]
    return None


def _any_value(_value: object, _scope: Mapping[str, object]) -> bool:
    return True
