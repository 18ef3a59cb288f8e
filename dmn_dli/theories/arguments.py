"""The arguments of a call in the places of the parameters, whether they are given so or by name."""

from __future__ import annotations

from dmn_dli.feel import syntax
from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.feel.syntax import Node


def in_places(call: syntax.Invocation) -> tuple[Node, ...] | None:
    """The arguments of a call of a built-in function; by name, of the first overload that has the names.

    None where none has, where one is left out before another, and where the function is no built-in.
    """
    if not isinstance(call.function, syntax.Name) or call.function.name not in REGISTRY:
        return None
    if not call.named:
        return call.arguments
    given = dict(call.named)
    for overload in REGISTRY[call.function.name].overloads:
        names = [formal.name for formal in overload.formals][: len(given)]
        if given.keys() == set(names) and overload.placed(given) is not None:
            return tuple(given[name] for name in names)
    return None
