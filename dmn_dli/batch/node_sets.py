"""A decision's diagram as an automaton over columns of atoms: one gather a fact, unknown facts included.

Forward, a state is the set of nodes that a case may have reached before a fact is asked for; an unknown fact
leads to all children. What is reached in the end are the outcomes that remain. Backward, a state parts the
nodes below a fact by what they are functions of once the known facts are fixed. A fact matters exactly where
a node that is reached asks for it, and its children lie in different parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from dmn_dli.batch.transitions import CHUNK, Numbers, States, Transitions
from dmn_dli.runtime.policy import Diagram

Nodes = frozenset[int]
"""Nodes, and terminals as `~number`."""

Parts = tuple[int, ...]
"""For each terminal and node of a diagram the number of its part; -1 for what no earlier fact leads to."""


class _Level:
    """What asks for one fact: the transitions both ways."""

    def __init__(
        self,
        variable: int,
        width: int,
        forward: Callable[[int, int], int],
        backward: Callable[[int, int], int],
        matters: Callable[[int, int], int],
    ) -> None:
        self.variable = variable
        self.width = width
        self.forward = Transitions(forward, width)
        self.backward = Transitions(backward, width)
        self.matters = Transitions(matters, 1)


class Automaton:
    """One decision's diagram."""

    def __init__(self, diagram: Diagram, terminals: int) -> None:
        """terminals: how many outcomes the diagram numbers."""
        self.diagram = diagram
        self._terminals = terminals
        count = len(diagram.variables) + 1
        self._reached: list[States[Nodes]] = [States() for _ in range(count)]
        self._parted: list[States[Parts]] = [States() for _ in range(count)]
        self._reached[0].number(frozenset((diagram.root,)))
        self._levels: list[_Level] = []
        widths = {node[0]: len(node) for node in diagram.nodes}
        for place, variable in enumerate(diagram.variables):
            forward, backward = partial(self._follow, place), partial(self._part, place)
            matters = partial(self._matters, place)
            self._levels.append(_Level(variable, widths[variable], forward, backward, matters))
        self._classes: tuple[int, ...] | None = None
        self._below = [self._asked_after(variable) for variable in diagram.variables]

    def _asked_after(self, variable: int) -> frozenset[int]:
        """Where, among parts, all stands to which what asks for earlier facts than this leads."""
        return frozenset(
            self._place(child) for node in self.diagram.nodes if node[0] < variable for child in node[1:]
        )

    @property
    def ends(self) -> Sequence[Nodes]:
        """What may remain in the end, by the number that `run` gives: terminals as `~number`."""
        return self._reached[-1].all

    def run(
        self, atoms: Mapping[int, Numbers], rows: int, *, all_states: bool = False
    ) -> tuple[list[Numbers], Numbers]:
        """The state of each row before each fact is asked for, where all are wanted, and that in the end.

        atoms: of each variable, 0 where it is unknown; all unknown where it is not there.
        """
        ends = np.empty(rows, np.intp)
        before = [np.empty(rows, np.intp) for _ in self._levels] if all_states else []
        unknown = np.zeros(min(rows, CHUNK), np.intp)
        for start in range(0, rows, CHUNK):
            chunk = slice(start, min(start + CHUNK, rows))
            states = np.zeros(chunk.stop - start, np.intp)
            for place, level in enumerate(self._levels):
                if all_states:
                    before[place][chunk] = states
                known = atoms.get(level.variable)
                given = unknown[: states.size] if known is None else known[chunk]
                states = level.forward.of(states, given, len(self._reached[place].all), level.width)
            ends[chunk] = states
        return before, ends

    def mattering(
        self, atoms: Mapping[int, Numbers], before: Sequence[Numbers], classes: tuple[int, ...], rows: int
    ) -> Numbers:
        """The unknown facts on which a class of outcomes depends: bit i for the i-th variable of the diagram.

        before: as `run` gives it. classes: of each terminal, always the same for one automaton.
        """
        found = np.zeros(rows, np.intp)
        if self._classes is None:
            self._classes = classes
            parts = [-1] * (self._terminals + len(self.diagram.nodes))
            parts[: self._terminals] = classes
            self._parted[-1].number(tuple(parts))
        assert self._classes == classes, "a partition starts from the same classes each time"
        states = np.zeros(rows, np.intp)
        for place in range(len(self._levels) - 1, -1, -1):
            level = self._levels[place]
            known = atoms.get(level.variable)
            given = np.zeros(rows, np.intp) if known is None else known
            reached, parted = len(self._reached[place].all), len(self._parted[place + 1].all)
            matters = level.matters.of(before[place], states, reached, parted)
            found |= np.where(given == 0, matters, 0) << place
            states = level.backward.of(states, given, parted, level.width)
        return found

    def _follow(self, place: int, state: int, atom: int) -> int:
        """One level on from a set of nodes; what asks for a later fact stays."""
        nodes, variable = self.diagram.nodes, self._levels[place].variable
        found: set[int] = set()
        for number in self._reached[place].all[state]:
            if number < 0 or nodes[number][0] != variable:
                found.add(number)
            elif atom:
                found.add(nodes[number][atom])
            else:
                found.update(nodes[number][1:])
        return self._reached[place + 1].number(frozenset(found))

    def _place(self, number: int) -> int:
        """Where a node or terminal stands among parts."""
        return ~number if number < 0 else self._terminals + number

    def _part(self, place: int, state: int, atom: int) -> int:
        """The partition one level up: the nodes of the level join the parts of their children.

        A node whose children lie in different parts, its fact being unknown, is in one with those whose
        children lie likewise.
        """
        parts = list(self._parted[place + 1].all[state])
        kinds: dict[tuple[int, ...], int] = {}
        new = max(parts) + 1
        for number, node in enumerate(self.diagram.nodes):
            if node[0] != self._levels[place].variable:
                continue
            below = tuple([parts[self._place(child)] for child in node[1:]])
            if atom:
                part = below[atom - 1]
            elif below.count(below[0]) == len(below):
                part = below[0]
            else:
                part = kinds.setdefault(below, new + len(kinds))
            parts[self._terminals + number] = part
        order: dict[int, int] = {}
        below_here = self._below[place]
        numbered = [
            order.setdefault(each, len(order)) if where in below_here else -1
            for where, each in enumerate(parts)
        ]
        return self._parted[place].number(tuple(numbered))

    def _matters(self, place: int, state: int, parted: int) -> int:
        """Whether some node that is reached asks for the level's fact, its children in different parts."""
        nodes, parts = self.diagram.nodes, self._parted[place + 1].all[parted]
        for number in self._reached[place].all[state]:
            if number < 0 or nodes[number][0] != self._levels[place].variable:
                continue
            if len({parts[self._place(child)] for child in nodes[number][1:]}) > 1:
                return 1
        return 0


class JoinedStates:
    """Numbers for the combinations of ends that rows reach; never all that could be."""

    def __init__(self, automata: Sequence[Automaton]) -> None:
        """Take the decisions to be joined, none for one state alone."""
        self._automata = automata
        self._pairs: list[States[tuple[int, int]]] = [States() for _ in automata]
        self._steps = [
            Transitions(lambda code, end, pairs=pairs: pairs.number((code, end)), 1)  # type: ignore[misc]
            for pairs in self._pairs
        ]

    def of(self, codes: Numbers, count: int, atoms: Mapping[int, Numbers]) -> tuple[Numbers, int]:
        """The number of what each row's code, of so many, and the ends of the automata are together.

        Also how many there are. atoms: as for `Automaton.run`.
        """
        for automaton, pairs, step in zip(self._automata, self._pairs, self._steps, strict=True):
            _, ends = automaton.run(atoms, len(codes))
            codes = step.of(codes, ends, count, len(automaton.ends))
            count = len(pairs.all)
        return codes, count


def first_rows(numbers: Numbers) -> list[tuple[int, int]]:
    """Each number that is there, with the first row that has it."""
    found, rows = np.unique(numbers, return_index=True)
    return [*zip(found.tolist(), rows.tolist(), strict=True)]
