"""What may still come out while facts are unknown: walks diagrams with the known facts fixed."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

Node = Any
"""A node `(variable, child of atom 1, …)` or an outcome's number."""


def nest(nodes: Sequence[tuple[int, ...]], root: int) -> Node:
    """Nodes as the artefact numbers them, as nested tuples that share what is shared."""
    built: list[tuple[Any, ...]] = []
    for variable, *children in nodes:
        built.append((variable, *[built[child] if child >= 0 else ~child for child in children]))
    return built[root] if root >= 0 else ~root


def survey(root: Node, atoms: Sequence[int], free: Container[int]) -> tuple[set[int], set[int]]:
    """The outcomes that remain whatever the `free` variables are, and the free variables met on the way."""
    sure: set[int] = set()
    met: set[int] = set()
    seen: set[tuple[int, bool]] = set()
    waiting = [(root, True)]
    while waiting:
        node, certain = waiting.pop()
        if node.__class__ is not tuple:
            if certain:
                sure.add(node)
            continue
        if (id(node), certain) in seen:
            continue
        seen.add((id(node), certain))
        variable, *children = node
        if atoms[variable]:
            waiting.append((node[atoms[variable]], certain))
            continue
        if variable in free:
            met.add(variable)
            certain = False
        waiting += [(child, certain) for child in children]
    return sure, met


def spread(
    root: Node, atoms: Sequence[int], classes: Mapping[int, int] | None = None
) -> tuple[set[int], set[int]]:
    """The outcomes that remain, and the variables on which it depends which one it is.

    atoms: the atom of each variable, 0 where it is unknown.
    classes: outcomes of one class count as one (default: each is its own class).
    Returns the classes that some completion reaches and the unknown variables
    such that two completions that differ only there reach different classes.
    """
    memory: dict[int, int] = {}
    unique: dict[tuple[int, ...], int] = {}
    reached: set[int] = set()

    def visit(node: Node) -> int:
        while node.__class__ is tuple:
            atom = atoms[node[0]]
            if not atom:
                break
            node = node[atom]
        else:
            found = node if classes is None else classes[node]
            reached.add(found)
            return found
        known = memory.get(id(node))
        if known is not None:
            return known
        children = [visit(child) for child in node[1:]]
        first = children[0]
        if children.count(first) == len(children):
            result = first
        else:
            result = unique.setdefault((node[0], *children), ~len(unique))
        memory[id(node)] = result
        return result

    visit(root)
    return reached, {key[0] for key in unique}
