"""Difference bounds: what `x - y < 5` and its like say together (shortest paths, kept closed).

Variables are numbered from 1; 0 stands for the number zero, so that `x <= 5` is a difference, too. A bound is
one whole number, so that comparing and adding are single steps: in units fine enough for all constants, times
`STEPS`, and one less where the bound itself is not reached. No shortest path has as many edges as that.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

STEPS = 256

_FAR = 1 << 600
"""What is as much or more stands for no bound; so numbers and units must be far smaller."""

_UNBOUNDED = 2 * _FAR


@frozen
class Limit:
    """A bound of a value: the value, and whether it is reached itself."""

    value: Fraction
    closed: bool


@frozen(slots=False)
class Differences:
    """A closed table of bounds: for variables i and j the least upper bound of `i - j` that follows.

    whole: of each variable whether it takes whole numbers alone. units: how many make one.
    It holds no case exactly where `narrowed` gives None: bounds of whole numbers are drawn to whole numbers,
    after which what holds of pairs holds of all (mixed with numbers that are not whole, too, since these can
    be filled in last).
    """

    whole: tuple[bool, ...]
    units: int
    table: tuple[int, ...]

    @classmethod
    def free(cls, whole: Iterable[bool], units: int) -> Differences:
        """No bounds; `whole` of the variables from 1 on."""
        kinds = (True, *whole)
        assert len(kinds) < STEPS
        size = len(kinds)
        table = [0 if i == j else _UNBOUNDED for i in range(size) for j in range(size)]
        return cls(kinds, units, tuple(table))

    def bound(self, limit: Fraction, closed: bool) -> int:
        """A bound as the table holds it; the units must be fine enough for it."""
        scaled = limit * self.units
        assert scaled.denominator == 1
        return scaled.numerator * STEPS - (not closed)

    def limit(self, i: int, j: int) -> Limit | None:
        """The least upper bound of `i - j`, None where there is none."""
        bound = self.table[i * len(self.whole) + j]
        if bound >= _FAR:
            return None
        value = -(-bound // STEPS)
        return Limit(Fraction(value, self.units), bound == value * STEPS)

    def narrowed(self, i: int, j: int, bound: int) -> Differences | None:
        """With `i - j` at most the bound; None where no case is left."""
        table = _narrowed(self.table, self.whole, self.units * STEPS, i, j, bound)
        if table is None or table is self.table:
            return None if table is None else self
        return Differences(self.whole, self.units, tuple(table))

    def finer(self, factor: int) -> Differences:
        """The same in finer units."""
        table = []
        for bound in self.table:
            value = -(-bound // STEPS)
            table.append(bound if bound >= _FAR else value * STEPS * factor - (value * STEPS - bound))
        return Differences(self.whole, self.units * factor, tuple(table))


def _narrowed(
    table: tuple[int, ...] | list[int], whole: tuple[bool, ...], one: int, i: int, j: int, bound: int
) -> tuple[int, ...] | list[int] | None:
    size = len(whole)
    waiting = [(i, j, bound)]
    while waiting:
        i, j, bound = waiting.pop()
        if whole[i] and whole[j]:
            bound = bound // one * one
        if bound >= table[i * size + j]:
            continue
        back = table[j * size : j * size + size]
        if bound + back[i] < 0:
            return None
        closed = list(table)
        # The table being closed, none but these ends of ways over the new bound can come nearer.
        ends = [(v, back[v]) for v in range(size) if back[v] < _FAR and bound + back[v] < table[i * size + v]]
        for u in range(size):
            row = u * size
            to_j = table[row + i] + bound
            if to_j >= table[row + j] or to_j >= _FAR:
                continue
            for v, further in ends:
                way = to_j + further
                if way < closed[row + v]:
                    if whole[u] and whole[v] and way % one:
                        # Drawn to a whole number, it may say more of others.
                        waiting.append((u, v, way))
                    closed[row + v] = way
        table = closed
    return table
