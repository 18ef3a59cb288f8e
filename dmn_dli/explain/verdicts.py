"""What a policy says of every case, as one diagram over the facts; all explanations are read from it.

service                     The terminals are determinations, and two more: ERROR where the
├─ dli ──► transplant       tables conflict or give no value, RULED_OUT where an assumption
│          ├─ allo ──► medically necessary      says that there is no such case.
│          └─ else ──► criteria not met
└─ else ─► not addressed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diagrams.transfer import compiled_diagram, stored_diagram
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.diagram import IMPOSSIBLE, Remainder, mattering
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Diagram

STEPS = 10_000_000
"""How many steps the diagram of all answers may take."""


class NoDetermination(Enum):
    """What a complete case may come to instead of a determination."""

    ERROR = "error"
    RULED_OUT = "ruled out"


@frozen(slots=False)
class Verdicts:
    """A reduced diagram from a policy's facts to what its record says.

    diagram: its terminals number the results. results: determinations as JSON, and NoDetermination.
    Atoms are those of `PolicyKernel.case_reader`: by variable, 0 where the fact is unknown.
    """

    diagram: Diagram
    results: tuple[Any, ...]

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many atoms each variable has on which the determination depends."""
        return {node[0]: len(node) - 1 for node in self.diagram.nodes}

    @cached_property
    def ruled_out(self) -> frozenset[int]:
        """The number of the result RULED_OUT, where some combination has it."""
        return frozenset(
            number for number, result in enumerate(self.results) if result is NoDetermination.RULED_OUT
        )

    def number(self, determination: object) -> int | None:
        """The number of a determination; None where no case has it."""
        known = repr(determination)
        return next((number for number, result in enumerate(self.results) if repr(result) == known), None)

    def possible(self, atoms: Sequence[int]) -> frozenset[int]:
        """The results that some completion of the facts reaches; none where the facts are ruled out."""
        return frozenset(Remainder(self.diagram, atoms).terminals()) - self.ruled_out

    def missing(self, atoms: Sequence[int]) -> set[int]:
        """The variables of unknown facts that matter."""
        return mattering([(Remainder(self.diagram, atoms), self._classes)])

    @cached_property
    def _classes(self) -> dict[int, int]:
        return {
            number: IMPOSSIBLE if number in self.ruled_out else number for number in range(len(self.results))
        }


def verdicts(kernel: PolicyKernel) -> Verdicts:
    """The diagram of a policy whose diagrams alone answer. Raises TooLarge."""
    store = Diagrams()
    store.allow(STEPS)
    root = _stored(store, kernel.final, _determined)
    for decision in kernel.decisions:
        if decision is not kernel.final:
            root = store.apply(root, _stored(store, decision, _silent), partial(_joined, store))
    return _verdicts(store, root)


def standings(decision: DecisionKernel) -> Verdicts:
    """The diagram of a criterion: true where it is met, false where not, null where it does not apply."""
    store = Diagrams()
    store.allow(STEPS)
    return _verdicts(store, _stored(store, decision, attrgetter("json")))


def _verdicts(store: Diagrams, root: int) -> Verdicts:
    diagram, results = compiled_diagram(store, root)
    return Verdicts(diagram, tuple(results))


def _determined(outcome: OutcomeView) -> Any:
    return NoDetermination.ERROR if outcome.undetermined else outcome.first


def _silent(_: OutcomeView) -> None:
    """Nothing is said of what a decision gives, but for its errors."""


def _stored(store: Diagrams, decision: DecisionKernel, said: Callable[[OutcomeView], Any]) -> int:
    """A decision's diagram to what is said of its outcomes, and to what is none."""
    assert decision.diagram is not None, "diagrams alone answer"

    def terminal(number: int) -> int:
        outcome = decision.outcome(number)
        if number == decision.impossible:
            result: Any = NoDetermination.RULED_OUT
        else:
            result = NoDetermination.ERROR if outcome.problems else said(outcome)
        return store.terminal(result, repr(result))

    return stored_diagram(store, decision.diagram, terminal)


def _joined(store: Diagrams, determined: Any, other: Any) -> int:
    """The determination, unless another decision is in error, or the case is ruled out."""
    for none in (NoDetermination.RULED_OUT, NoDetermination.ERROR):
        if none in (determined, other):
            return store.terminal(none, repr(none))
    return store.terminal(determined, repr(determined))
