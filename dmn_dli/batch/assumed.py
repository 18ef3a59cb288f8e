"""Which rows the assumptions of a policy allow: those that some completion of their facts fulfils."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.automaton import Automaton
from dmn_dli.batch.joined import Joined
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.diagram import compatible
from dmn_dli.runtime.policy import Policy


class AssumedRows:
    """What is worked out for one batch serves all further ones."""

    def __init__(self, policy: Policy) -> None:
        """Take a policy all of whose assumptions the diagrams tell."""
        self._conditions = [(each.diagram, each.possible) for each in policy.assumptions]
        self._size = policy.variables + 1
        self._joined = Joined([Automaton(each.diagram) for each in policy.assumptions])
        self._possible: NDArray[np.bool_] = np.empty(0, bool)

    @property
    def full(self) -> bool:
        """As of the states of a decision."""
        return self._joined.full

    def possible(self, atoms: Mapping[int, Numbers], rows: int) -> NDArray[np.bool_]:
        """Of each row whether all assumptions together allow it; atoms as for the states of a decision."""
        if not self._conditions:
            return np.ones(rows, bool)
        numbers = self._joined.of(atoms, rows)
        new = self._joined.firsts(numbers, self._possible.size, atoms, self._size)
        self._possible = np.append(self._possible, [compatible(self._conditions, each) for each in new])
        found: NDArray[np.bool_] = self._possible.astype(bool, copy=False).take(numbers)
        return found
