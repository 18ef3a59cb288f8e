"""Trees that need nothing but values: what an environment would say to them is made a value beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.feel import FeelLimit, FunctionValue, compile_expression, free_names, syntax
from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.syntax import Node


def closed(tree: Node, environment: Environment) -> Node:
    """The tree as it is where FEEL alone understands it, else as a call of a function that it is compiled to.

    The analysis of tables knows no types of a model's own, no clock and no foreign functions. What reads such
    a thing is decided all the same, and is looked at from outside.
    """
    if _plain(tree):
        return tree
    names = sorted(free_names(tree))
    program = compile_expression(tree, environment)
    if not names:
        try:
            return syntax.Known(program({}))
        except FeelLimit:
            pass  # said where the value is asked for
    function = FunctionValue(tuple(names), _called(program, tuple(names)))
    return syntax.Invocation(syntax.Known(function), tuple(syntax.Name(name) for name in names))


def _called(
    program: Callable[[Mapping[str, object]], object], names: tuple[str, ...]
) -> Callable[..., object]:
    return lambda *values: program(dict(zip(names, values, strict=True)))


def _plain(tree: Node) -> bool:
    try:
        compile_expression(tree, STRICT)
    except FeelUnsupported:
        return False
    return True
