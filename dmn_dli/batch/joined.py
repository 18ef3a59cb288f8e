"""Several diagrams taken together: one number for the functions that a row leaves of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dmn_dli.batch.atom_columns import AtomColumns
from dmn_dli.batch.automaton import Automaton
from dmn_dli.batch.combined import together
from dmn_dli.batch.transitions import Numbers, States

_MOST = 2**18
"""How much may be worked out beside the diagrams themselves."""


class Joined:
    """Numbers for the combinations that rows reach; never all that could be."""

    def __init__(self, automata: Sequence[Automaton]) -> None:
        """Take the automata of the diagrams, of which there is one at least."""
        self._automata = automata
        self._found = States[tuple[int, ...]]()

    @property
    def count(self) -> int:
        """How many numbers there are so far."""
        return self._automata[0].count if len(self._automata) == 1 else len(self._found.all)

    @property
    def full(self) -> bool:
        """Whether more was worked out than is to be kept."""
        beside = len(self._found.all) * len(self._automata)
        return sum(each.size for each in self._automata) + beside > _MOST

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number of each row, of 32 bits; atoms as for an automaton."""
        ends = [each.of(atoms, rows) for each in self._automata]
        if len(ends) == 1:
            return ends[0]
        codes, met = together(ends)
        combinations = zip(*[end[met].tolist() for end in ends], strict=True)
        return np.array([*map(self._found.number, combinations)], np.int32).take(codes)

    def firsts(
        self, numbers: Numbers, known: int, atoms: Mapping[int, Numbers], size: int
    ) -> list[list[int]]:
        """The atoms of the first row of each number that is `known` or larger, in order of the numbers.

        numbers, atoms: of one batch, in which all these came up. The result is by variable, below `size`.
        """
        if self.count == known or not numbers.size:  # what asks for nothing has its number before any row
            return []
        new = np.flatnonzero(numbers >= known)
        found, places = np.unique(numbers[new], return_index=True)
        assert found.tolist() == [*range(known, self.count)], "each number came up in a row"
        return [_placed(atoms, row, size) for row in new[places].tolist()]


def _placed(atoms: Mapping[int, Numbers], row: int, size: int) -> list[int]:
    if isinstance(atoms, AtomColumns):
        return atoms.placed(row, size)
    found = [0] * size
    for variable, column in atoms.items():
        found[variable] = int(column[row])
    return found
