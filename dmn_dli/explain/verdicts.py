"""What a policy says of every case, as one diagram over the facts; all explanations are read from it.

service                     The terminals are determinations, and two more: ERROR where the
├─ dli ──► transplant       tables conflict or give no value, RULED_OUT where an assumption
│          ├─ allo ──► medically necessary      says that there is no such case.
│          └─ else ──► criteria not met
└─ else ─► not addressed
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import Any

from attrs import frozen

from dmn_dli.evaluate.decision import DecisionKernel, OutcomeView
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.spread import IMPOSSIBLE, Node, nest, spread, spread_possible


class NoDetermination(Enum):
    """What a complete case may come to instead of a determination."""

    ERROR = "error"
    RULED_OUT = "ruled out"


@frozen(slots=False)
class Verdicts:
    """A reduced diagram from a policy's facts to what its record says.

    nodes: `(variable, child of atom 1, …)`, children before parents; a child, and `root`, is the position
    of an earlier node or `~number` of a result. results: determinations as JSON, and NoDetermination.
    Atoms are those of `PolicyKernel.case_reader`: by variable, 0 where the fact is unknown.
    """

    nodes: tuple[tuple[int, ...], ...]
    root: int
    results: tuple[Any, ...]

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many atoms each variable has on which the determination depends."""
        return {variable: len(children) for variable, *children in self.nodes}

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
        return frozenset(spread(self._nested, atoms)[0]) - self.ruled_out

    def missing(self, atoms: Sequence[int]) -> set[int]:
        """The variables of unknown facts that matter."""
        classes = {
            number: IMPOSSIBLE if number in self.ruled_out else number for number in range(len(self.results))
        }
        if self.ruled_out:
            return spread_possible(self._nested, atoms, classes)
        return spread(self._nested, atoms, classes)[1]

    @cached_property
    def _nested(self) -> Node:
        return nest(self.nodes, self.root)


def analysable(kernel: PolicyKernel) -> bool:
    """Whether the policy's diagrams alone answer, with nothing left to compute."""
    return not kernel.payload["derived"] and all(each.regular for each in kernel.decisions)


def verdicts(kernel: PolicyKernel) -> Verdicts:
    """The diagram of an analysable policy."""
    unknown = [0] * (kernel.payload["variables"] + 1)
    others = [each for each in kernel.decisions if each is not kernel.final and _can_fail(each, unknown)]
    return _Joining([kernel.final, *others]).run()


def _can_fail(decision: DecisionKernel, unknown: Sequence[int]) -> bool:
    return any(
        decision.outcome(number).problems
        for number in spread(decision.root, unknown)[0]
        if number != decision.impossible
    )


class _Joining:
    """Walks the diagrams of several decisions together: the first determines, all may fail."""

    def __init__(self, decisions: Sequence[DecisionKernel]) -> None:
        self._decisions = decisions
        self._nodes: dict[tuple[int, ...], int] = {}
        self._results: dict[str, Any] = {}
        self._seen: dict[tuple[int, ...], int] = {}

    def run(self) -> Verdicts:
        root = self._visit(tuple(each.root for each in self._decisions))
        return Verdicts(tuple(self._nodes), root, tuple(self._results.values()))

    def _visit(self, places: tuple[Node, ...]) -> int:
        # An inner node is known by its identity, which is positive; an outcome by what is below zero.
        key = tuple([id(each) if each.__class__ is tuple else ~each for each in places])
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._inner(places)
        return found

    def _inner(self, places: tuple[Node, ...]) -> int:
        inner = [each for each in places if each.__class__ is tuple]
        if not inner:
            pairs = zip(self._decisions, places, strict=True)
            return ~self._result([decision.outcome(number) for decision, number in pairs])
        variable = min(each[0] for each in inner)
        atoms = next(len(each) for each in inner if each[0] == variable)
        children = [
            self._visit(
                tuple(
                    each[atom] if each.__class__ is tuple and each[0] == variable else each for each in places
                )
            )
            for atom in range(1, atoms)
        ]
        if children.count(children[0]) == len(children):
            return children[0]
        return self._nodes.setdefault((variable, *children), len(self._nodes))

    def _result(self, outcomes: Sequence[OutcomeView]) -> int:
        final = outcomes[0]
        result: Any = final.first
        if any(each.number == each.decision.impossible for each in outcomes):
            result = NoDetermination.RULED_OUT
        elif result is None or any(each.problems for each in outcomes):
            result = NoDetermination.ERROR
        self._results.setdefault(repr(result), result)
        return list(self._results).index(repr(result))
