"""A table as a grid: each column's values in classes that its cells treat alike, each rule a box of classes.

    column "age"     class 0: < 18    class 1: [18..65)    class 2: >= 65
    rule 1 `< 65`    ■                ■                                     0b011
    rule 2 `>= 65`                                         ■                0b100

A box is a tuple of class sets, one for each column, each set a bitmask. The
same table is also held the other way round, for each class the mask of the
rules that accept it; between them these two answer the questions of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, reduce
from math import prod
from operator import and_, or_
from typing import TypeAlias

from attrs import frozen

from dmn_dli.tables.masks import members

Box: TypeAlias = tuple[int, ...]
"""For each column the set of its classes, as a bitmask."""

_REMEMBERED = 20_000
"""Of how many sets of classes it is remembered which rules accept them: boxes share most of theirs."""


@frozen(slots=False)
class Grid:
    """Columns and rules of a table.

    accepting: for each column, for each class, the mask of the rules that accept it.
    rules: for each rule its box.
    """

    accepting: tuple[tuple[int, ...], ...]
    rules: tuple[Box, ...]

    @cached_property
    def domain(self) -> Box:
        """The box of all combinations."""
        return tuple((1 << len(column)) - 1 for column in self.accepting)

    @cached_property
    def all_rules(self) -> int:
        """The mask of all rules."""
        return (1 << len(self.rules)) - 1

    def touching(self, box: Box, among: int) -> int:
        """The rules, of those among which is asked, that share a combination with a box."""
        for position, classes in enumerate(box):
            among &= self.any_of(position, classes)
            if not among:
                break
        return among

    @cached_property
    def any_of(self) -> Callable[[int, int], int]:
        """The rules that accept any of some classes of a column, by its position."""
        return lru_cache(_REMEMBERED)(lambda position, classes: _union(self.accepting[position], classes))

    @cached_property
    def all_of(self) -> Callable[[int, int], int]:
        """The rules that accept all of some classes (not none) of a column, by its position."""
        return lru_cache(_REMEMBERED)(
            lambda position, classes: _intersection(self.accepting[position], classes)
        )


def _union(column: Sequence[int], classes: int) -> int:
    return reduce(or_, [column[each] for each in members(classes)], 0)


def _intersection(column: Sequence[int], classes: int) -> int:
    first, *others = members(classes)
    return reduce(and_, [column[each] for each in others], column[first])


def volume(box: Box) -> int:
    """How many combinations of classes a box holds."""
    return prod(classes.bit_count() for classes in box)


def meet(left: Box, right: Box) -> Box | None:
    """What two boxes share; None where they are apart."""
    shared = tuple(a & b for a, b in zip(left, right, strict=True))
    return shared if all(shared) else None


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another."""
    return all(a & b == a for a, b in zip(inner, outer, strict=True))


def grid_of(columns: Sequence[Sequence[int]], rules: int) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
    """The grid over atoms whose masks are given, and for each column the class of each atom.

    columns: for each column, for each atom, the mask of the rules that accept
    it. Atoms with equal masks form one class, so that nothing is asked twice.
    """
    accepting = []
    classes_of_atoms = []
    boxes = [[0] * len(columns) for _ in range(rules)]
    for position, masks in enumerate(columns):
        numbers: dict[int, int] = {}
        classes_of_atoms.append(tuple(numbers.setdefault(mask, len(numbers)) for mask in masks))
        accepting.append(tuple(numbers))
        # Neighbouring classes differ in few rules: each rule is touched where it begins or ends to accept.
        every = (1 << len(numbers)) - 1
        previous = 0
        for number, mask in enumerate(numbers):
            for rule in members(mask ^ previous):
                boxes[rule][position] ^= every >> number << number
            previous = mask
    return Grid(tuple(accepting), tuple(tuple(box) for box in boxes)), tuple(classes_of_atoms)
