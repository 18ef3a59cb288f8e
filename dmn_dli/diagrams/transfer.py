"""Diagrams between a store and their compiled form, which stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dmn_dli.diagrams.fold import below
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.runtime.policy import Diagram


def compiled_diagram(store: Diagrams, root: int) -> tuple[Diagram, list[Any]]:
    """The diagram below a root with nodes and terminals numbered anew, and its terminals' results."""
    leaves, inner = below(store.nodes, root)
    numbers = {leaf: ~place for place, leaf in enumerate(leaves)}
    numbers |= {node: place for place, node in enumerate(inner)}
    nodes = [store.nodes[number] for number in inner]
    renumbered = tuple((node[0], *[numbers[child] for child in node[1:]]) for node in nodes)
    variables = tuple(sorted({node[0] for node in nodes}))
    return Diagram(renumbered, numbers[root], variables), [store.results[~leaf] for leaf in leaves]


def stored_diagram(
    store: Diagrams,
    diagram: Diagram,
    terminal: Callable[[int], int],
    node: Callable[[int, Sequence[int]], int] | None = None,
) -> int:
    """The root of a compiled diagram in a store.

    terminal: for the number of a terminal that of the store. node: makes a node of its variable and children
    (default: as the store does).
    """
    node = node or store.node
    made: list[int] = []

    def taken(number: int) -> int:
        return made[number] if number >= 0 else terminal(~number)

    for variable, *children in diagram.nodes:
        made.append(node(variable, [taken(child) for child in children]))
    return taken(diagram.root)
