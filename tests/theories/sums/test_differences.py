"""Difference bounds against going through all values of a small grid."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.theories.sums.differences import Differences, Limit

SIZE = 3
VARIABLES = st.integers(0, SIZE)
BOUNDS = st.lists(
    st.tuples(VARIABLES, VARIABLES, st.integers(-5, 5), st.booleans()).filter(
        lambda each: each[0] != each[1]
    ),
    max_size=7,
)

Bound = tuple[int, int, int, bool]


def narrowed(whole: tuple[bool, ...], bounds: list[Bound]) -> Differences | None:
    """The bounds, which are counted in halves, together."""
    table: Differences | None = Differences.free(whole, units=2)
    for i, j, halves, closed in bounds:
        if table is not None:
            table = table.narrowed(i, j, table.bound(Fraction(halves, 2), closed))
    return table


def holds(values: tuple[Fraction, ...], bounds: list[Bound]) -> bool:
    return all(
        values[i] - values[j] < Fraction(halves, 2)
        or (closed and values[i] - values[j] == Fraction(halves, 2))
        for i, j, halves, closed in bounds
    )


@given(BOUNDS, st.tuples(*[st.booleans()] * SIZE))
def test_what_is_refuted_holds_nothing_and_what_is_not_holds_a_case(
    bounds: list[Bound], whole: tuple[bool, ...]
) -> None:
    # Bounds in halves that hold together do so on a grid of sixteenths, in a box no wider than all of them.
    box = [(variable, 0, 8, True) for variable in range(1, SIZE + 1)]
    box += [(0, variable, 8, True) for variable in range(1, SIZE + 1)]
    table = narrowed(whole, [*bounds, *box])
    steps = [
        [Fraction(each) for each in range(-4, 5)] if one else [Fraction(each, 8) for each in range(-32, 33)]
        for one in whole
    ]
    if sum(not one for one in whole) > 1:
        # Too many to be gone through: what the table leaves is followed instead.
        case = None if table is None else followed(table)
        assert (case is None) == (table is None)
        assert case is None or holds((Fraction(0), *case), bounds)
        return
    real = any(holds((Fraction(0), *values), bounds) for values in product(*steps))
    assert real == (table is not None)


def followed(table: Differences) -> tuple[Fraction, ...] | None:
    """Values for all variables, those of whole numbers first, each within what the ones before leave."""
    values: dict[int, Fraction] = {}
    for variable in sorted(range(1, SIZE + 1), key=lambda each: not table.whole[each]):
        low, high = table.limit(0, variable), table.limit(variable, 0)
        assert low is not None
        assert high is not None
        value = high.value if table.whole[variable] else (high.value - low.value) / 2
        finer = table.finer(2 * value.denominator)
        scaled = finer.bound(value, closed=True)
        both = finer.narrowed(variable, 0, scaled)
        back = None if both is None else both.narrowed(0, variable, -scaled)
        if back is None:
            return None
        values[variable], table = value, back
    return tuple(values[each] for each in sorted(values))


def test_bounds_add_up() -> None:
    table = narrowed((False, False, False), [(1, 2, 4, True), (2, 3, 6, False)])
    assert table is not None
    assert table.limit(1, 3) == Limit(Fraction(5), closed=False)
    assert table.limit(3, 1) is None
    assert narrowed((False, False, False), [(1, 2, 4, True), (2, 3, 6, False), (3, 1, -10, True)]) is None


def test_whole_numbers_leave_nothing_between_two_neighbours() -> None:
    between = [(1, 2, 2, False), (2, 1, 0, False)]
    assert narrowed((True, True, True), between) is None
    assert narrowed((True, False, True), between) is not None


def test_finer_units_say_the_same() -> None:
    table = narrowed((False, True, False), [(1, 2, 3, False), (2, 0, 5, True)])
    assert table is not None
    finer = table.finer(10)
    for i, j in product(range(SIZE + 1), repeat=2):
        assert table.limit(i, j) == finer.limit(i, j)
