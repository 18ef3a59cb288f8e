"""What a call binds to parameters, and which names a tree binds: for putting one tree into another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import children, free_names


def arguments_of(invocation: syntax.Invocation, parameters: Sequence[str]) -> dict[str, Node] | None:
    """The argument of each parameter; None where the call names others, or has another number of them."""
    given = dict(invocation.named) or dict(zip(parameters, invocation.arguments, strict=False))
    fits = not invocation.arguments or len(invocation.arguments) == len(parameters)
    return given if fits and sorted(given) == sorted(parameters) else None


def captures(tree: Node, arguments: Mapping[str, Node]) -> bool:
    """Whether the tree binds a name that an argument reads, which would then be another's there."""
    read = frozenset[str]().union(*[free_names(each) for each in arguments.values()])
    return not read.isdisjoint(bound_names(tree))


def bound_names(tree: Node) -> set[str]:
    """The names that a tree binds anywhere, the `item` of a filter and the `partial` of `for` among them."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case syntax.Iterator(name) | syntax.Parameter(name):
                found.add(name)
            case syntax.ContextLiteral(entries):
                found.update(key for key, _ in entries)
            case syntax.Filter() | syntax.For():
                found |= {"item", "partial"}
        waiting += children(node)
    return found
