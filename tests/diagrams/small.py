"""Small diagrams over three variables, with the function that each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from dmn_dli.diagrams.store import Diagrams

SIZES = (2, 3, 2)
CASES = [dict(enumerate(atoms, 1)) for atoms in product(*map(range, SIZES))]

truths = st.lists(st.booleans(), min_size=len(CASES), max_size=len(CASES))
cases = st.sampled_from(CASES)
boxes = st.tuples(*[st.integers(1, 2**size - 1) for size in SIZES]).map(lambda box: dict(enumerate(box, 1)))
"""For each variable the atoms that it may have, some at least."""


def diagram(store: Diagrams, results: Sequence[object]) -> int:
    """The diagram of a function that is given as a list of its results."""
    remaining: Iterator[object] = iter(results)

    def build(variable: int) -> int:
        if variable > len(SIZES):
            return store.terminal(next(remaining))
        return store.node(variable, [build(variable + 1) for _ in range(SIZES[variable - 1])])

    return build(1)


def inside(case: dict[int, int], box: dict[int, int]) -> bool:
    """Whether a box holds a case."""
    return all(taken >> case[variable] & 1 for variable, taken in box.items())


def new_store() -> Diagrams:
    """An empty store with steps enough."""
    store = Diagrams()
    store.allow(10_000)
    return store
