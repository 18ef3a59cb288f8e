"""What follows from two numbers of a row, yes or no, worked out where a row first has both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.transitions import Numbers

_NOT_MADE = -1


class Pairs:
    """A table of answers for pairs of numbers."""

    def __init__(self, make: Callable[[int, int], bool]) -> None:
        """make: answers for a pair."""
        self._make = make
        self._table: NDArray[np.int8] = np.full((0, 0), _NOT_MADE, np.int8)

    def of(self, first: Numbers, second: Numbers, counts: tuple[int, int]) -> NDArray[np.int8]:
        """The answer of each row, 1 for yes. counts: how many numbers of each kind there are."""
        self._grow(counts)
        width = self._table.shape[1]
        places = first.astype(np.int64) * width + second
        found: NDArray[np.int8] = self._table.ravel().take(places)
        if found.size and found.min() == _NOT_MADE:
            for place in np.unique(places[found == _NOT_MADE]).tolist():
                one, other = divmod(place, width)
                self._table[one, other] = self._make(one, other)
            found = self._table.ravel().take(places)
        return found

    def _grow(self, counts: tuple[int, int]) -> None:
        rows, columns = self._table.shape
        if counts[0] <= rows and counts[1] <= columns:
            return
        size = [
            max(count, 2 * had if count > had else had)
            for count, had in zip(counts, (rows, columns), strict=True)
        ]
        larger = np.full(size, _NOT_MADE, np.int8)
        larger[:rows, :columns] = self._table
        self._table = larger
