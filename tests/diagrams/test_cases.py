"""Sets of cases and ways through diagrams, against looking at every combination."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams.cases import differing, nearest, restrict, result
from dmn_dli.diagrams.store import Diagrams

SIZES = (2, 3, 2)
CASES = [dict(enumerate(atoms, 1)) for atoms in product(*map(range, SIZES))]

truths = st.lists(st.booleans(), min_size=len(CASES), max_size=len(CASES))
cases = st.sampled_from(CASES)


def diagram(store: Diagrams, results: list[bool]) -> int:
    """The diagram of a function that is given as a list of its results."""
    remaining: Iterator[bool] = iter(results)

    def build(variable: int) -> int:
        if variable > len(SIZES):
            return store.terminal(next(remaining))
        return store.node(variable, [build(variable + 1) for _ in range(SIZES[variable - 1])])

    return build(1)


def new_store() -> Diagrams:
    store = Diagrams()
    store.allow(10_000)
    return store


@settings(deadline=None)
@given(truths, cases)
def test_the_nearest_case_has_the_fewest_changes(results: list[bool], case: dict[int, int]) -> None:
    store = new_store()
    found = nearest(store, diagram(store, results), case)
    costs = [
        sum(case[variable] != other[variable] for variable in case)
        for other, result in zip(CASES, results, strict=True)
        if result
    ]
    if found is None:
        assert not costs
    else:
        assert results[CASES.index({**case, **found})]
        assert len(found) == min(costs)


@settings(deadline=None)
@given(truths, st.sampled_from([1, 2, 3]), st.integers(0, 1), cases)
def test_a_fixed_variable_is_no_longer_asked_for(
    results: list[bool], variable: int, atom: int, case: dict[int, int]
) -> None:
    store = new_store()
    root = restrict(store, diagram(store, results), variable, atom)
    assert variable not in store.support(root)
    assert result(store, root, case) is results[CASES.index({**case, variable: atom})]


@settings(deadline=None)
@given(truths, truths, cases)
def test_where_two_diagrams_differ(left: list[bool], right: list[bool], case: dict[int, int]) -> None:
    store = new_store()
    root = differing(store, diagram(store, left), diagram(store, right))
    number = CASES.index(case)
    assert result(store, root, case) is (left[number] != right[number])


def test_a_case_that_says_too_little_leads_nowhere() -> None:
    store = new_store()
    root = diagram(store, [case[2] == 1 for case in CASES])
    assert result(store, root, {1: 0}) is None
    assert result(store, root, {2: 1}) is True
    assert nearest(store, root, {}) == {2: 1}
