"""Ways through diagrams: where a case leads, and the fewest changes that lead it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.analysis.reach import everywhere, nowhere
from dmn_dli.diagrams.store import Diagrams

Atoms = Mapping[int, int]
"""Variable to atom (0-based), for what is known."""

Changes = dict[int, int]


def outcome(store: Diagrams, root: int, atoms: Atoms) -> Any | None:
    """The result to which a case leads; None where it does not say enough."""
    number = root
    while number >= 0:
        variable, children = store.nodes[number]
        if variable not in atoms:
            return None
        number = children[atoms[variable]]
    return store.results[~number]


def nearest(store: Diagrams, root: int, atoms: Atoms) -> Changes | None:
    """The fewest changes to a case that lead to true, as variable to atom; None where nothing does.

    A variable of which the case says nothing costs nothing; its atom is among the changes.
    """
    goal = everywhere(store)
    known: dict[int, tuple[int, Changes] | None] = {}

    def visit(number: int) -> tuple[int, Changes] | None:
        if number < 0:
            return (0, {}) if number == goal else None
        if number not in known:
            variable, children = store.nodes[number]
            kept = atoms.get(variable)
            best: tuple[int, Changes] | None = None
            for atom, child in enumerate(children):
                way = visit(child)
                if way is None:
                    continue
                cost = way[0] + (kept is not None and atom != kept)
                if best is None or cost < best[0]:
                    best = (cost, way[1] if atom == kept else {variable: atom, **way[1]})
            known[number] = best
        return known[number]

    way = visit(root)
    return None if way is None else way[1]


def fixed(store: Diagrams, root: int, variable: int, atom: int) -> int:
    """The diagram with a variable's atom known, so that it no longer asks for it."""
    done: dict[int, int] = {}

    def visit(number: int) -> int:
        if number < 0 or store.nodes[number][0] > variable:
            return number
        if number not in done:
            asked, children = store.nodes[number]
            done[number] = (
                children[atom] if asked == variable else store.node(asked, [visit(each) for each in children])
            )
        return done[number]

    return visit(root)


def differing(store: Diagrams, left: int, right: int) -> int:
    """Where two diagrams have different results."""
    yes, no = everywhere(store), nowhere(store)
    return no if left == right else store.combine(left, right, lambda a, b: no if a is b else yes)
