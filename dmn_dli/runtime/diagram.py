"""Partial evaluation of diagrams: what may still come out once the known facts are fixed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from itertools import combinations

from dmn_dli.runtime.policy import Diagram

IMPOSSIBLE = 2**31
"""The class of outcomes that no real case has, because the assumptions rule them out."""


def reached(diagram: Diagram, atoms: Sequence[int]) -> set[int]:
    """The terminals that some completion of the facts reaches, by number.

    atoms: the atom of each variable, 0 where it is unknown.
    """
    start, below = _open_nodes(diagram, atoms)
    if start < 0:
        return {~start}
    return {~child for children in below.values() for child in children if child < 0}


def restrict(diagram: Diagram, atoms: Sequence[int], classes: Mapping[int, int] | None = None) -> Diagram:
    """The reduced diagram over the unknown variables alone.

    classes: outcomes of one class count as one (default: each is its own class); terminals number classes.
    What the result can reach are the classes of all completions, and it depends on a variable exactly if
    two completions that differ only there have different classes.
    """
    nodes = diagram.nodes
    start, below = _open_nodes(diagram, atoms)
    found: dict[int, int] = {}
    unique: dict[tuple[int, ...], int] = {}
    # Children have smaller numbers than their parents, so that each node meets its children's results.
    for number in sorted(below):
        children = [
            found[child] if child >= 0 else child if classes is None else ~classes[~child]
            for child in below[number]
        ]
        first = children[0]
        if children.count(first) == len(children):
            found[number] = first
        else:
            found[number] = unique.setdefault((nodes[number][0], *children), len(unique))
    if start < 0:
        return Diagram((), start if classes is None else ~classes[~start])
    return Diagram(tuple(unique), found[start])


def _open_nodes(diagram: Diagram, atoms: Sequence[int]) -> tuple[int, dict[int, list[int]]]:
    """Where the known facts lead from the root, and all open nodes below, each with its children.

    An open node asks for an unknown variable; a child is the open node or the terminal to which the known
    facts lead on.
    """
    nodes = diagram.nodes
    below: dict[int, list[int]] = {}
    start = diagram.root
    while start >= 0 and atoms[nodes[start][0]]:
        start = nodes[start][atoms[nodes[start][0]]]
    waiting = [start] if start >= 0 else []
    while waiting:
        number = waiting.pop()
        if number in below:
            continue
        found = below[number] = []
        for child in nodes[number][1:]:
            # The same walk again: a call for each child would double the time of a case with unknown facts.
            while child >= 0:
                node = nodes[child]
                atom = atoms[node[0]]
                if not atom:
                    waiting.append(child)
                    break
                child = node[atom]  # noqa: PLW2901 - it walks on
            found.append(child)
    return start, below


def support(diagram: Diagram) -> set[int]:
    """The variables on which such a diagram depends."""
    return {node[0] for node in diagram.nodes}


def certain(diagram: Diagram, free: Container[int]) -> set[int]:
    """The terminals that some choice of the other variables reaches whatever the `free` ones are."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = [diagram.root]
    while waiting:
        number = waiting.pop()
        if number < 0:
            found.add(~number)
        elif number not in seen:
            seen.add(number)
            variable, *children = diagram.nodes[number]
            if variable not in free:
                waiting += children
    return found


def mattering(questions: Iterable[tuple[Diagram, Mapping[int, int]]], atoms: Sequence[int]) -> set[int]:
    """The unknown variables on which it depends how some questions are answered, all taken together.

    questions: diagrams, each with the classes of its terminals. A variable matters when it belongs to an
    inclusion-minimal set of variables by which two possible completions of different classes differ. Without
    impossible combinations such a set is always a single variable, one that the restricted diagram asks for;
    with them, facts that hang together may only differ together.
    """
    found: set[frozenset[int]] = set()
    for diagram, classes in questions:
        restricted = restrict(diagram, atoms, classes)
        variables = sorted(support(restricted))
        if IMPOSSIBLE in classes.values():
            found |= _parting(restricted, variables)
        else:
            found |= {frozenset((each,)) for each in variables}
    return set().union(*(each for each in found if not any(smaller < each for smaller in found)))


def _parting(restricted: Diagram, variables: Sequence[int]) -> set[frozenset[int]]:
    """The inclusion-minimal sets of variables by which possible completions of different classes differ."""
    found = {frozenset((each,)) for each in variables if _differ(restricted, {each})}
    others = [each for each in variables if frozenset((each,)) not in found]
    for size in range(2, len(others) + 1):
        for chosen in map(frozenset, combinations(others, size)):
            if not any(known <= chosen for known in found) and _differ(restricted, chosen):
                found.add(chosen)
    return found


def _differ(diagram: Diagram, free: Set[int]) -> bool:
    """Whether possible completions that differ in the free variables alone reach different classes.

    Walks all the nodes that one choice of the other variables leads to at once.
    """
    nodes = diagram.nodes
    seen: set[frozenset[int]] = set()
    waiting = [frozenset((diagram.root,))]
    while waiting:
        numbers = waiting.pop()
        if numbers in seen:
            continue
        seen.add(numbers)
        inner = [number for number in numbers if number >= 0]
        if not inner:
            if len(numbers - {~IMPOSSIBLE}) > 1:
                return True
            continue
        variable = min(nodes[number][0] for number in inner)
        asked = [number for number in inner if nodes[number][0] == variable]
        others = numbers.difference(asked)
        following = [
            others.union(children) for children in zip(*[nodes[number][1:] for number in asked], strict=True)
        ]
        waiting += [frozenset().union(*following)] if variable in free else following
    return False
