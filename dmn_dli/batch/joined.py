"""The states of several decisions taken together, under one number a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dmn_dli.batch.automaton import Automaton
from dmn_dli.batch.transitions import Numbers, States, Transitions


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
