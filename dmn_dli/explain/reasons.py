"""Smallest sets of given facts that settle a determination, and smallest sets whose change unsettles it.

The two are duals. A set of facts settles the determination, whatever the others are, exactly if every
way to another result differs from the case in one of its facts: it *hits* every set of differences. So
one walk over the diagram, from the results up, gathers the smallest sets of differences; the smallest
sets that hit them all are the reasons. A set of facts is a bitmask, bit v for variable v.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from dmn_dli.explain.verdicts import Verdicts
from dmn_dli.tables.masks import members

MOST = 1_000
"""How many smallest sets are counted before it is said that there are more."""


def differences(verdicts: Verdicts, atoms: Sequence[int], wanted: Set[int]) -> tuple[int, ...]:
    """The inclusion-minimal sets of given facts whose change may lead to a wanted result.

    "May": for some values of them and of the unknown facts. The empty set stands for no change at all.
    """
    families: list[tuple[int, ...]] = []

    def family(child: int) -> tuple[int, ...]:
        return families[child] if child >= 0 else ((0,) if ~child in wanted else ())

    for variable, *children in verdicts.nodes:
        given = atoms[variable]
        sets: set[int] = set()
        for atom, child in enumerate(children, 1):
            change = 1 << variable if given and atom != given else 0
            sets.update([each | change for each in family(child)])
        families.append(minimal(sets))
    return family(verdicts.root)


def minimal(sets: Iterable[int]) -> tuple[int, ...]:
    """The sets that hold no other one, the smallest first."""
    kept: list[int] = []
    for each in sorted(sets, key=_by_size):
        if all(known & each != known for known in kept):
            kept.append(each)
    return tuple(kept)


def smallest_hitting(sets: Sequence[int], most: int = MOST) -> tuple[int, ...]:
    """The sets of fewest elements that share an element with each of `sets`: all of them, up to `most`.

    None of `sets` is empty. The empty set alone hits no sets at all.
    """
    needed = 0
    for each in sets:
        if each & (each - 1) == 0:
            needed |= each
    rest = [each for each in sets if not each & needed]
    size = 0
    while True:
        found: set[int] = set()
        _extend(rest, needed, 0, size, found, most)
        if found:
            return tuple(sorted(found, key=_by_size))
        size += 1


def _extend(rest: Sequence[int], chosen: int, barred: int, more: int, found: set[int], most: int) -> None:
    """Add to `found` what comes of `chosen` by `more` elements at most that hit the rest; none is barred."""
    if not rest:
        found.add(chosen)
        return
    if len(found) >= most or _apart(rest) > more:
        return
    for variable in members(rest[0] & ~barred):
        element = 1 << variable
        left = [each for each in rest if not each & element]
        _extend(left, chosen | element, barred, more - 1, found, most)
        barred |= element


def _apart(sets: Sequence[int]) -> int:
    """How many of the sets, taken in turn, share nothing with those taken before: each needs an element."""
    taken = number = 0
    for each in sets:
        if not each & taken:
            taken |= each
            number += 1
    return number


def _by_size(mask: int) -> tuple[int, int]:
    return mask.bit_count(), mask
