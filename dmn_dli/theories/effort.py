"""Which expressions may go beyond the budget of work, so that theories leave them as they stand."""

from __future__ import annotations

from dmn_dli.feel import syntax
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import BINDING, any_node

_LABOURED = (*BINDING, Conversion)
_MATCHING = frozenset({"matches", "replace", "split"})
"""Functions of regular expressions."""


def runs_long(tree: Node) -> bool:
    """Whether the work that an expression takes depends on more than single values."""
    return any_node(tree, _runs_long)


def _runs_long(node: Node) -> bool:
    if isinstance(node, syntax.Invocation):
        return not isinstance(node.function, syntax.Name) or node.function.name in _MATCHING
    return isinstance(node, _LABOURED)
