"""What rows leave of one decision, under numbers: rows of one number have the same residual."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.batch.automaton import Automaton
from dmn_dli.batch.joined import Joined
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.residual import Residual


class DecisionStates:
    """The functions of the unknown facts that rows leave of a decision; they serve all further batches.

    Of a decision with parts the functions of all its diagrams are taken together.
    """

    def __init__(self, decision: DecisionKernel, variables: int) -> None:
        """variables: how many the policy's diagrams ask for."""
        assert decision.diagram is not None, "asked only where there is a diagram"
        self.decision = decision
        self.residuals: list[Residual] = []
        """What is left of the decision, by number."""
        self._size = variables + 1
        compiled = decision.decision
        diagrams = [decision.diagram, *compiled.parts.values(), *[where for _, where in compiled.items]]
        self._joined = Joined([Automaton(each) for each in dict.fromkeys(diagrams)])

    @property
    def full(self) -> bool:
        """Whether so much was worked out that new states should take the place of these.

        Only data in which hardly any two rows leave the same comes to that. Between batches, whoever keeps
        what follows from the numbers drops it together with these states and makes new ones.
        """
        return self._joined.full

    def of(self, atoms: Mapping[int, Numbers], rows: int) -> Numbers:
        """The number of each row, of 32 bits. atoms: of each variable, 0 where unknown or not there."""
        found = self._joined.of(atoms, rows)
        new = self._joined.firsts(found, len(self.residuals), atoms, self._size)
        self.residuals += [self.decision.residual(placed) for placed in new]
        return found
