"""Sets of cases: diagrams that are true for the cases of a set and false for all others.

A case is a mapping from variable to atom (0-based). Facts come first in a diagram, then the variables that no
fact settles (`free`): clauses and tests that cannot be traced to classes of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from math import prod
from operator import not_
from random import Random
from typing import Any, TypeAlias

from dmn_dli.diagrams.fold import Node, fold
from dmn_dli.diagrams.store import Diagrams

Atoms: TypeAlias = Mapping[int, int]
"""Variable to atom (0-based), for what is known."""


def nowhere(store: Diagrams) -> int:
    """No case."""
    return store.terminal(result=False)


def everywhere(store: Diagrams) -> int:
    """Every case."""
    return store.terminal(result=True)


def where(store: Diagrams, root: int, chosen: Callable[[Any], bool]) -> int:
    """The cases for which a diagram gives one of the chosen results."""
    return store.map(root, lambda result: store.terminal(result=chosen(result)))


def negation(store: Diagrams, root: int) -> int:
    """All other cases."""
    return where(store, root, not_)


def both(store: Diagrams, left: int, right: int) -> int:
    """The cases of both."""
    yes, no = everywhere(store), nowhere(store)
    return store.apply(left, right, lambda a, b: yes if a and b else no, no)


def either(store: Diagrams, left: int, right: int) -> int:
    """The cases of either."""
    yes, no = everywhere(store), nowhere(store)
    return store.apply(left, right, lambda a, b: yes if a or b else no, yes)


def unequal(store: Diagrams, left: int, right: int) -> int:
    """The cases for which two diagrams give different results."""
    yes, no = everywhere(store), nowhere(store)
    return no if left == right else store.apply(left, right, lambda a, b: no if a is b else yes)


def restrict(store: Diagrams, root: int, variable: int, atom: int) -> int:
    """The diagram with a variable's atom known, so that it no longer asks for it."""

    def step(node: Node, restricted: Mapping[int, int]) -> int:
        return node[1 + atom] if node[0] == variable else store.rebuilt(node, restricted)

    return fold(store.nodes, root, _itself, step, last=variable)[root]


def certain(store: Diagrams, root: int, facts: int) -> int:
    """The cases of a set whatever the free variables, those numbered above `facts`, turn out to be.

    (Universal quantification; free variables come last, so that all below one of them is settled.)
    """
    yes, no = everywhere(store), nowhere(store)

    def step(node: Node, settled: Mapping[int, int]) -> int:
        if node[0] <= facts:
            return store.rebuilt(node, settled)
        return yes if all(settled[child] == yes for child in node[1:]) else no

    return fold(store.nodes, root, _itself, step)[root]


def possible(store: Diagrams, root: int, free: Container[int]) -> int:
    """The cases that are in a set for some atoms of the free variables (existential quantification)."""

    def step(node: Node, settled: Mapping[int, int]) -> int:
        if node[0] not in free:
            return store.rebuilt(node, settled)
        found = nowhere(store)
        for child in node[1:]:
            found = either(store, found, settled[child])
        return found

    return fold(store.nodes, root, _itself, step)[root]


def share(store: Diagrams, root: int) -> float:
    """How much of all combinations of atoms a set holds, 0 to 1."""
    yes = everywhere(store)

    def step(node: Node, shares: Mapping[int, float]) -> float:
        return sum([shares[child] for child in node[1:]]) / (len(node) - 1)

    return fold(store.nodes, root, lambda number: float(number == yes), step)[root]


def combinations(store: Diagrams, root: int, sizes: Sequence[int]) -> int:
    """How many combinations of atoms a set holds; `sizes`: how many each variable has, from the first on."""
    yes, whole = everywhere(store), prod(sizes)

    def step(node: Node, counts: Mapping[int, int]) -> int:
        # Whole numbers all the way: a count is a multiple of the atoms of all variables above its node.
        return sum([counts[child] for child in node[1:]]) // (len(node) - 1)

    return fold(store.nodes, root, lambda number: whole * (number == yes), step)[root]


def shares(store: Diagrams, root: int) -> dict[int, float]:
    """For each terminal (`~number`) of a diagram how much of all combinations leads to it, 0 to 1."""

    def step(node: Node, parts: Mapping[int, Mapping[int, float]]) -> dict[int, float]:
        found: dict[int, float] = {}
        for child in node[1:]:
            for terminal, part in parts[child].items():
                found[terminal] = found.get(terminal, 0) + part
        return {terminal: part / (len(node) - 1) for terminal, part in found.items()}

    return dict(fold(store.nodes, root, lambda number: {number: 1.0}, step)[root])


def a_case(store: Diagrams, root: int, chance: Random | None = None) -> dict[int, int] | None:
    """One case of a set, as far as variables count, the first or one drawn; None where there is none."""
    no = nowhere(store)
    case: dict[int, int] = {}
    while root >= 0:
        # A node of a reduced diagram is nowhere constant: behind each but the terminal `no` there is a case.
        variable, *children = store.nodes[root]
        leading = (each for each in enumerate(children) if each[1] != no)
        case[variable], root = next(leading) if chance is None else chance.choice(list(leading))
    return None if root == no else case


def result(store: Diagrams, root: int, atoms: Atoms) -> Any | None:
    """The result that a diagram gives for a case; None where the case does not say enough."""
    while root >= 0:
        variable, *children = store.nodes[root]
        if variable not in atoms:
            return None
        root = children[atoms[variable]]
    return store.results[~root]


def nearest(store: Diagrams, root: int, atoms: Atoms) -> dict[int, int] | None:
    """The fewest changes to a case that lead into a set, as variable to atom; None where nothing does.

    A variable of which the case says nothing costs nothing; its atom is among the changes.
    """
    yes, unreachable = everywhere(store), float("inf")

    def costs(node: Node, cost: Mapping[int, float]) -> list[float]:
        kept = atoms.get(node[0])
        return [cost[child] + (kept not in (None, atom)) for atom, child in enumerate(node[1:])]

    cost = fold(
        store.nodes,
        root,
        lambda number: 0.0 if number == yes else unreachable,
        lambda node, cost: min(costs(node, cost)),
    )
    if cost[root] == unreachable:
        return None
    changes: dict[int, int] = {}
    while root >= 0:
        node = store.nodes[root]
        atom = costs(node, cost).index(cost[root])
        if atom != atoms.get(node[0]):
            changes[node[0]] = atom
        root = node[1 + atom]
    return changes


def _itself(number: int) -> int:
    return number
