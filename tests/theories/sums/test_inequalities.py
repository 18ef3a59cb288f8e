"""Elimination against a grid, and against solutions that are known."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.theories.sums.differences import Limit
from dmn_dli.theories.sums.inequalities import Inequality, contradict, range_of

FACTORS = st.dictionaries(st.integers(1, 3), st.integers(-3, 3).filter(bool), min_size=1)
ROWS = st.lists(st.tuples(FACTORS, st.integers(-6, 6), st.booleans()), max_size=6)

Row = tuple[dict[int, int], int, bool]


def made(rows: list[Row]) -> list[Inequality]:
    return [Inequality(tuple(sorted(factors.items())), limit, closed) for factors, limit, closed in rows]


def holds(values: tuple[int, ...], rows: list[Row]) -> bool:
    sums = [(sum(factor * values[each - 1] for each, factor in row[0].items()), row) for row in rows]
    return all(total < limit or (closed and total == limit) for total, (_, limit, closed) in sums)


@given(ROWS)
def test_no_contradiction_is_found_where_a_solution_is(rows: list[Row]) -> None:
    for values in product(range(-3, 4), repeat=3):
        if holds(values, rows):
            assert not contradict(made(rows))
            for variable in (1, 2, 3):
                ends = range_of(variable, made(rows))
                assert ends is not None
                low, high = ends
                assert low is None or low.value <= values[variable - 1]
                assert high is None or values[variable - 1] <= high.value
            break


@given(st.lists(st.tuples(FACTORS, st.integers(1, 3)), min_size=2, max_size=5))
def test_a_sum_of_rows_that_cannot_hold_is_found(parts: list[tuple[dict[int, int], int]]) -> None:
    # The last row turns round what the others say together, so that all of them contradict each other.
    total: dict[int, int] = {}
    rows: list[Row] = []
    for factors, limit in parts:
        rows.append((factors, limit, True))
        for variable, factor in factors.items():
            total[variable] = total.get(variable, 0) - factor
    rows.append(
        ({each: factor for each, factor in total.items() if factor}, -sum(row[1] for row in rows) - 1, True)
    )
    assert contradict(made(rows))


def test_a_share_of_one_bounds_the_other() -> None:
    # 10 * value < 7 * baseline and baseline <= 100
    rows = made([({1: 10, 2: -7}, 0, False), ({2: 1}, 100, True)])
    assert range_of(1, rows) == (None, Limit(Fraction(70), closed=False))
    assert contradict([*rows, *made([({1: -1}, -70, True)])])
    assert not contradict([*rows, *made([({1: -1}, -69, True)])])
