"""What may still come out while facts are unknown: walks diagrams with the known facts fixed."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import combinations
from typing import Any

Node = Any
"""A node `(variable, child of atom 1, …)` or an outcome's number."""


def nest(nodes: Sequence[tuple[int, ...]], root: int) -> Node:
    """Nodes as the artefact numbers them, as nested tuples that share what is shared."""
    built: list[tuple[Any, ...]] = []
    for variable, *children in nodes:
        built.append((variable, *[built[child] if child >= 0 else ~child for child in children]))
    return built[root] if root >= 0 else ~root


def spread(
    root: Node, atoms: Sequence[int], classes: Mapping[int, int] | None = None
) -> tuple[set[int], set[int]]:
    """The outcomes that remain, and the variables on which it depends which one it is.

    atoms: the atom of each variable, 0 where it is unknown.
    classes: outcomes of one class count as one (default: each is its own class).
    Returns the classes that some completion reaches and the unknown variables
    such that two completions that differ only there reach different classes.
    """
    _, reached, nodes = _reduced(root, atoms, classes)
    return reached, {node[0] for node in nodes}


def survey(root: Node, atoms: Sequence[int], free: Container[int]) -> tuple[set[int], set[int]]:
    """The outcomes that remain whatever the `free` variables are, and the free variables that matter."""
    start, _, numbers = _reduced(root, atoms, None)
    nodes = list(numbers)
    sure: set[int] = set()
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        number = waiting.pop()
        if number >= 0:
            sure.add(number)
        elif number not in seen:
            seen.add(number)
            variable, *children = nodes[~number]
            if variable not in free:
                waiting += children
    return sure, {node[0] for node in nodes if node[0] in free}


def _reduced(
    root: Node, atoms: Sequence[int], classes: Mapping[int, int] | None
) -> tuple[int, set[int], dict[tuple[int, ...], int]]:
    """The diagram over the unknown variables alone: its root, its classes, its nodes in order.

    A node `(variable, child of atom 1, …)` is known as `~position`, a class by its number.
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

    return visit(root), reached, unique


IMPOSSIBLE = 2**31
"""The class of outcomes that no real case has, because the assumptions rule them out.

Greater than any other class; the negative numbers are those of nodes.
"""


def spread_possible(root: Node, atoms: Sequence[int], classes: Mapping[int, int]) -> set[int]:
    """The unknown variables that matter where some combinations are impossible.

    A variable matters when it belongs to an inclusion-minimal set of variables
    by which two possible completions of different classes differ. Without
    impossible combinations such a set is always a single variable, and `spread`
    finds it; with them, facts that hang together may only differ together.
    """
    candidates = sorted(spread(root, atoms, classes)[1])
    found = {each for each in candidates if _differ(root, atoms, classes, {each})}
    others = [each for each in candidates if each not in found]
    minimal: list[set[int]] = []
    for size in range(2, len(others) + 1):
        for chosen in combinations(others, size):
            together = set(chosen)
            if not any(known <= together for known in minimal) and _differ(root, atoms, classes, together):
                minimal.append(together)
    return found.union(*minimal)


def _differ(root: Node, atoms: Sequence[int], classes: Mapping[int, int], free: set[int]) -> bool:
    """Whether possible completions that differ in the free variables alone reach different classes.

    Walks all the nodes that one choice of the other variables leads to at once.
    """
    seen: set[frozenset[Any]] = set()
    waiting = [frozenset((_known(root, atoms),))]
    while waiting:
        nodes = waiting.pop()
        if nodes in seen:
            continue
        seen.add(nodes)
        inner = [node for node in nodes if node.__class__ is tuple]
        if not inner:
            if len({classes[outcome] for outcome in nodes} - {IMPOSSIBLE}) > 1:
                return True
            continue
        variable = min(node[0] for node in inner)
        atom_count = next(len(node) for node in inner if node[0] == variable) - 1
        asked = [node for node in inner if node[0] == variable]
        others = nodes.difference(asked)
        following = [
            others.union(_known(node[atom], atoms) for node in asked) for atom in range(1, atom_count + 1)
        ]
        waiting += [frozenset().union(*following)] if variable in free else following
    return False


def _known(node: Node, atoms: Sequence[int]) -> Node:
    """The node, or the outcome, to which the known atoms lead from here."""
    while node.__class__ is tuple and atoms[node[0]]:
        node = node[atoms[node[0]]]
    return node
