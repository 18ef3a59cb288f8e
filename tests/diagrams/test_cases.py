"""Sets of cases and ways through diagrams, against looking at every combination."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams.cases import (
    a_case,
    both,
    certain,
    either,
    nearest,
    negation,
    restrict,
    result,
    share,
    unequal,
    where,
)
from tests.diagrams.small import CASES, cases, diagram, new_store, truths


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
    root = unequal(store, diagram(store, left), diagram(store, right))
    number = CASES.index(case)
    assert result(store, root, case) is (left[number] != right[number])


def test_a_case_that_says_too_little_leads_nowhere() -> None:
    store = new_store()
    root = diagram(store, [case[2] == 1 for case in CASES])
    assert result(store, root, {1: 0}) is None
    assert result(store, root, {2: 1}) is True
    assert nearest(store, root, {}) == {2: 1}


@settings(deadline=None)
@given(truths, truths)
def test_sets_of_cases_are_joined_met_and_turned_round_case_by_case(
    left: list[bool], right: list[bool]
) -> None:
    store = new_store()
    first, second = diagram(store, left), diagram(store, right)
    pairs = list(zip(left, right, strict=True))
    assert both(store, first, second) == diagram(store, [a and b for a, b in pairs])
    assert either(store, first, second) == diagram(store, [a or b for a, b in pairs])
    assert negation(store, first) == diagram(store, [not each for each in left])


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=len(CASES), max_size=len(CASES)), truths)
def test_results_are_picked_and_put_in_place_of_others_case_by_case(
    results: list[str], condition: list[bool]
) -> None:
    store = new_store()
    root = diagram(store, results)
    assert where(store, root, "ab".__contains__) == diagram(store, [each in "ab" for each in results])
    chosen = store.if_then_else(diagram(store, condition), root, store.terminal("z"))
    pairs = zip(condition, results, strict=True)
    assert chosen == diagram(store, [each if holds else "z" for holds, each in pairs])


@settings(deadline=None)
@given(truths)
def test_a_share_is_counted_and_a_case_is_one_of_the_set(results: list[bool]) -> None:
    store = new_store()
    root = diagram(store, results)
    assert abs(share(store, root) - sum(results) / len(results)) < 1e-9
    found = a_case(store, root)
    if found is None:
        assert not any(results)
    else:
        assert all(holds for case, holds in zip(CASES, results, strict=True) if found.items() <= case.items())
        assert found.items() <= max(CASES, key=lambda case: found.items() <= case.items()).items()


@settings(deadline=None)
@given(truths, st.integers(0, 3))
def test_certain_cases_stay_in_the_set_whatever_the_free_variables_are(
    results: list[bool], facts: int
) -> None:
    store = new_store()
    held = dict(zip(map(_key, CASES), results, strict=True))
    expected = [all(held[key] for key in held if key[:facts] == _key(case)[:facts]) for case in CASES]
    assert certain(store, diagram(store, results), facts) == diagram(store, expected)


def _key(case: dict[int, int]) -> tuple[int, ...]:
    return tuple(case.values())
