"""The search for gaps against a look at every point, on tables that are hard, empty or have no columns."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.gaps import Budget, SearchLimitError, find_gaps, uncovered
from dmn_dli.analysis.grid import Box, Grid, volume
from dmn_dli.analysis.overlaps import find_overlaps
from dmn_dli.tables.masks import members
from tests.analysis.volumes import complete_by_volume
from tests.bench.partition_trees import clauses, grid


def points(box: Box) -> set[tuple[int, ...]]:
    return set(product(*map(members, box)))


def open_points(table: Grid) -> set[tuple[int, ...]]:
    """The points that no rule accepts, found by asking every rule about every point."""
    return {
        point
        for point in points(table.domain)
        if not any(all(box[at] >> each & 1 for at, each in enumerate(point)) for box in table.rules)
    }


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Random boxes over two to four columns of two to four classes."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=4))
    boxes = st.tuples(*[st.integers(1, 2**size - 1) for size in sizes])
    return grid(draw(st.lists(boxes, min_size=1, max_size=8)), 4)[0]


@settings(deadline=None, max_examples=300)
@given(grids())
def test_pieces_are_disjoint_boxes_are_maximal_and_both_are_all_that_is_open(table: Grid) -> None:
    found = find_gaps(table)
    wanted = open_points(table)
    assert sum(map(volume, found.pieces)) == len(wanted)
    assert set().union(*map(points, found.pieces)) == wanted
    assert set().union(*map(points, found.boxes)) == wanted
    for box in found.boxes:
        for position, classes in enumerate(box):
            for other in members(table.domain[position] & ~classes):
                assert table.touching((*box[:position], 1 << other, *box[position + 1 :]), table.all_rules)
    if next(find_overlaps(table), None) is None:
        assert complete_by_volume(table) is not bool(wanted)


@settings(deadline=None, max_examples=300)
@given(grids(), st.integers(0, 255))
def test_the_search_looks_at_a_region_and_some_rules_only(table: Grid, chosen: int) -> None:
    among = chosen & table.all_rules & ~1
    region = table.rules[0]
    wanted = {
        point
        for point in points(region)
        if not any(
            all(table.rules[rule][at] >> each & 1 for at, each in enumerate(point)) for rule in members(among)
        )
    }
    budget = Budget()
    found = list(uncovered(table, region, among, budget))
    assert set().union(*map(points, found)) == wanted
    # What the search relied on is enough to say that the rest is no gap.
    assert set().union(*map(points, uncovered(table, region, budget.relied_on & among))) == wanted


@pytest.mark.parametrize("seed", range(20))
def test_clauses_of_three_are_decided_as_trying_every_point_does(seed: int) -> None:
    table = clauses(9, random.Random(seed).randrange(20, 60), seed)
    pieces = list(uncovered(table, table.domain, table.all_rules))
    assert sum(map(volume, pieces)) == len(open_points(table))


def test_a_search_that_looks_at_more_than_it_may_says_so() -> None:
    table = clauses(40, 170, 1)
    with pytest.raises(SearchLimitError):
        list(uncovered(table, table.domain, table.all_rules, Budget(3)))


def test_a_table_without_columns_is_answered_by_its_first_rule() -> None:
    assert find_gaps(Grid((), ((),))).pieces == ()
    assert find_gaps(Grid((), ())).pieces == ((),)
