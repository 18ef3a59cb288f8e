"""Partial evaluation of diagrams: what may still come out once the known facts are fixed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from dmn_dli.runtime.policy import Diagram

IMPOSSIBLE = 2**31
"""The class of outcomes that no real case has, because the assumptions rule them out."""


_NONE: frozenset[int] = frozenset()


class Remainder:
    """What is left of a diagram once the known facts are fixed; each answer is worked out when asked for.

    whole: whether it asks for something and no known fact leads anywhere in it, so that all of it remains.
    """

    def __init__(self, diagram: Diagram, atoms: Sequence[int]) -> None:
        """Take the atom of each variable, 0 where it is unknown."""
        self.diagram = diagram
        self.atoms = atoms
        nodes, root, variables = diagram
        # Mostly the first variable tells already.
        self.whole = (
            root >= 0 and not atoms[nodes[root][0]] and not any(atoms[variable] for variable in variables)
        )
        self._opened: tuple[int, dict[int, list[int]]] | None = None

    def terminals(self) -> set[int]:
        """The terminals that some completion of the facts reaches, by number."""
        if self.whole:
            return {~child for node in self.diagram.nodes for child in node[1:] if child < 0}
        start, below = self._open_nodes()
        if start < 0:
            return {~start}
        return {~child for children in below.values() for child in children if child < 0}

    def reduced(self, classes: Mapping[int, int] | None = None) -> Diagram:
        """The reduced diagram over the unknown variables alone.

        classes: outcomes of one class count as one (default: each is its own class); terminals number
        classes. What the result can reach are the classes of all completions, and it depends on a variable
        exactly if two completions that differ only there have different classes.
        """
        nodes = self.diagram.nodes
        start, below = self._open_nodes()
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
            return Diagram((), start if classes is None else ~classes[~start], ())
        return Diagram(tuple(unique), found[start], tuple(sorted({node[0] for node in unique})))

    def variables(self, classes: Mapping[int, int]) -> tuple[int, ...]:
        """The unknown variables on which it depends, ascending, where outcomes of one class count as one."""
        # Where all of it remains and no two outcomes count as one, there is nothing to work out.
        if self.whole and len({*classes.values()}) == len(classes):
            return self.diagram.variables
        return self.reduced(classes).variables

    def _open_nodes(self) -> tuple[int, dict[int, list[int]]]:
        """Where the known facts lead from the root, and all open nodes below, each with its children.

        An open node asks for an unknown variable; a child is the open node or the terminal to which the
        known facts lead on. Worked out once.
        """
        if self._opened is not None:
            return self._opened
        nodes, atoms = self.diagram.nodes, self.atoms
        below: dict[int, list[int]] = {}
        start = _followed(self.diagram, atoms)
        waiting = [start] if start >= 0 else []
        while waiting:
            number = waiting.pop()
            if number in below:
                continue
            found = below[number] = []
            for child in nodes[number][1:]:
                # The same walk again: a call for each child would double the time of a case.
                while child >= 0:
                    node = nodes[child]
                    atom = atoms[node[0]]
                    if not atom:
                        waiting.append(child)
                        break
                    child = node[atom]  # noqa: PLW2901 - it walks on
                found.append(child)
        self._opened = start, below
        return self._opened


def _followed(diagram: Diagram, atoms: Sequence[int]) -> int:
    """Where the known facts lead from the root: an open node, or a terminal."""
    nodes, number, _ = diagram
    while number >= 0:
        node = nodes[number]
        atom = atoms[node[0]]
        if not atom:
            break
        number = node[atom]
    return number


def certain(diagram: Diagram, free: Container[int], impossible: int | None = None) -> set[int]:
    """The terminals that some choice of the other variables reaches whatever the `free` ones are.

    impossible: the terminal of what no case is; the free variables then come after all others.
    """
    ends: list[frozenset[int]] = []

    def possible(number: int) -> frozenset[int]:
        if number >= 0:
            return ends[number]
        return _NONE if ~number == impossible else frozenset((~number,))

    for _, *children in diagram.nodes:
        ends.append(_NONE.union(*map(possible, children)))
    found: set[int] = set()
    seen: set[int] = set()
    waiting = [diagram.root]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if number >= 0 and diagram.nodes[number][0] not in free:
            waiting += diagram.nodes[number][1:]
        elif len(possible(number)) == 1:
            found |= possible(number)
    return found


def mattering(questions: Iterable[tuple[Remainder, Mapping[int, int]]]) -> set[int]:
    """The unknown variables on which it depends how some questions are answered, all taken together.

    questions: what is left of diagrams, each with the classes of its terminals. A variable matters when it
    belongs to an inclusion-minimal set of variables by which two possible completions of different classes
    differ. Without impossible combinations such a set is always a single variable, one that the reduced
    diagram asks for; with them, facts that hang together may only differ together.
    """
    alone: set[int] = set()
    together: set[frozenset[int]] = set()
    for remainder, classes in questions:
        if IMPOSSIBLE not in classes.values():
            alone.update(remainder.variables(classes))
            continue
        reduced = remainder.reduced(classes)
        if any(~IMPOSSIBLE in node for node in reduced.nodes):
            together |= parting_sets(reduced)
        else:
            alone.update(reduced.variables)
    if not together:
        return alone
    together |= {frozenset((each,)) for each in alone}
    return set().union(*(each for each in together if not any(smaller < each for smaller in together)))


def parting_sets(reduced: Diagram) -> set[frozenset[int]]:
    """The inclusion-minimal sets of variables by which possible completions of different classes differ."""
    variables = reduced.variables
    found = {frozenset((each,)) for each in variables if _differ(reduced, {each})}
    others = [each for each in variables if frozenset((each,)) not in found]
    for size in range(2, len(others) + 1):
        for chosen in map(frozenset, combinations(others, size)):
            if not any(known <= chosen for known in found) and _differ(reduced, chosen):
                found.add(chosen)
    return found


def parting(
    remainder: Remainder, classes: Mapping[int, int], groups: Iterable[frozenset[int]]
) -> list[frozenset[int]]:
    """The groups of unknown variables by which alone two possible completions of different classes differ."""
    reduced = remainder.reduced(classes)
    return [each for each in groups if _differ(reduced, each)]


def compatible(conditions: Sequence[tuple[Diagram, Sequence[bool]]], atoms: Sequence[int]) -> bool:
    """Whether some completion of the facts fulfils all conditions.

    A condition is a diagram, and for each of its terminals whether it fulfils the condition.
    """
    starts = [_followed(diagram, atoms) for diagram, _ in conditions]
    seen: set[tuple[int, ...]] = set()
    waiting = [tuple(starts)]
    while waiting:
        numbers = waiting.pop()
        met = list(zip(conditions, numbers, strict=True))
        if numbers in seen or not all(number >= 0 or fulfils[~number] for (_, fulfils), number in met):
            continue
        seen.add(numbers)
        asked = [diagram.nodes[number] if number >= 0 else () for (diagram, _), number in met]
        node = min(filter(None, asked), default=None, key=lambda node: node[0])
        if node is None:
            return True
        atom = atoms[node[0]]
        waiting += [
            tuple(
                [
                    each[taken] if each[:1] == node[:1] else number
                    for each, number in zip(asked, numbers, strict=True)
                ]
            )
            for taken in ((atom,) if atom else range(1, len(node)))
        ]
    return False


def _differ(diagram: Diagram, free: Container[int]) -> bool:
    """Whether possible completions that differ in the free variables alone reach different classes."""
    return any(len(ends - {~IMPOSSIBLE}) > 1 for ends in ends_together(diagram, free))


def ends_together(
    diagram: Diagram, free: Container[int], box: Mapping[int, int] = {}
) -> Iterator[frozenset[int]]:
    """For each choice of the variables that are not free, what the free ones may lead to (`~` terminals).

    box: for some variables the atoms that they may have, as a bitmask: bit 0 for the first atom. Walks all
    the nodes that one choice leads to at once; what many choices lead to comes once.
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
            yield numbers
            continue
        variable = min(nodes[number][0] for number in inner)
        asked = [number for number in inner if nodes[number][0] == variable]
        others = numbers.difference(asked)
        taken = box.get(variable, -1)
        following = [
            others.union(children)
            for atom, children in enumerate(zip(*[nodes[number][1:] for number in asked], strict=True))
            if taken >> atom & 1
        ]
        waiting += [frozenset().union(*following)] if variable in free else following
