"""Three orders of rows, columns, sheets or items of a list made into one.

An order is a set of pairs, which of two comes first, and pairs are merged as cells are: one that a side has
turned is taken from that side. The result is an order unless the turned pairs contradict each other (OURS
moves b before a, THEIRS c before b, while a stays before c); then, and where both moved the same row past
different others, it is a clash. A row that a side adds stands between its neighbours there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import frozen

T = TypeVar("T", bound=Hashable)


COMPARED = 4_000
"""Things between which both sides moved some whose pairs are compared; of more OURS' order stands."""


class ClashKind(Enum):
    """How two orders may disagree."""

    MOVED = "moved by both"
    """Both sides turned the order of these rows; the whole of them stands as in OURS."""
    PLACE = "placed by neighbours that were moved apart"
    """An added row, whose neighbours the other side has turned; it stands behind the one before it."""
    TWO_PLACES = "added by both in two places"
    """It stands where OURS has it."""
    ONE_PLACE = "added at one place"
    """What OURS adds (`ours`) stands before what THEIRS adds (`theirs`); neither side says which is first."""


@frozen
class Clash(Generic[T]):
    """Where the orders disagree: the rows about which they do."""

    kind: ClashKind
    ours: tuple[T, ...]
    theirs: tuple[T, ...] = ()


@frozen
class MergedOrder(Generic[T]):
    """The merged order, and what stands in it as OURS has it because the sides disagree."""

    order: tuple[T, ...]
    clashes: tuple[Clash[T], ...] = ()


