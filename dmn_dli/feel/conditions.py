"""Which tests of a cell are conditions: by their form, so that no knowledge of types changes an answer."""

from __future__ import annotations

from collections.abc import Callable

from dmn_dli.feel import syntax
from dmn_dli.feel.builtins import BUILTIN_NAMES, REGISTRY
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.value_types import FeelType

_FORMS = (
    syntax.BooleanLiteral,
    syntax.Comparison,
    syntax.Conjunction,
    syntax.Disjunction,
    syntax.Between,
    syntax.In,
    syntax.Quantified,
    syntax.InstanceOf,
)


def is_condition(node: Node, hidden: Callable[[str], bool]) -> bool:
    """Whether the expression is true, false or null by its form, whatever its parts hold.

    A condition is an answer and no value: where it is null, a null input does not equal it. What reaches a
    value (a name, a dot, a filter, a function of the text) is none, though the value may be a boolean.

    hidden: whether a name means something else than the built-in function here.
    """
    match node:
        case syntax.If(_, then, otherwise):
            branches = [each for each in (then, otherwise) if not isinstance(each, syntax.NullLiteral)]
            return bool(branches) and all(is_condition(each, hidden) for each in branches)
        case syntax.Invocation(syntax.Name(name)) if name in BUILTIN_NAMES and not hidden(name):
            return name in REGISTRY and all(
                overload.result is FeelType.BOOLEAN for overload in REGISTRY[name].overloads
            )
    return isinstance(node, _FORMS)
