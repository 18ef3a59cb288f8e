"""From the syntax tree to a Python function: the door of the compiler."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CodeType, FunctionType
from typing import cast

from dmn_dli.feel import runtime, syntax
from dmn_dli.feel.budget import FeelLimit, constant, metered
from dmn_dli.feel.constants import is_plain, plain_value
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.fresh_stack import deep
from dmn_dli.feel.plain_tests import plain_tests
from dmn_dli.feel.reasons import FEEL_CODE
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.translate import Translation, to_python
from dmn_dli.feel.walk import any_node, children, free_names, is_constant, mentions_input

_LABOURED = (
    syntax.For,
    syntax.Quantified,
    syntax.Filter,
    syntax.Invocation,
    syntax.FunctionDefinition,
    syntax.ListLiteral,
    syntax.ContextLiteral,
    syntax.Path,
    syntax.DecisionTable,
    Conversion,
)

_NO_EXPRESSIONS = (syntax.UnaryTests, syntax.ComparisonTest, syntax.ValueTest, syntax.Iterator)

Expression = Callable[[Mapping[str, object]], object]
Test = Callable[[object, Mapping[str, object]], bool | None]


def compile_expression(tree: Node, environment: Environment = STRICT) -> Expression:
    """A function from the scope (variable to FEEL value; an absent one is null) to the FEEL value.

    Raises FeelUnsupported for `?`, for types that neither FEEL nor the environment defines, and for the
    clock and external functions where the environment has none.
    """
    if mentions_input(tree) or isinstance(tree, syntax.UnaryTests):
        raise FeelUnsupported("`?` stands for the input's value, and only an input cell has one", tree.span)
    return cast("Expression", _function(tree, ("scope",), environment))


def compile_unary_tests(tree: Node, environment: Environment = STRICT) -> Test:
    """A function from the input's FEEL value and the scope to whether the value passes: true, false or null.

    Raises FeelUnsupported for types that neither FEEL nor the environment defines, and for the clock and
    external functions where the environment has none.
    """
    if not isinstance(tree, syntax.UnaryTests):
        tree = syntax.UnaryTests((syntax.ValueTest(tree, span=tree.span),), span=tree.span)
    return plain_tests(tree) or cast("Test", _function(tree, ("value", "scope"), environment))


def constant_value(tree: Node, environment: Environment = STRICT) -> object:
    """The value of an expression that reads nothing. Raises FeelUnsupported beyond the budget."""
    if is_plain(tree) and not free_names(tree, environment):
        return plain_value(tree)
    try:
        with constant():
            return compile_expression(tree, environment)({})
    except FeelLimit as limit:
        raise FeelUnsupported(limit.message, tree.span) from None


def try_constants(tree: Node, environment: Environment = STRICT) -> None:
    """Work out whatever in the tree reads nothing. Raises FeelUnsupported where that is beyond the budget."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if not takes_work(node):
            continue
        if isinstance(node, _NO_EXPRESSIONS) or not is_constant(node, environment):
            waiting += reversed(children(node))
            continue
        constant_value(node, environment)
        try:
            compile_expression(node, environment)({})  # once more, at the expense of all cells together
        except FeelLimit as limit:
            raise FeelUnsupported(limit.message, node.span) from None


def passes(tests: syntax.UnaryTests, value: object) -> bool:
    """Whether a value passes tests that read nothing else, such as the allowed values of a type."""
    return _allowed(tests)(value, {}) is True


@lru_cache(maxsize=4096)
def _allowed(tests: syntax.UnaryTests) -> Test:
    return compile_unary_tests(tests)


def _function(tree: Node, parameters: tuple[str, ...], environment: Environment) -> Callable[..., object]:
    try:
        function = _translated(tree, parameters, environment)
    except RecursionError:
        raise FeelUnsupported(
            "this is nested too deeply; split it into several decisions", tree.span
        ) from None
    return metered(function) if takes_work(tree) else function


@deep
def _translated(tree: Node, parameters: tuple[str, ...], environment: Environment) -> Callable[..., object]:
    return _built(to_python(tree, environment), parameters)


def takes_work(tree: Node) -> bool:
    """Whether the work that the tree takes depends on values, or it may put lists inside lists."""
    return any_node(tree, lambda node: isinstance(node, _LABOURED))


def _built(translation: Translation, parameters: tuple[str, ...]) -> Callable[..., object]:
    arguments = [ast.arg(name) for name in parameters]
    function = ast.Lambda(ast.arguments([], arguments, None, [], [], None, []), translation.expression)
    module = compile(ast.fix_missing_locations(ast.Expression(function)), FEEL_CODE, "eval")
    # The one constant that is code is the lambda's; so nothing has to be run to get it.
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    names = {"feel": runtime, "passes": passes, "__builtins__": {}, **translation.constants}
    return FunctionType(code, names)