def merged_order(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> MergedOrder[T]:
    """All of OURS and THEIRS in one order; the base tells what was moved and what was added.

    What is not to be in the result is left out of `ours` and `theirs` beforehand.
    """
    if ours == theirs:
        return MergedOrder(tuple(ours))
    clashes: list[Clash[T]] = []
    in_both = set(ours) & set(theirs)
    common = in_both & set(base)
    spine = [
        each
        for block in _blocks(*([each for each in side if each in common] for side in (base, ours, theirs)))
        for each in _block(*block, clashes)
    ]
    spine = _with_added_by_both(spine, ours, theirs, in_both - common, clashes)
    gaps = tuple(_gaps(spine, side, set(side) - in_both, clashes) for side in (ours, theirs))
    known = set(base)
    order: list[T] = []
    for position in range(len(spine) + 1):
        first, second = (each.get(position, []) for each in gaps)
        order += [*first, *second, *spine[position : position + 1]]
        new = tuple(tuple(each for each in run if each not in known) for run in (first, second))
        if all(new):
            clashes.append(Clash(ClashKind.ONE_PLACE, *new))
    return MergedOrder(tuple(order), tuple(clashes))


@frozen
class Moved(Generic[T]):
    """What was moved.

    perhaps: what at least one explanation by the fewest moves takes for moved; surely: what each does.
    one: what one of them does.
    """

    perhaps: AbstractSet[T]
    surely: AbstractSet[T]
    one: tuple[T, ...]


def moved(old: Sequence[T], new: Sequence[T]) -> Moved[T]:
    """What was moved between two orders of the same things."""
    place = {each: number for number, each in enumerate(old)}
    return _moved([place[each] for each in new], new)


def _moved(places: Sequence[int], items: Sequence[T]) -> Moved[T]:
    """By the longest runs that rise: those which hold an item, and whether each of them does."""
    ending = _rising(places)
    starting = _rising([-place for place in reversed(places)])[::-1]
    longest = max(ending, default=0)
    through = [before + after - 1 == longest for before, after in zip(ending, starting, strict=True)]
    at: dict[int, int] = {}
    for length, on in zip(ending, through, strict=True):
        at[length] = at.get(length, 0) + on
    kept: set[T] = set()
    length, below = longest, len(places)
    for number in reversed(range(len(places))):
        if ending[number] == length and places[number] < below:
            kept.add(items[number])
            length, below = length - 1, places[number]
    return Moved(
        frozenset(
            item for item, on, length in zip(items, through, ending, strict=True) if not on or at[length] > 1
        ),
        frozenset(item for item, on in zip(items, through, strict=True) if not on),
        tuple(item for item in items if item not in kept),
    )


def _rising(places: Iterable[int]) -> list[int]:
    """For each place the length of the longest rising run that ends there."""
    ends: list[int] = []
    lengths = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        lengths.append(at + 1)
    return lengths


def _blocks(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> Iterator[tuple[Sequence[T], Sequence[T], Sequence[T]]]:
    """The three orders cut wherever what stands before the cut is the same in all of them."""
    place = {each: number for number, each in enumerate(base)}
    start = furthest = 0
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        furthest = max(furthest, place[one], place[other])
        if furthest == number:
            part = slice(start, number + 1)
            yield base[part], ours[part], theirs[part]
            start = number + 1


def _block(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T], clashes: list[Clash[T]]) -> Sequence[T]:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    if len(base) > COMPARED:
        clashes.append(Clash(ClashKind.MOVED, tuple(ours), tuple(theirs)))
        return ours
    bit = {each: 1 << number for number, each in enumerate(base)}
    before, of_ours, of_theirs = (_predecessors(side, bit) for side in (base, ours, theirs))
    turned = [{each: before[each] ^ side[each] for each in base} for side in (of_ours, of_theirs)]
    merged = {each: (of_ours[each] & ~turned[1][each]) | (of_theirs[each] & turned[1][each]) for each in base}
    ranks = {each: mask.bit_count() for each, mask in merged.items()}
    # Pairs make an order exactly if no two things have equally many before them.
    contradict = len(set(ranks.values())) < len(ranks)
    if contradict or _same_moved_apart(base, ours, theirs, turned, bit):
        clashes.append(Clash(ClashKind.MOVED, tuple(ours), tuple(theirs)))
        return ours
    return sorted(base, key=ranks.__getitem__)


def _predecessors(order: Iterable[T], bit: Mapping[T, int]) -> dict[T, int]:
    """What stands before each, as a mask."""
    found: dict[T, int] = {}
    seen = 0
    for each in order:
        found[each] = seen
        seen |= bit[each]
    return found


def _same_moved_apart(
    base: Sequence[T],
    ours: Sequence[T],
    theirs: Sequence[T],
    turned: Sequence[Mapping[T, int]],
    bit: Mapping[T, int],
) -> bool:
    """Whether both sides moved something past different others.

    Others that only one side moved are passed over: that they stand elsewhere is their own move.
    """
    mine, other = moved(base, ours), moved(base, theirs)
    alone = (mine.surely - other.perhaps) | (other.surely - mine.perhaps)
    regarded = ~sum(bit[each] for each in alone)
    return any((turned[0][each] ^ turned[1][each]) & regarded for each in mine.perhaps & other.perhaps)


def _with_added_by_both(
    spine: list[T], ours: Sequence[T], theirs: Sequence[T], added: AbstractSet[T], clashes: list[Clash[T]]
) -> list[T]:
    """The spine with what both sides have added, where OURS has it."""
    if not added:
        return spine
    places: list[dict[T, tuple[int, int]]] = []
    unsure: list[Clash[T]] = []
    for side in (ours, theirs):
        gaps = _gaps(spine, side, added, unsure)
        places.append({each: (gap, number) for gap, run in gaps.items() for number, each in enumerate(run)})
    apart = [each for each in ours if each in added and places[0][each] != places[1][each]]
    clashes += [Clash(ClashKind.TWO_PLACES, (each,)) for each in apart]
    clashes += [clash for clash in unsure if clash.ours[0] not in apart]
    runs: dict[int, list[T]] = {}
    for each, (gap, _) in sorted(places[0].items(), key=lambda item: item[1]):
        runs.setdefault(gap, []).append(each)
    return [
        each
        for position in range(len(spine) + 1)
        for each in (*runs.get(position, ()), *spine[position : position + 1])
    ]


def _gaps(
    spine: Sequence[T], side: Sequence[T], added: AbstractSet[T], clashes: list[Clash[T]]
) -> dict[int, list[T]]:
    """The gap of the spine (before its n-th) to which each added thing belongs, in the order of the side."""
    in_side = {each: number for number, each in enumerate(side)}
    in_spine = {each: number for number, each in enumerate(spine)}
    behind: dict[T, int] = {}
    following = len(spine)
    for each in reversed(side):
        following = in_spine.get(each, following)
        behind[each] = following
    found: dict[int, list[T]] = {}
    start = 0
    for each in side:
        if each in in_spine:
            start = in_spine[each] + 1
        elif each in added:
            gap = start
            between = [in_side[other] < in_side[each] for other in spine[start : behind[each]]]
            if start > behind[each] or any(not one and two for one, two in pairwise(between)):
                clashes.append(Clash(ClashKind.PLACE, (each,)))
            else:
                gap += sum(between)
            found.setdefault(gap, []).append(each)
    return found
