"""Diagrams between a store and their compiled form, which stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dmn_dli.diagrams.store import Diagrams
from dmn_dli.runtime.policy import Diagram


def compiled_diagram(store: Diagrams, root: int) -> tuple[Diagram, list[Any]]:
    """The diagram below a root with nodes and terminals numbered anew, and its terminals' results."""
    nodes: list[tuple[int, ...]] = []
    results: list[Any] = []
    numbers: dict[int, int] = {}

    def visit(number: int) -> int:
        if number in numbers:
            return numbers[number]
        if number < 0:
            results.append(store.results[~number])
            found = ~(len(results) - 1)
        else:
            variable, children = store.nodes[number]
            nodes.append((variable, *[visit(child) for child in children]))
            found = len(nodes) - 1
        numbers[number] = found
        return found

    start = visit(root)
    return Diagram(tuple(nodes), start), results


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
