"""What rows leave of one decision, under numbers: rows of one number have the same residual."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.runtime.diagram import Remainder
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.policy import Diagram
from dmn_dli.runtime.residual import Residual


class DecisionStates:
    """The functions of the unknown facts that rows leave of a decision; they serve all further batches."""

    def __init__(self, decision: DecisionKernel, variables: int) -> None:
        """variables: how many the policy's diagrams ask for."""
        self.decision = decision
        self.residuals: list[Residual] = []
        """What is left of the decision, by number."""
        self._variables = variables
        self._functions = States[Diagram]()

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number of each row. atoms: of each variable, 0 where it is unknown or not there."""
        assert self.decision.diagram is not None, "asked only where there is a diagram"
        found = np.empty(rows, np.intp)
        for row in range(rows):
            placed = [0] * (self._variables + 1)
            for variable, column in atoms.items():
                placed[variable] = int(column[row])
            number = self._functions.number(Remainder(self.decision.diagram, placed).reduced())
            if number == len(self.residuals):
                self.residuals.append(self.decision.residual(placed))
            found[row] = number
        return found
