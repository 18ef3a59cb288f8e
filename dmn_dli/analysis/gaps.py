"""Gaps: the combinations that no rule accepts, found by splitting the domain until each part is decided.

A part of the domain is settled when no rule touches it (a gap), or one rule
covers it (no gap). A rule that covers it in all columns but one leaves only the
rest of that column to look at. What is still not settled is split: where the
rules that are alive fall into groups that share no class of a column, along
these groups (tables that people write are mostly trees of such splits); else
along the column in which most of the rules fall short that are nearest to
covering the part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import define, frozen

from dmn_dli.analysis.grid import Box, Grid, volume, within
from dmn_dli.tables.masks import ascending

PART_LIMIT = 50_000
"""How many parts are looked at before the answer is given up as unknown."""

_LOOKED_AT = 32
"""How many of the rules that are nearest to covering a part are weighed against each other."""

MOST_GROWN = 2_000
"""How many gaps are made as large as can be; nobody reads on where there are more."""


class SearchLimitError(Exception):
    """The search looked at more parts than it was allowed to."""


@define
class Budget:
    """How many parts may still be looked at, by one search or by several together.

    relied_on: the rules that the search needed to say that something is no gap.
    """

    parts: int = PART_LIMIT
    relied_on: int = 0

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
        budget.spend()
        part = _trimmed(grid, *waiting.pop(), budget)
        if part is None:
            continue
        if not part.alive:
            yield part.box
        else:
            waiting += _split(grid, part)


@frozen
class _Part:
    """A part of the domain that no single rule covers.

    alive: the rules that touch it. within: for each column the rules that accept all of its classes there.
    short: the rules that fall short of the part in fewest columns, among those worth splitting along.
    """

    box: Box
    alive: int
    within: tuple[int, ...]
    short: int


def _trimmed(grid: Grid, box: Box, alive: int, budget: Budget) -> _Part | None:
    """A part less what rules take that cover it but for one column; None where nothing is left.

    (Unit propagation: a gap must lie outside such a rule in that column.)
    """
    while alive:
        within = tuple(grid.all_of(position, classes) & alive for position, classes in enumerate(box))
        once = twice = thrice = 0
        for accepted in within:
            narrower = alive & ~accepted
            thrice |= twice & narrower
            twice |= once & narrower
            once |= narrower
        covering = alive & ~once
        if covering:
            budget.relied_on |= covering & -covering
            return None
        units = once & ~twice
        if not units:
            return _Part(box, alive, within, (twice & ~thrice) or alive)
        budget.relied_on |= units
        trimmed = []
        for position, (classes, accepted) in enumerate(zip(box, within, strict=True)):
            taking = units & ~accepted
            left = classes
            for rule in ascending(taking):
                left &= ~grid.rules[rule][position]
            if not left:
                return None
            trimmed.append(left)
        box = tuple(trimmed)
        alive = grid.touching(box, alive)
    return _Part(box, 0, (), 0)


def _split(grid: Grid, part: _Part) -> list[tuple[Box, int]]:
    """Parts of a part that is not settled, each with the rules that touch it."""
    box = part.box
    for position in range(len(box)):
        # A rule that accepts all of a column holds its classes together.
        if not part.within[position]:
            groups = _groups(grid, position, box[position], part.alive)
            if len(groups) > 1:
                return [_piece(grid, part, position, group) for group in groups]
    position, inside = _most_constrained(grid, part)
    return [_piece(grid, part, position, group) for group in (inside, box[position] & ~inside)]


def _piece(grid: Grid, part: _Part, position: int, classes: int) -> tuple[Box, int]:
    box = (*part.box[:position], classes, *part.box[position + 1 :])
    return box, part.alive & grid.any_of(position, classes)


def _groups(grid: Grid, position: int, classes: int, alive: int) -> list[int]:
    """The classes of a column in groups such that no alive rule accepts classes of two of them.

    Classes that no alive rule accepts form one group of their own.
    """
    groups: list[int] = []
    for rule in ascending(alive):
        group = grid.rules[rule][position] & classes
        apart = []
        for other in groups:
            if other & group:
                group |= other
            else:
                apart.append(other)
        groups = [*apart, group]
        if group == classes:
            break
    empty = classes & ~sum(groups)
    return [*sorted(groups), empty] if empty else sorted(groups)


def _most_constrained(grid: Grid, part: _Part) -> tuple[int, int]:
    """A column and a set of its classes along which to split.

    The column in which most of the shortest rules fall short; the set of one of them, which leaves
    fewest rules on both sides.
    """
    position = max(range(len(part.box)), key=lambda each: (part.short & ~part.within[each]).bit_count())
    classes = part.box[position]
    nearest = part.short & ~part.within[position]
    best: tuple[int, int] | None = None
    for rule in islice(ascending(nearest), _LOOKED_AT):
        inside = grid.rules[rule][position] & classes
        both = grid.any_of(position, inside) & grid.any_of(position, classes & ~inside) & part.alive
        best = min(best or (both.bit_count(), inside), (both.bit_count(), inside))
    assert best is not None, "a part that no rule covers has a rule that falls short of it"
    return position, best[1]


def _largest(grid: Grid, pieces: tuple[Box, ...], among: int) -> tuple[Box, ...]:
    """Few and large boxes without a rule that together hold all pieces."""
    chosen: list[Box] = []
    by_volume = sorted(pieces, key=volume, reverse=True)
    for piece in by_volume[:MOST_GROWN]:
        if any(within(piece, box) for box in chosen):
            continue
        grown = {piece, *[grow(grid, piece, among, first) for first in range(len(piece))]}
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
                others &= grid.any_of(each, grown[each])
        grown[position] = sum(
            1 << number for number, rules in enumerate(grid.accepting[position]) if not rules & others
        )
    return tuple(grown)
