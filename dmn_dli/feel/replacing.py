"""Syntax trees with some of their nodes replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from dmn_dli.feel import syntax
from dmn_dli.feel.walk import free_occurrences, input_occurrences


def with_names(tree: syntax.Node, names: Mapping[str, str]) -> syntax.Node:
    """The tree with its free names replaced, old to new."""
    return with_nodes(tree, {old: syntax.Name(new) for old, new in names.items()})


def with_nodes(tree: syntax.Node, nodes: Mapping[str, syntax.Node]) -> syntax.Node:
    """The tree with what stands for its free names, by their names."""
    new = {
        id(node): attrs.evolve(nodes[node.name], span=node.span)
        for node in free_occurrences(tree)
        if node.name in nodes
    }
    return replaced(tree, new)


def with_input(tree: syntax.Node, value: syntax.Node) -> syntax.Node:
    """The tree with a node in the places of `?`, the input's value."""
    return replaced(tree, {id(node): value for node in input_occurrences(tree)})


def replaced(tree: syntax.Node, nodes: Mapping[int, syntax.Node]) -> syntax.Node:
    """The tree with other nodes in the places of those whose identities are named."""
    found: syntax.Node = _replaced(tree, nodes) if nodes else tree
    return found


def _replaced(part: Any, nodes: Mapping[int, syntax.Node]) -> Any:
    if isinstance(part, tuple):
        return tuple(_replaced(each, nodes) for each in part)
    if not isinstance(part, syntax.Node):
        return part
    if id(part) in nodes:
        return nodes[id(part)]
    parts = {each.name: getattr(part, each.name) for each in attrs.fields(type(part))}
    return attrs.evolve(part, **{name: _replaced(each, nodes) for name, each in parts.items()})
