"""Gaps: the combinations that no rule accepts, found by splitting the domain until each part is decided.

A part of the domain is settled when no rule touches it (a gap), or one rule
covers it (no gap). Else it is split along a column that keeps the rules apart
best: where the rules that are still alive fall into groups that share no class
of a column, along these groups (tables that people write are mostly trees of
such splits); else along the column and rule that leave the fewest rules alive
on the smaller side.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, frozen

from dmn_dli.analysis.grid import Box, Grid, intersection, members, union, volume, within

PART_LIMIT = 200_000
"""How many parts are looked at before the answer is given up as unknown."""

MOST_GROWN = 2_000
"""How many gaps are made as large as can be; nobody reads on where there are more."""


class SearchLimitError(Exception):
    """The search looked at more parts than it was allowed to."""


@define
class Budget:
    """How many parts may still be looked at, by one search or by several together."""

    parts: int = PART_LIMIT

    def spend(self) -> None:
        """Look at one part. Raises SearchLimitError when none is left."""
        self.parts -= 1
        if self.parts < 0:
            raise SearchLimitError


@frozen
class Gaps:
    """The gaps of a table.

    pieces: disjoint boxes that together are all that no rule accepts.
    boxes: few and large boxes that together are the same, the largest pieces first; they may share
    combinations. Beyond MOST_GROWN pieces they are as small as the pieces.
    """

    pieces: tuple[Box, ...]
    boxes: tuple[Box, ...]

    @property
    def volume(self) -> int:
        """How many combinations of classes no rule accepts."""
        return sum(volume(piece) for piece in self.pieces)


def find_gaps(
    grid: Grid, region: Box | None = None, among: int | None = None, budget: Budget | None = None
) -> Gaps:
    """All gaps of a region (default: the whole domain) left by some rules (default: all).

    Raises SearchLimitError.
    """
    rules = grid.all_rules if among is None else among
    pieces = tuple(uncovered(grid, grid.domain if region is None else region, rules, budget))
    return Gaps(pieces, _largest(grid, pieces, rules))


def uncovered(grid: Grid, region: Box, among: int, budget: Budget | None = None) -> Iterator[Box]:
    """Disjoint boxes of a region that none of the rules accepts. Raises SearchLimitError."""
    waiting = [(region, grid.touching(region, among))]
    budget = budget or Budget()
    while waiting:
        box, alive = waiting.pop()
        budget.spend()
        if not alive:
            yield box
        elif not grid.covering(box, alive):
            waiting += _split(grid, box, alive)


def _split(grid: Grid, box: Box, alive: int) -> list[tuple[Box, int]]:
    """Parts of a box that is not settled, each with the rules that touch it."""
    for position, column in enumerate(grid.accepting):
        groups = _groups(grid, position, box[position], alive)
        if len(groups) > 1:
            return [
                ((*box[:position], group, *box[position + 1 :]), alive & union(column, group))
                for group in groups
            ]
    position, inside = _most_constrained(grid, box, alive)
    column = grid.accepting[position]
    return [
        ((*box[:position], group, *box[position + 1 :]), alive & union(column, group))
        for group in (inside, box[position] & ~inside)
    ]


def _groups(grid: Grid, position: int, classes: int, alive: int) -> list[int]:
    """The classes of a column in groups such that no alive rule accepts classes of two of them.

    Classes that no alive rule accepts form one group of their own.
    """
    column = grid.accepting[position]
    groups: list[tuple[int, int]] = []
    empty = 0
    for each in members(classes):
        rules = column[each] & alive
        if not rules:
            empty |= 1 << each
            continue
        group = 1 << each
        apart = []
        for other, other_rules in groups:
            if other_rules & rules:
                group |= other
                rules |= other_rules
            else:
                apart.append((other, other_rules))
        groups = [*apart, (group, rules)]
        if len(groups) == 1 and rules == alive and not empty and _spans(column, classes, alive):
            return [classes]
    found = [group for group, _ in groups]
    return [*found, empty] if empty else found


def _spans(column: tuple[int, ...], classes: int, alive: int) -> bool:
    """Whether some alive rule accepts every one of the classes, so that they cannot be parted."""
    return bool(intersection(column, classes) & alive)


def _most_constrained(grid: Grid, box: Box, alive: int) -> tuple[int, int]:
    """A column and a set of its classes along which to split: where most rules end up on one side alone."""
    best: tuple[int, int, int] | None = None
    for position, column in enumerate(grid.accepting):
        classes = box[position]
        if classes.bit_count() < 2:
            continue
        seen: set[int] = set()
        for rule in members(alive)[:64]:
            inside = grid.rules[rule][position] & classes
            if inside in (0, classes) or inside in seen:
                continue
            seen.add(inside)
            both = union(column, inside) & union(column, classes & ~inside) & alive
            if best is None or both.bit_count() < best[0]:
                best = (both.bit_count(), position, inside)
    assert best is not None, "a box that no rule covers has a rule that covers part of it"
    return best[1], best[2]


def _largest(grid: Grid, pieces: tuple[Box, ...], among: int) -> tuple[Box, ...]:
    """Few and large boxes without a rule that together hold all pieces."""
    chosen: list[Box] = []
    by_volume = sorted(pieces, key=volume, reverse=True)
    for piece in by_volume[:MOST_GROWN]:
        if any(within(piece, box) for box in chosen):
            continue
        grown = {grow(grid, piece, among, first) for first in range(len(piece))}
        chosen.append(max(sorted(grown), key=volume))
    return (*chosen, *by_volume[MOST_GROWN:])


def grow(grid: Grid, box: Box, among: int, first: int) -> Box:
    """A box that no rule touches, widened in every column as far as that stays so, `first` column first."""
    grown = list(box)
    columns = range(len(box))
    for position in (first, *[each for each in columns if each != first]):
        others = among
        for each in columns:
            if each != position:
                others &= union(grid.accepting[each], grown[each])
        grown[position] = sum(
            1 << number for number, rules in enumerate(grid.accepting[position]) if not rules & others
        )
    return tuple(grown)
