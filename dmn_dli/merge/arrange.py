"""Rows or columns of a sheet brought into another order, with gaps where others are to stand.

Rows and columns are arranged alike; what differs is how a sheet is told to do so (`Axis`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from dmn_dli.merge.grids import Key, Side
from dmn_dli.ooxml.sheet import EditedSheet


class _Insert(Protocol):
    def __call__(self, before: int, count: int = 1, *, like: int | None = None) -> None: ...


@frozen
class Axis:
    """The rows or the columns of a sheet that is being changed."""

    insert: _Insert
    remove: Callable[[int, int], None]
    order: Callable[[int, Sequence[int]], None]


def rows_of(sheet: EditedSheet) -> Axis:
    """The rows of a sheet."""
    return Axis(sheet.insert_rows, sheet.remove_rows, sheet.order_rows)


def columns_of(sheet: EditedSheet) -> Axis:
    """The columns of a sheet."""
    return Axis(sheet.insert_columns, sheet.remove_columns, sheet.order_columns)


Alike = Callable[[Key, Key], bool]
"""Whether a new row or column should look as its neighbour does, which is the second."""


MANY = 8
"""From so many moves on all are made in one, since each goes through the whole sheet."""


def arrange(
    axis: Axis, present: Mapping[Key, int], wanted: Sequence[tuple[Key, Side]], alike: Alike
) -> dict[Key, int]:
    """Take out, reorder and insert until the wanted rows (or columns) stand in order; where each stands then.

    present: where those of OURS stand. wanted: all that are to be there; those of THEIRS are inserted, blank,
    behind the one before them, of whose looks they are if they are alike (of many: of the last one's). What
    stands between, without a key, stays where it is.
    """
    kept = [key for key, side in wanted if side is not Side.THEIRS]
    places = _without(axis, present, kept)
    runs = sum(
        side is Side.THEIRS and (number == 0 or wanted[number - 1][1] is not Side.THEIRS)
        for number, (_, side) in enumerate(wanted)
    )
    if runs > MANY and kept:
        _append(axis, places, [key for key, side in wanted if side is Side.THEIRS], alike)
        _reorder(axis, places, [key for key, _ in wanted])
        return places
    _reorder(axis, places, kept)
    return _with_new(axis, places, wanted, alike)


def _append(axis: Axis, places: dict[Key, int], new: Sequence[Key], alike: Alike) -> None:
    """Make room for all that is new behind the last."""
    last = max(places, key=places.__getitem__)
    end = places[last]
    axis.insert(end + 1, len(new), like=end if alike(new[0], last) else None)
    places.update({key: place for place, key in enumerate(new, end + 1)})


def _without(axis: Axis, present: Mapping[Key, int], kept: Sequence[Key]) -> dict[Key, int]:
    """Take out what is not kept, the last first, neighbours together."""
    places = dict(present)
    staying = set(kept)
    gone = [key for key in sorted(places, key=places.__getitem__) if key not in staying]
    blocks = _blocks(places[key] for key in gone)
    if len(blocks) > MANY:
        stay = [key for key in sorted(places, key=places.__getitem__) if key in staying]
        _reorder(axis, places, [*stay, *gone])
        blocks = _blocks(places[key] for key in gone)
    for first, count in reversed(blocks):
        axis.remove(first, count)
    return {key: places[key] - sum(count for first, count in blocks if first < places[key]) for key in kept}


def _blocks(places: Iterable[int]) -> list[tuple[int, int]]:
    """Places in their order as stretches without a gap: the first of each, and how many."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def _reorder(axis: Axis, places: dict[Key, int], kept: Sequence[Key]) -> None:
    """Bring what is kept into its order, in the places that it holds together."""
    slots = sorted(places.values())
    moved = [slot for slot, key in zip(slots, kept, strict=True) if places[key] != slot]
    if not moved:
        return
    first, last = moved[0], moved[-1]
    order = list(range(last - first + 1))
    for slot, key in zip(slots, kept, strict=True):
        if first <= slot <= last:
            order[slot - first] = places[key] - first
            places[key] = slot
    axis.order(first, order)


def _with_new(
    axis: Axis, places: dict[Key, int], wanted: Sequence[tuple[Key, Side]], alike: Alike
) -> dict[Key, int]:
    """Make room for what THEIRS brings, a run of neighbours at a time."""
    position = 0
    number = 0
    while number < len(wanted):
        key, side = wanted[number]
        if side is not Side.THEIRS:
            position = places[key]
            number += 1
            continue
        run = [key]
        while number + len(run) < len(wanted) and wanted[number + len(run)][1] is Side.THEIRS:
            run.append(wanted[number + len(run)][0])
        before = wanted[number - 1][0] if number else None
        behind = wanted[number + len(run)][0] if number + len(run) < len(wanted) else None
        neighbours = [each for each in (before, behind) if each is not None]
        like = next((places[each] for each in neighbours if alike(key, each)), None)
        axis.insert(position + 1, len(run), like=like)
        for each, place in places.items():
            if place > position:
                places[each] = place + len(run)
        places.update({each: position + offset for offset, each in enumerate(run, 1)})
        position += len(run)
        number += len(run)
    return places
