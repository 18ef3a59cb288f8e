"""References to cells and areas, as the parts of an xlsx write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import evolve

from dmn_dli.model.area import Area
from dmn_dli.model.cell import column_letters

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """The 1-based number of a column: `AB` is 28."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def cell_place(reference: str) -> tuple[int, int] | None:
    """Row and column of `B5`; None for what is no cell."""
    found = _CELL.fullmatch(reference)
    return None if found is None else (int(found[2]), column_number(found[1]))


def reference_of(row: int, column: int) -> str:
    """`B5`."""
    return f"{column_letters(column)}{row}"


def area_of(reference: str) -> Area | None:
    """`B5`, `B5:C6`, `B:C` or `5:6` as an area; None for what is none."""
    if columns := _COLUMNS.fullmatch(reference):
        left, right = sorted((column_number(columns[1]), column_number(columns[2])))
        return Area(1, left, LAST_ROW, right)
    if rows := _ROWS.fullmatch(reference):
        top, bottom = sorted((int(rows[1]), int(rows[2])))
        return Area(top, 1, bottom, LAST_COLUMN)
    first, _, last = reference.partition(":")
    one, other = cell_place(first), cell_place(last or first)
    if one is None or other is None:
        return None
    return Area(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def areas_of(references: str) -> tuple[Area, ...]:
    """The areas of a list that blanks part (`sqref`); what is no area is passed over."""
    return tuple(area for area in map(area_of, references.split()) if area is not None)


def written_area(area: Area) -> str:
    """An area as a part writes it: `B5` where it is one cell, `B:C` and `5:6` where it is all of these."""
    if (area.top, area.bottom) == (1, LAST_ROW):
        return f"{column_letters(area.left)}:{column_letters(area.right)}"
    if (area.left, area.right) == (1, LAST_COLUMN):
        return f"{area.top}:{area.bottom}"
    first = reference_of(area.top, area.left)
    last = reference_of(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def written_areas(areas: Iterable[Area]) -> str:
    """A list of areas, parted by blanks."""
    return " ".join(map(written_area, areas))


def without(areas: Iterable[Area], taken: Sequence[Area]) -> tuple[Area, ...]:
    """The cells of areas that lie in none of those which are taken, in as few pieces as are found."""
    left = list(areas)
    for hole in taken:
        left = [piece for area in left for piece in _around(area, hole)]
    return tuple(left)


def _around(area: Area, hole: Area) -> Iterator[Area]:
    """What is left of an area: above, below, and beside a hole."""
    if not area.meets(hole):
        yield area
        return
    top, bottom = max(area.top, hole.top), min(area.bottom, hole.bottom)
    if area.top < top:
        yield evolve(area, bottom=top - 1)
    if area.left < hole.left:
        yield Area(top, area.left, bottom, hole.left - 1)
    if hole.right < area.right:
        yield Area(top, hole.right + 1, bottom, area.right)
    if bottom < area.bottom:
        yield evolve(area, top=bottom + 1)
