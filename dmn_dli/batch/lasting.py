"""What is made of the values of lists that serve many batches, and only grow: of each value once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from dmn_dli.batch.transitions import Numbers


class LastingArrays:
    """Arrays beside such lists: an entry for each of a list's values, by what it is made for."""

    def __init__(self) -> None:
        """Start without any."""
        # The list itself is kept: its id stands for it as long as it lives.
        self._known: dict[tuple[int, Hashable], tuple[Sequence[Any], Numbers]] = {}

    def of(
        self,
        values: Sequence[Any],
        count: int,
        make: Callable[[Sequence[Any]], Numbers],
        role: Hashable = None,
    ) -> Numbers:
        """What `make` gives for the first `count` values. role: tells apart what is made of one list."""
        found = self._known.get((id(values), role))
        if found is None or len(found[1]) < count:
            had = 0 if found is None else len(found[1])
            new = make(values[had:count])
            found = values, new if found is None else np.concatenate([found[1], new])
            self._known[id(values), role] = found
        entries: Numbers = found[1][:count]
        return entries

    def clear(self) -> None:
        """Forget all."""
        self._known.clear()


class LastingLists:
    """Lists beside such lists, as above."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[tuple[int, Hashable], tuple[Sequence[Any], list[Any]]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(
        self,
        values: Sequence[Any],
        count: int,
        make: Callable[[Sequence[Any]], list[Any]],
        role: Hashable = None,
        *,
        each: int = 1,
        first: Sequence[Any] = (),
    ) -> list[Any]:
        """What was made of the first `count` values at least, always in one list, which lasts as they do.

        make: gives `each` entries for each of some values. first: what stands before all entries.
        """
        _, made = self._known.setdefault((id(values), role), (values, [*first]))
        had = (len(made) - len(first)) // each
        if had < count:
            made += make(values[had:count])
        return made

    def clear(self) -> None:
        """Forget all."""
        self._known.clear()
