"""Trees that need nothing but values: what an environment would say to them is made a value beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from dmn_dli.feel import (
    FeelLimit,
    FunctionValue,
    compile_expression,
    compile_unary_tests,
    free_names,
    syntax,
)
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.syntax import Node
from dmn_dli.interchange.dmn.policy.conversions import holds_table


def closed(tree: Node, environment: Environment) -> Node:
    """The tree as it is where FEEL alone understands it, else as a call of a function that it is compiled to.

    The analysis of tables knows no types of a model's own and no foreign functions. What reads such a thing
    is decided all the same, and is looked at from outside; of a decision table each cell for itself. Raises
    FeelUnsupported for what the environment does not understand either.
    """
    match tree:
        case Conversion(value) if holds_table(value):
            return evolve(tree, value=closed(value, environment))
        case syntax.DecisionTable():
            return _table(tree, environment)
    if _plain(tree):
        return tree
    names = tuple(sorted(free_names(tree)))
    program = compile_expression(tree, environment)
    if not names:
        try:
            return syntax.Known(program({}))
        except FeelLimit:
            pass  # said where the value is asked for
    return _call(FunctionValue(names, _called(program, names)), names)


def _table(table: syntax.DecisionTable, environment: Environment) -> syntax.DecisionTable:
    inputs = tuple(
        evolve(
            each,
            expression=closed(each.expression, environment),
            allowed=None if each.allowed is None else _tests(each.allowed, environment),
        )
        for each in table.inputs
    )
    outputs = tuple(
        each if each.default is None else evolve(each, default=closed(each.default, environment))
        for each in table.outputs
    )
    rules = tuple(
        evolve(
            rule,
            tests=tuple(_tests(test, environment) for test in rule.tests),
            entries=tuple(closed(entry, environment) for entry in rule.entries),
        )
        for rule in table.rules
    )
    return evolve(table, inputs=inputs, outputs=outputs, rules=rules)


def _tests(tests: syntax.UnaryTests, environment: Environment) -> syntax.UnaryTests:
    try:
        compile_unary_tests(tests, STRICT)
    except FeelUnsupported:
        names = tuple(sorted(free_names(tests)))
        program = compile_unary_tests(tests, environment)
        function = FunctionValue(("value", *names), _tested(program, names))
        call = syntax.Invocation(syntax.Known(function), (syntax.InputValue(), *map(syntax.Name, names)))
        return syntax.UnaryTests((syntax.ValueTest(call),))
    return tests


def _call(function: FunctionValue, names: tuple[str, ...]) -> Node:
    return syntax.Invocation(syntax.Known(function), tuple(syntax.Name(name) for name in names))


def _called(
    program: Callable[[Mapping[str, object]], object], names: tuple[str, ...]
) -> Callable[..., object]:
    return lambda *values: program(dict(zip(names, values, strict=True)))


def _tested(
    program: Callable[[object, Mapping[str, object]], bool | None], names: tuple[str, ...]
) -> Callable[..., object]:
    return lambda value, *values: program(value, dict(zip(names, values, strict=True)))


def _plain(tree: Node) -> bool:
    try:
        compile_expression(tree, STRICT)
    except FeelUnsupported:
        return False
    return True
