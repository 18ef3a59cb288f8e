"""Overlaps: the pairs of rules that accept a combination together."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.analysis.grid import Box, Grid, meet
from dmn_dli.tables.masks import members


@frozen
class Overlap:
    """Two rules (positions, first < second) and the box that they share."""

    first: int
    second: int
    shared: Box


def overlapping(grid: Grid) -> list[int]:
    """For each rule the mask of the other rules with which it shares a combination."""
    masks = []
    for rule, box in enumerate(grid.rules):
        mask = grid.all_rules & ~(1 << rule)
        for position, classes in enumerate(box):
            mask &= grid.any_of(position, classes)
        masks.append(mask)
    return masks


def find_overlaps(grid: Grid) -> Iterator[Overlap]:
    """All overlaps, by first and then second rule."""
    for first, mask in enumerate(overlapping(grid)):
        for second in members(mask >> (first + 1)):
            shared = meet(grid.rules[first], grid.rules[first + 1 + second])
            assert shared is not None, "masks and boxes say the same"
            yield Overlap(first, first + 1 + second, shared)
