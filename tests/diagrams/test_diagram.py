"""Diagrams: one root for one function, and a function depends on exactly what its diagram asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diagrams.transfer import compiled_diagram
from dmn_dli.runtime.diagram import Remainder, certain
from dmn_dli.runtime.policy import Diagram

ATOMS = (2, 3, 2, 3)
"""How many atoms the variables 1, 2, 3, 4 have."""
CASES = list(product(*(range(atoms) for atoms in ATOMS)))

Table = dict[tuple[int, ...], str]
functions = st.lists(st.sampled_from("abc"), min_size=len(CASES), max_size=len(CASES)).map(
    lambda values: dict(zip(CASES, values, strict=True))
)
sparse = st.tuples(functions, st.sets(st.integers(0, 3))).map(
    lambda drawn: {
        case: drawn[0][tuple(0 if place in drawn[1] else atom for place, atom in enumerate(case))]
        for case in CASES
    }
)
"""Functions that ignore some of their variables."""


def store() -> Diagrams:
    diagrams = Diagrams()
    diagrams.allow(100_000)
    return diagrams


def from_top(diagrams: Diagrams, function: Table, start: tuple[int, ...] = ()) -> int:
    """The diagram of a function, variable by variable."""
    if len(start) == len(ATOMS):
        return diagrams.terminal(function[start])
    children = [from_top(diagrams, function, (*start, atom)) for atom in range(ATOMS[len(start)])]
    return diagrams.node(len(start) + 1, children)


def from_cases(diagrams: Diagrams, function: Table) -> int:
    """The same diagram the long way: case after case joined to what there is."""
    root = diagrams.terminal("")
    for case, value in function.items():
        single = diagrams.terminal(value)
        for variable in range(len(case), 0, -1):
            children = [diagrams.terminal("")] * ATOMS[variable - 1]
            children[case[variable - 1]] = single
            single = diagrams.node(variable, children)
        root = diagrams.apply(root, single, lambda left, right: diagrams.terminal(left or right))
    return root


def answer(diagrams: Diagrams, root: int, case: Sequence[int]) -> str:
    while root >= 0:
        variable, *children = diagrams.nodes[root]
        root = children[case[variable - 1]]
    found: str = diagrams.results[~root]
    return found


def essential(function: Table, places: Sequence[int] = range(len(ATOMS))) -> set[int]:
    """The variables by which alone two cases with different answers differ."""
    return {
        place + 1
        for place in places
        for case in function
        for atom in range(ATOMS[place])
        if function.get((*case[:place], atom, *case[place + 1 :]), function[case]) != function[case]
    }


@settings(max_examples=60, deadline=None)
@given(sparse)
def test_equal_functions_have_one_root_however_they_were_made(function: Table) -> None:
    diagrams = store()
    root = from_top(diagrams, function)
    assert from_cases(diagrams, function) == root
    assert all(answer(diagrams, root, case) == value for case, value in function.items())


@settings(max_examples=60, deadline=None)
@given(sparse)
def test_a_diagram_asks_for_exactly_the_variables_that_matter(function: Table) -> None:
    diagrams = store()
    root = from_top(diagrams, function)
    assert diagrams.support(root) == essential(function)
    assert set(diagrams.reached(root)) == set(function.values())


@settings(max_examples=60, deadline=None)
@given(sparse, sparse)
def test_combining_and_mapping_work_point_by_point(left: Table, right: Table) -> None:
    diagrams = store()
    first, second = from_top(diagrams, left), from_top(diagrams, right)
    joined = diagrams.apply(first, second, lambda a, b: diagrams.terminal(a + b))
    assert joined == from_top(diagrams, {case: left[case] + right[case] for case in CASES})
    mapped = diagrams.map(first, lambda value: diagrams.terminal("x" if value == "a" else value))
    assert mapped == from_top(diagrams, {case: left[case].replace("a", "x") for case in CASES})


@settings(max_examples=40, deadline=None)
@given(sparse, sparse)
def test_an_absorbing_answer_changes_nothing_but_the_work(left: Table, right: Table) -> None:
    diagrams = store()

    def least(a: str, b: str) -> int:
        return diagrams.terminal(min(a, b))

    first, second = from_top(diagrams, left), from_top(diagrams, right)
    quick = diagrams.apply(first, second, least, diagrams.terminal("a"))
    assert quick == diagrams.apply(first, second, least)


def test_alike_nodes_are_one_and_needless_ones_none() -> None:
    diagrams = store()
    yes, no = diagrams.terminal("yes"), diagrams.terminal("no")
    assert diagrams.node(1, [yes, yes]) == yes
    assert diagrams.node(1, [yes, no]) == diagrams.node(1, [yes, no])
    assert len(diagrams.nodes) == 1


def test_true_and_one_are_two_results() -> None:
    diagrams = store()
    assert diagrams.terminal(True) != diagrams.terminal(1)  # noqa: FBT003


def test_work_beyond_the_limit_is_refused() -> None:
    diagrams = store()
    root = from_top(diagrams, {case: str(sum(case)) for case in CASES})
    diagrams.allow(3)
    with pytest.raises(TooLarge):
        diagrams.map(root, lambda value: diagrams.terminal(value + "!"))


partial = st.tuples(*(st.integers(0, atoms) for atoms in ATOMS))
"""Atoms as cases give them: 0 is unknown."""


def _compiled(function: Table) -> tuple[Diagram, list[str]]:
    diagrams = store()
    return compiled_diagram(diagrams, from_top(diagrams, function))


def _terminals(diagram: Diagram) -> set[int]:
    return Remainder(diagram, [0] * (len(ATOMS) + 1)).terminals()


def _completions(atoms: Sequence[int], function: Table) -> Table:
    return {
        case: value
        for case, value in function.items()
        if all(atom in (0, given + 1) for atom, given in zip(atoms, case, strict=True))
    }


@settings(max_examples=150, deadline=None)
@given(sparse, partial, st.sampled_from([None, lambda value: value in "ab"]))
def test_restriction_leaves_what_brute_force_over_the_unknown_finds(
    function: Table, atoms: tuple[int, ...], alike: Callable[[str], bool] | None
) -> None:
    diagram, results = _compiled(function)
    classes = None if alike is None else {number: int(alike(each)) for number, each in enumerate(results)}
    left_over = Remainder(diagram, (0, *atoms)).reduced(classes)
    left = {
        case: value if alike is None else str(alike(value))
        for case, value in _completions(atoms, function).items()
    }
    if classes is None:
        assert Remainder(diagram, (0, *atoms)).terminals() == _terminals(left_over)
    meant = {results[each] if classes is None else str(bool(each)) for each in _terminals(left_over)}
    assert meant == set(left.values())
    assert set(left_over.variables) == essential(
        left, [place for place, atom in enumerate(atoms) if not atom]
    )


@settings(max_examples=100, deadline=None)
@given(sparse, partial, st.sets(st.integers(1, 4)))
def test_what_is_certain_is_reached_whatever_the_free_variables_are(
    function: Table, atoms: tuple[int, ...], free: set[int]
) -> None:
    diagram, results = _compiled(function)
    unknown = {variable for variable in free if not atoms[variable - 1]}
    left_over = Remainder(diagram, (0, *atoms)).reduced()
    left = _completions(atoms, function)
    assert set(left_over.variables) & unknown == unknown & essential(
        left, [variable - 1 for variable in unknown]
    )
    for number in certain(left_over, unknown):
        for choice in product(*(range(ATOMS[variable - 1]) for variable in sorted(unknown))):
            chosen = dict(zip(sorted(unknown), choice, strict=True))
            assert results[number] in {
                value
                for case, value in left.items()
                if all(case[variable - 1] == atom for variable, atom in chosen.items())
            }


@settings(max_examples=100, deadline=None)
@given(sparse, st.integers(1, 5), st.integers(0, 2))
def test_what_is_certain_beside_the_impossible_is_all_that_some_choice_of_the_others_leaves(
    function: Table, first: int, impossible: int
) -> None:
    """free: all variables from the first of them on; there may be none."""
    diagram, results = _compiled(function)
    number = impossible % len(results)
    left: dict[tuple[int, ...], set[str]] = {}
    for case, value in function.items():
        left.setdefault(case[: first - 1], set()).add(value)
    left_over = Remainder(diagram, (0,) * 5).reduced()
    found = certain(left_over, range(first, 5), number)
    alone = [each - {results[number]} for each in left.values()]
    assert {results[each] for each in found} == set().union(*[each for each in alone if len(each) == 1])
