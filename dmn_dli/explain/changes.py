"""The nearest changes of given facts that lead to a wanted determination, and the values that do it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import islice

from attrs import frozen

from dmn_dli.diagrams.boxes import admitted, paths
from dmn_dli.diagrams.fold import Box
from dmn_dli.diagrams.sufficient import differences
from dmn_dli.explain.verdicts import Verdicts
from dmn_dli.runtime.diagram import ends_together
from dmn_dli.tables.masks import members

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
        for each in differences(*verdicts.diagram[:2], atoms, wanted)
    )


def _boxes(verdicts: Verdicts, given: Sequence[int], changed: int, wanted: Set[int]) -> tuple[Box, ...]:
    """Few and large boxes over changed and unknown variables; the values to be changed are in none of them.

    For each combination of values that a box says, some values of the other variables are possible, and all
    that are possible lead to a wanted result.
    """
    (nodes, root, _), sizes = verdicts.diagram, verdicts.sizes
    atoms = {variable: 1 << atom - 1 for variable, atom in enumerate(given) if atom}
    known = {variable: atom for variable, atom in atoms.items() if not changed >> variable & 1}
    accepted = verdicts.ruled_out.union(wanted)
    boxes: list[Box] = []
    for path in islice(paths(nodes, root, wanted, known), MOST_PATHS):
        if any(_within(path, box) for box in boxes):
            continue
        wide = {**known, **path}
        for variable in path:
            grown = admitted(nodes, root, accepted, wide, variable, sizes[variable])
            grown &= ~atoms.get(variable, 0)
            if verdicts.ruled_out and grown != (1 << sizes[variable]) - 1:
                grown = _possible(verdicts, wide, variable, grown, wanted)
            wide[variable] = grown
        prime = {each: wide[each] for each in path if wide[each] != (1 << sizes[each]) - 1}
        boxes = [*[box for box in boxes if not _within(box, prime)], prime]
    return tuple(sorted(boxes, key=len))


def _possible(verdicts: Verdicts, box: Box, variable: int, atoms: int, wanted: Set[int]) -> int:
    """Those of a variable's atoms with which no combination of values that a box says is ruled out.

    A variable that takes all its values is none that the box says anything of.
    """
    whole = {each: (1 << size) - 1 for each, size in verdicts.sizes.items()}
    said = {each: taken for each, taken in box.items() if taken != whole.get(each)}
    free = whole.keys() - said.keys() - {variable}
    return sum(
        1 << atom
        for atom in members(atoms)
        if all(
            any(~end in wanted for end in ends)
            for ends in ends_together(verdicts.diagram, free, {**said, variable: 1 << atom})
        )
    )


def _within(box: Box, other: Box) -> bool:
    """Whether one box lies in another."""
    return all(variable in box and box[variable] & ~taken == 0 for variable, taken in other.items())
