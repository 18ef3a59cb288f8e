"""The nearest changes of given facts that lead to a wanted determination, and the values that do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import TypeAlias

from attrs import frozen

from dmn_dli.explain.reasons import differences
from dmn_dli.explain.verdicts import Verdicts
from dmn_dli.tables.masks import members

Box: TypeAlias = Mapping[int, int]
"""For some variables the atoms that they may have, as a bitmask: bit a - 1 for atom a."""

MOST_PATHS = 500
"""How many ways through the diagram are looked at for the values of one change."""


@frozen
class Change:
    """Facts (variables, ascending) that must all take other values, and the boxes of values that do it.

    A box also names the unknown facts that must then have certain values; one that it does not name may
    have any value. Together the boxes are all that the change may be, up to MOST_PATHS ways.
    """

    variables: tuple[int, ...]
    boxes: tuple[Box, ...]


def nearest_changes(verdicts: Verdicts, atoms: Sequence[int], wanted: Set[int]) -> tuple[Change, ...]:
    """All inclusion-minimal changes of given facts that may lead to a wanted result, fewest facts first."""
    return tuple(
        Change(tuple(members(each)), _boxes(verdicts, atoms, each, wanted))
        for each in differences(verdicts, atoms, wanted)
    )


def _boxes(verdicts: Verdicts, given: Sequence[int], changed: int, wanted: Set[int]) -> tuple[Box, ...]:
    """Few and large boxes over changed and unknown variables that hold wanted results alone."""
    atoms = [0 if changed >> variable & 1 else atom for variable, atom in enumerate(given)]
    boxes: list[Box] = []
    for path in islice(_paths(verdicts, verdicts.root, atoms, wanted), MOST_PATHS):
        if not any(_within(path, box) for box in boxes):
            wide = _widened(verdicts, path, atoms, given, wanted)
            boxes = [*[box for box in boxes if not _within(box, wide)], wide]
    return tuple(sorted(boxes, key=len))


def _paths(
    verdicts: Verdicts, number: int, atoms: Sequence[int], wanted: Set[int]
) -> Iterator[dict[int, int]]:
    """Disjoint boxes of all that leads from a node to a wanted result."""
    if number < 0:
        if ~number in wanted:
            yield {}
        return
    variable, *children = verdicts.nodes[number]
    if atoms[variable]:
        yield from _paths(verdicts, children[atoms[variable] - 1], atoms, wanted)
        return
    for child in dict.fromkeys(children):
        taken = sum(1 << atom for atom, each in enumerate(children) if each == child)
        for path in _paths(verdicts, child, atoms, wanted):
            yield {variable: taken, **path}


def _widened(
    verdicts: Verdicts, box: Box, atoms: Sequence[int], given: Sequence[int], wanted: Set[int]
) -> Box:
    """The box with each variable widened as far as nothing unwanted comes in, nor the value to be changed."""
    wide = dict(box)
    for variable in box:
        for atom in range(1, verdicts.sizes[variable] + 1):
            tried = {**wide, variable: wide[variable] | 1 << atom - 1}
            if tried != wide and atom != given[variable] and _only(verdicts, tried, atoms, wanted):
                wide = tried
    return {each: taken for each, taken in wide.items() if taken != (1 << verdicts.sizes[each]) - 1}


def _only(verdicts: Verdicts, box: Box, atoms: Sequence[int], wanted: Set[int]) -> bool:
    """Whether a box leads to wanted results alone, combinations that are ruled out aside."""
    accepted = verdicts.ruled_out.union(wanted)
    seen: set[int] = set()
    waiting = [verdicts.root]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if number < 0:
            if ~number not in accepted:
                return False
            continue
        variable, *children = verdicts.nodes[number]
        waiting += _open(children, atoms[variable], box.get(variable))
    return True


def _open(children: Sequence[int], atom: int, taken: int | None) -> Iterable[int]:
    if atom:
        return children[atom - 1 : atom]
    if taken is None:
        return children
    return [child for position, child in enumerate(children) if taken >> position & 1]


def _within(box: Box, other: Box) -> bool:
    """Whether one box lies in another."""
    return all(variable in box and box[variable] & ~taken == 0 for variable, taken in other.items())
