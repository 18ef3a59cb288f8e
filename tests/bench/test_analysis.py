"""All gaps and overlaps of large random tables.

`make bench` prints the times; what is found is checked, the times never.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from time import perf_counter

import pytest

from dmn_dli.analysis.gaps import Budget, SearchLimitError, find_gaps, uncovered
from dmn_dli.analysis.grid import Box, meet
from dmn_dli.analysis.overlaps import find_overlaps
from dmn_dli.tables.masks import members
from tests.analysis.volumes import complete_by_volume
from tests.bench.partition_trees import CLASSES, Tree, clauses, grid, partition_tree

pytestmark = pytest.mark.bench

SIZES = [(3, 500), (5, 1_000), (7, 1_500), (11, 1_500), (15, 1_500)]


@pytest.mark.parametrize(("columns", "rules"), SIZES, ids=str)
def test_all_gaps_and_overlaps_that_were_put_in_are_found(columns: int, rules: int) -> None:
    tree = partition_tree(columns, rules, seed=columns)
    table, merged = grid(tree.rules)
    start = perf_counter()
    overlaps = list(find_overlaps(table))
    after_overlaps = perf_counter()
    gaps = find_gaps(table)
    end = perf_counter()
    print(
        f"\n{columns} columns x {rules} rules: {len(overlaps)} overlaps in {after_overlaps - start:.3f} s, "
        f"{len(gaps.boxes)} gaps in {end - after_overlaps:.3f} s"
    )
    # Rules of a partition are apart, so that only those which were widened can meet others.
    expected = {
        (min(rule, other), max(rule, other))
        for rule in tree.widened
        for other, box in enumerate(tree.rules)
        if other != rule and meet(tree.rules[rule], box) is not None
    }
    assert {(each.first, each.second) for each in overlaps} == expected
    assert len(overlaps) == len(expected)
    for point in _points(tree, 30):
        open_ = not any(_holds(rule, point) for rule in tree.rules)
        at = tuple(classes[each] for classes, each in zip(merged, point, strict=True))
        assert open_ is any(_holds(piece, at) for piece in gaps.pieces)
        assert open_ is any(_holds(box, at) for box in gaps.boxes)


def _points(tree: Tree, number: int) -> Iterator[tuple[int, ...]]:
    """Random points, one class a column: of the boxes that were taken out, and of the whole domain."""
    chance = random.Random(5)
    boxes = [*tree.removed, ((1 << CLASSES) - 1,) * len(tree.removed[0])]
    for box in boxes:
        for _ in range(number):
            yield tuple(chance.choice(members(classes)) for classes in box)


def _holds(box: Box, point: tuple[int, ...]) -> bool:
    return all(classes >> each & 1 for classes, each in zip(box, point, strict=True))


@pytest.mark.parametrize("columns", [3, 15])
def test_a_sound_partition_is_complete_by_search_and_by_volume(columns: int) -> None:
    table, _ = grid(partition_tree(columns, 800, seed=1, flaws=0).rules)
    start = perf_counter()
    assert find_gaps(table).pieces == ()
    print(f"\n{columns} columns x 800 rules: no gap, in {perf_counter() - start:.3f} s")
    assert complete_by_volume(table)


@pytest.mark.parametrize("ratio", [3.0, 4.26, 6.0])
def test_a_hard_table_is_decided_or_given_up_within_the_limit(ratio: float) -> None:
    """As many clauses a variable as make satisfiability hardest, and fewer, and more."""
    variables = 150
    table = clauses(variables, int(variables * ratio), seed=3)
    budget = Budget(1_000)
    start = perf_counter()
    try:
        gap = next(uncovered(table, table.domain, table.all_rules, budget), None)
        verdict = "complete" if gap is None else "incomplete"
        assert gap is None or not table.touching(gap, table.all_rules)
    except SearchLimitError:
        verdict = "unknown"
        assert budget.parts < 0
    print(f"\n{variables} columns, {ratio} clauses a column: {verdict} in {perf_counter() - start:.3f} s")
