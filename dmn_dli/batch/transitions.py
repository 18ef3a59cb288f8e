"""Tables of transitions: made where a row of a batch first asks for them, walked by gathers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]
"""A whole number for each row: an atom, or a state."""

State = TypeVar("State", bound=Hashable)

CHUNK = 8_192
"""How many rows are walked at once: their arrays stay in the processor's cache, in memory that is at hand."""

_NOT_MADE = -1


class States(Generic[State]):
    """States under numbers, in the order in which they are met."""

    def __init__(self) -> None:
        """Start without any."""
        self.all: list[State] = []
        self._numbers: dict[State, int] = {}

    def number(self, state: State) -> int:
        """The number of a state, which gets one where it is new."""
        found = self._numbers.setdefault(state, len(self.all))
        if found == len(self.all):
            self.all.append(state)
        return found


class Transitions:
    """From a state and an input to a number; `make` works out what is asked for the first time."""

    def __init__(self, make: Callable[[int, int], int], width: int) -> None:
        """width: how many inputs there are where it is known; the table grows for larger ones."""
        self._make = make
        self._table: NDArray[Any] = np.full((0, width), _NOT_MADE, np.intp)
        self._open = 0

    def of(self, states: Numbers, inputs: Numbers, count: int, width: int) -> Numbers:
        """What each row's state and input lead to. count, width: how many states and inputs there are."""
        self._grow(count, width)
        places = states * self._table.shape[1]
        places += inputs
        found: Numbers = self._table.ravel().take(places)
        if not self._open or not found.size or found.min() != _NOT_MADE:
            return found
        lacking = np.unique(places[found == _NOT_MADE])
        if lacking.size:
            for place in lacking.tolist():
                state, given = divmod(place, self._table.shape[1])
                self._table[state, given] = self._make(state, given)
            self._open -= lacking.size
            found = self._table.ravel().take(places)
        return found

    def _grow(self, count: int, width: int) -> None:
        rows, columns = self._table.shape
        if count <= rows and width <= columns:
            return
        larger = np.full(
            (max(count, 2 * rows if count > rows else rows), max(width, columns)), _NOT_MADE, np.intp
        )
        larger[:rows, :columns] = self._table
        self._table = larger
        self._open = int((larger == _NOT_MADE).sum())
