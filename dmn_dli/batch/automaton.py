"""A diagram as an automaton over columns of atoms, unknown facts included.

A state after some facts is a function: the diagram with those of them that are known put in. A known atom
restricts it; an unknown fact leaves it as it is, and it goes on asking. States are nodes of one store, in
which equal functions are one node: in the end rows have one number exactly where they are left with one
function of what they do not know. Transitions are made where a row first asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dmn_dli.batch.levels import Fused, Level, Scratch, fused
from dmn_dli.batch.transitions import CHUNK, Numbers, States
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.runtime.policy import Diagram

_COMBINATIONS = 2**15 - 1
"""Up to how many combinations of atoms facts are asked for together: their number fits 16 bits."""

_ENTRIES = 2**18
"""Up to how many entries the table of facts asked for together may have, before they are asked for apart."""


class Automaton:
    """One diagram; what it works out for one batch serves all further ones."""

    def __init__(self, diagram: Diagram) -> None:
        """Take a diagram in its flat form."""
        self._store = Diagrams()
        numbers: list[int] = []
        for variable, *children in diagram.nodes:
            own = [each if each < 0 else numbers[each] for each in children]
            numbers.append(self._store.node(variable, own))
        reached = [States[int]() for _ in range(len(diagram.variables) + 1)]
        reached[0].number(diagram.root if diagram.root < 0 else numbers[diagram.root])
        widths = {node[0]: len(node) for node in diagram.nodes}
        self._levels = [
            Level(variable, widths[variable], self._store, reached[place], reached[place + 1])
            for place, variable in enumerate(diagram.variables)
        ]
        self._groups = fused(self._levels, _COMBINATIONS)
        self._ends = reached[-1]
        self._edges = sum(widths[node[0]] for node in diagram.nodes)

    @property
    def count(self) -> int:
        """How many numbers there are so far."""
        return len(self._ends.all)

    @property
    def size(self) -> int:
        """How much was worked out that the diagram itself does not hold; the memory in use grows with it."""
        return sum(each.size for each in self._levels) + len(self._store.nodes) - 2 * self._edges

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number, of 32 bits, of the function that each row leaves of the diagram.

        atoms: of each variable, 0 where it is unknown; all unknown where it is not there.
        """
        found = np.zeros(rows, np.int32)
        scratch = Scratch(min(rows, CHUNK))
        combinations = {group: group.combination(atoms) for group in self._groups}
        for start in range(0, rows, CHUNK):
            chunk = slice(start, min(start + CHUNK, rows))
            states: Numbers | None = None
            place = 0
            while place < len(self._groups):
                group = self._groups[place]
                if group.entries > _ENTRIES and len(group.levels) > 1:
                    middle = (len(group.levels) + 1) // 2
                    parts = group.levels[:middle], group.levels[middle:]
                    self._groups[place : place + 1] = [Fused(each) for each in parts]
                    combinations |= {
                        each: each.combination(atoms) for each in self._groups[place : place + 2]
                    }
                    continue
                states = group.of(states, combinations[group].of(chunk, scratch), scratch)
                place += 1
            if states is not None:
                found[chunk] = states
        return found
