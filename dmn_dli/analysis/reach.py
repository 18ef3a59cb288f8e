"""Which cases lead somewhere: diagrams that are true for these cases and false for all others.

Facts come first in a diagram, then the variables that no fact settles (`free`):
clauses and tests that cannot be traced to classes of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from functools import partial
from typing import Any

from dmn_dli.diagrams.store import Diagrams


def nowhere(store: Diagrams) -> int:
    """The diagram that no case leads to."""
    return store.terminal(result=False)


def everywhere(store: Diagrams) -> int:
    """The diagram that every case leads to."""
    return store.terminal(result=True)


def where(store: Diagrams, root: int, wanted: Collection[Hashable]) -> int:
    """The cases for which a diagram gives one of the wanted results."""
    return store.map(root, partial(_member, wanted, everywhere(store), nowhere(store)))


def both(store: Diagrams, left: int, right: int) -> int:
    """The cases of both."""
    yes, no = everywhere(store), nowhere(store)
    return store.combine(left, right, lambda a, b: yes if a and b else no, no)


def a_case(store: Diagrams, root: int) -> dict[int, int] | None:
    """One case: variable to atom, for the variables that count; None where there is none."""
    goal = everywhere(store)
    dead: set[int] = set()

    def visit(number: int) -> list[tuple[int, int]] | None:
        if number == goal:
            return []
        if number < 0 or number in dead:
            return None
        variable, children = store.nodes[number]
        for atom, child in enumerate(children):
            way = visit(child)
            if way is not None:
                return [(variable, atom), *way]
        dead.add(number)
        return None

    way = visit(root)
    return None if way is None else dict(way)


def whatever_is_free(store: Diagrams, root: int, facts: int) -> int:
    """The cases that lead there whatever the free variables, those numbered above `facts`, turn out to be."""
    return _rebuilt(store, root, partial(_all_children, store, facts))


def share(store: Diagrams, root: int) -> float:
    """How much of all combinations of atoms leads there, 0 to 1."""
    goal = everywhere(store)
    known: dict[int, float] = {}

    def visit(number: int) -> float:
        if number < 0:
            return float(number == goal)
        if number not in known:
            children = store.nodes[number][1]
            known[number] = sum(visit(child) for child in children) / len(children)
        return known[number]

    return visit(root)


def _member(wanted: Collection[Hashable], yes: int, no: int, result: Any) -> int:
    return yes if result in wanted else no


def _all_children(store: Diagrams, facts: int, variable: int, children: list[int]) -> int:
    if variable <= facts:
        return store.node(variable, children)
    return min(children, key=lambda child: child == everywhere(store))


def _rebuilt(store: Diagrams, root: int, node: Callable[[int, list[int]], int]) -> int:
    done: dict[int, int] = {}

    def visit(number: int) -> int:
        if number < 0:
            return number
        if number not in done:
            variable, children = store.nodes[number]
            done[number] = node(variable, [visit(child) for child in children])
        return done[number]

    return visit(root)
