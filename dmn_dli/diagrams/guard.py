"""What guards the diagrams of decisions: the assumptions, and what the theories say of facts and terms."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property, partial, reduce

from dmn_dli.diagrams.cases import both, everywhere, possible
from dmn_dli.diagrams.composition import Composition
from dmn_dli.diagrams.store import TooLarge

MOST_PARTS = 10_000
"""How many parts one group of terms may have before it is gone through in smaller ones."""

ASSUMPTION_STEPS = 1_000_000
"""How many steps the diagram of all assumptions together may take, and so that of the theories."""


class Guard:
    """The cases that the assumptions allow and no theory refutes, while a policy's diagrams are built."""

    def __init__(self, composition: Composition, parts: int) -> None:
        """Build the diagrams of the assumptions; parts: as of `consistency`. Raises TooLarge."""
        self._parts = parts
        self._known: dict[frozenset[int], int] = {}
        self.store = store = composition.store
        self.composition = composition
        store.allow(ASSUMPTION_STEPS)
        self.assumptions = tuple(map(composition.assumption, range(len(composition.policy.assumptions))))
        self._fulfilled = reduce(partial(both, store), self.assumptions, everywhere(store))

    @cached_property
    def _consistent(self) -> Sequence[int]:
        """The diagrams of what no theory refutes."""
        found: list[int] = []
        if not self.composition.terms:
            return found
        from dmn_dli.diagrams.consistency import consistency  # few policies need the theories

        self.store.allow(ASSUMPTION_STEPS)
        with suppress(TooLarge):  # less is known of what goes together then, and nothing wrong
            found.extend(consistency(self.composition, self._parts))
        return found

    @cached_property
    def admissible(self) -> int:
        """All together."""
        return self.of(frozenset(self.composition.terms.values()))

    def of(self, asked: frozenset[int]) -> int:
        """All that is said of the variables that are asked for, here or by assumptions; no more."""
        store, terms = self.store, frozenset(self.composition.terms.values())
        found = self._fulfilled
        asked = (asked | store.support(found)) & terms
        if not asked:
            return found
        if asked not in self._known:
            self._known[asked] = self._together(found, asked, terms)
        return self._known[asked]

    def _together(self, found: int, asked: frozenset[int], terms: frozenset[int]) -> int:
        """What is said of the terms that are asked for, beside what is found already."""
        store = self.store
        for root in self._consistent:
            read = store.support(root) & terms
            if read.isdisjoint(asked):
                continue
            store.allow(ASSUMPTION_STEPS)
            with suppress(TooLarge):  # as above
                found = both(store, found, possible(store, root, read - asked))
        return found
