"""Several diagrams taken together: one number for the functions that a row leaves of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dmn_dli.batch.automaton import Automaton
from dmn_dli.batch.transitions import Numbers, States

_LARGEST = 2**62


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
    def size(self) -> int:
        """As of an automaton."""
        return sum(each.size for each in self._automata) + len(self._found.all) * (len(self._automata) - 1)

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number of each row, of 32 bits; atoms as for an automaton."""
        ends = [each.of(atoms, rows) for each in self._automata]
        if len(ends) == 1:
            return ends[0]
        codes, largest = ends[0].astype(np.int64), self._automata[0].count
        for automaton, end in zip(self._automata[1:], ends[1:], strict=True):
            if largest * automaton.count >= _LARGEST:
                values, codes = np.unique(codes, return_inverse=True)
                largest = values.size
            codes = codes * automaton.count + end
            largest *= automaton.count
        _, firsts, places = np.unique(codes, return_index=True, return_inverse=True)
        numbers = [self._found.number(tuple([int(end[row]) for end in ends])) for row in firsts.tolist()]
        return np.array(numbers, np.int32).take(places)
