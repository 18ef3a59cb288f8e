"""What follows from the state in which a row leaves a decision, worked out once for each state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.combined import together
from dmn_dli.batch.lasting import LastingArrays
from dmn_dli.batch.placed import PlacedBatch
from dmn_dli.batch.states import DecisionStates
from dmn_dli.batch.transitions import Numbers
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.residual import Residual

if TYPE_CHECKING:
    from dmn_dli.batch.table_states import TableStates

Made = TypeVar("Made")

KEPT = 16_384
"""How many values a list keeps for further batches; what is met beyond them is worked out in each batch."""


class KernelStates:
    """The states of a policy's decisions, of those that are asked for."""

    def __init__(self, kernel: PolicyKernel) -> None:
        """Take a policy whose rows states settle."""
        self.kernel = kernel
        self._states: dict[str, DecisionStates | TableStates] = {}

    @property
    def full(self) -> bool:
        """Whether so much was worked out that all that follows from the states is to be made anew."""
        return any(each.full for each in self._states.values())

    def of(self, decision: DecisionKernel) -> DecisionStates | TableStates:
        """The states of one decision."""
        if decision.name not in self._states:
            self._states[decision.name] = self._made(decision)
        return self._states[decision.name]

    def _made(self, decision: DecisionKernel) -> DecisionStates | TableStates:
        if decision.diagram is not None:
            return DecisionStates(decision, self.kernel.policy.variables)
        from dmn_dli.batch.table_states import TableStates  # with it comes the reading of tables

        return TableStates(self.kernel, decision)


class RowStates:
    """In which states the rows of one batch are."""

    def __init__(self, states: KernelStates, placed: PlacedBatch) -> None:
        """Take the batch."""
        self.states = states
        self.placed = placed
        self.rows = placed.rows
        self._numbers: dict[str, Numbers] = {}
        self._made: dict[object, Any] = {}

    def numbers(self, decision: DecisionKernel) -> Numbers:
        """The state of each row."""
        if decision.name not in self._numbers:
            self._numbers[decision.name] = self.states.of(decision).of(self.placed.atoms, self.rows)
        return self._numbers[decision.name]

    def some(self, rows: Numbers) -> RowStates:
        """Some rows alone."""
        return RowStates(self.states, self.placed.taken(rows))

    @cached_property
    def zeros(self) -> Numbers:
        """Number 0 for each row."""
        return np.zeros(self.rows, np.int32)

    def once(self, piece: object, make: Callable[[], Made]) -> Made:
        """What a piece makes of this batch, made once."""
        if piece not in self._made:
            self._made[piece] = make()
        found: Made = self._made[piece]
        return found


class Constant:
    """The same value for all rows."""

    def __init__(self, value: Any) -> None:
        """Take the value."""
        self.values = (value,)

    def of(self, rows: RowStates) -> Coded:
        """The value of each row."""
        return Coded(rows.zeros, self.values, 1)


class StateValues:
    """A value for each state of a decision.

    It is made of what is left of the decision; `blank` stands for states that no record tells of.
    """

    def __init__(
        self,
        states: KernelStates,
        decision: DecisionKernel,
        make: Callable[[Residual], Any],
        blank: Any = None,
    ) -> None:
        """Take what makes a value."""
        self.decision = decision
        self.values: list[Any] = []
        self._states = states.of(decision)
        self._make = make
        self._blank = blank
        self._arrays = LastingArrays()

    def of(self, rows: RowStates) -> Coded:
        """The value of each row."""
        numbers = rows.numbers(self.decision)
        for residual in self._states.residuals[len(self.values) :]:
            self.values.append(self._blank if residual.troubled else self._make(residual))
        return Coded(numbers, self.values, len(self.values))

    def array(self, rows: RowStates, kind: Any) -> NDArray[Any]:
        """The value of each row, as an array of a type of numpy's."""
        numbers = self.of(rows).numbers
        return self._array(kind).take(numbers)

    def where(self, rows: RowStates) -> NDArray[np.bool_] | None:
        """The rows of which the value is true; None where it is true of no state so far."""
        numbers = self.of(rows).numbers
        found = self._array(np.bool_)
        return found.take(numbers) if found.any() else None

    def _array(self, kind: Any) -> NDArray[Any]:
        return self._arrays.of(self.values, len(self.values), lambda new: np.array(new, kind), kind)


class Combinations:
    """A value for each combination of several numbers, made where rows first have it."""

    def __init__(self, make: Callable[[Sequence[int]], Any]) -> None:
        """Take what makes a value of the numbers."""
        self._make = make
        self.values: list[Any] = []
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, columns: Sequence[Numbers]) -> Coded:
        """The value of each row; columns: its numbers, none below 0."""
        codes, places = together(columns)
        settled: dict[int, int] = {}
        new: list[tuple[int, Any]] = []
        met = zip(*[column[places].tolist() for column in columns], strict=True)
        for code, numbers in enumerate(met):
            known = self._known.get(numbers)
            if known is None and len(self.values) < KEPT:
                known = self._known[numbers] = len(self.values)
                self.values.append(self._make(numbers))
            if known is None:
                new.append((code, self._make(numbers)))
            else:
                settled[code] = known
        table = np.zeros(len(places), np.int32)
        table[[*settled]] = [*settled.values()]
        table[[code for code, _ in new]] = np.arange(len(self.values), len(self.values) + len(new))
        return Coded(table.take(codes), self.values, len(self.values), [value for _, value in new])


def derived(column: Coded, values: list[Any], make: Callable[[Any], Any]) -> Coded:
    """What follows from each value of a column; `values` are those made before, which grow with its own."""
    values.extend(map(make, column.values[len(values) : column.settled]))
    return Coded(column.numbers, values, column.settled, [*map(make, column.own)])
