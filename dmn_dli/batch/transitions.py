"""Numbers a row, of what is numbered in the order in which it is met."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]
"""A whole number for each row: an atom, or a state."""

State = TypeVar("State", bound=Hashable)

CHUNK = 16_384
"""How many rows are walked at once: their arrays stay in the processor's cache, in memory that is at hand."""


def longer(numbers: Numbers, size: int) -> Numbers:
    """The array with room for so many entries, at least twice as long where it has to grow."""
    if size <= numbers.size:
        return numbers
    found: Numbers = np.empty(max(size, 2 * numbers.size), numbers.dtype)
    found[: numbers.size] = numbers
    return found


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
