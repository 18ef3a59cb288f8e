"""Completeness by arithmetic alone, which shares nothing with the search for gaps."""

from __future__ import annotations

from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.grid import Grid, volume
from dmn_dli.analysis.overlaps import find_overlaps


def complete_by_volume(grid: Grid) -> bool:
    """Whether rules that do not overlap fill the domain: their volumes add up to it.

    Valid only where there are no overlaps.
    """
    return sum(volume(box) for box in grid.rules if all(box)) == volume(grid.domain)


def proven_by_volume(seen: TableView) -> bool | None:
    """Whether a table is complete.

    None where volumes prove nothing: rules overlap, or what they leave open may never arrive.
    """
    if next(find_overlaps(seen.grid), None) is not None:
        return None
    return complete_by_volume(seen.grid) or (False if seen.independent and not seen.free else None)
