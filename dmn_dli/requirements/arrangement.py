"""Where the nodes of a graph stand and how the lines between them run, in whole numbers.

In layers from the top, each node above all that it requires. A line leaves a layer upright and bends only
between two layers, so that it never passes through a node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from dmn_dli.requirements.layers import Layers, Pair, Slot, layered, without_circles

_APART = 48
"""Between parts that have nothing to do with each other."""

_RISE, _RISE_EACH, _HIGHEST_RISE = 48, 4, 120
"""Between two layers: at least, more for each line that passes, at most."""

_PORT, _CORNER = 20, 14
"""Between the ends of two lines at a node, and from the outermost to the node's corner."""

_WIDE = 1200
"""Parts stand side by side up to here, or to the width of the widest; then below each other."""


class Size(NamedTuple):
    """How large a node is."""

    width: int
    height: int


class Point(NamedTuple):
    """A place, from the left and from the top."""

    x: int
    y: int


@frozen
class Box:
    """Where a node stands."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.top + self.height


@frozen
class Arrangement:
    """A picture's size, the nodes' boxes, and for each requirement the points of its line.

    A line runs from the edge of what is required to the edge of who requires it, as DMN's arrows do. It bends
    between two of its points that do not stand above each other, nowhere else.
    """

    width: int
    height: int
    boxes: Mapping[str, Box]
    lines: Mapping[Pair, tuple[Point, ...]]


def arrange(sizes: Mapping[str, Size], requirements: Sequence[Pair]) -> Arrangement:
    """A picture of nodes, each pair of which says who requires and what is required.

    Where they go in a circle, one of them has to stand below what it requires. Raises NotArranged where there
    is too much to draw, and where the library for it is not installed.
    """
    downward = without_circles(requirements)
    parts = [
        _standing(part, sizes)
        for part in layered({name: size.width for name, size in sizes.items()}, downward)
    ]
    whole = _shelved(parts)
    lines = {}
    for upper, lower in requirements:
        if (upper, lower) in whole.lines:
            lines[upper, lower] = whole.lines[upper, lower]
        else:
            lines[upper, lower] = whole.lines[lower, upper][::-1]
    return evolve(whole, lines=lines)


def _standing(part: Layers, sizes: Mapping[str, Size]) -> Arrangement:
    """A part by itself, from the upper left corner; the nodes of a layer have one upper edge."""
    slots = [slot for layer in part.layers for slot in layer]
    margin = min(slot.left for slot in slots)
    bands = dict(zip(slots, _bands(part, sizes), strict=True))
    boxes = {
        slot.name: Box(slot.left - margin, bands[slot].top, *sizes[slot.name]) for slot in slots if slot.name
    }
    above, below = _ends(part, margin, upper=True), _ends(part, margin, upper=False)
    lines = {}
    for pair, (start, *through, end) in part.lines.items():
        points = [Point(above[pair], boxes[pair[0]].bottom), Point(above[pair], bands[start].bottom)]
        for slot in through:
            x = _middle(slot, margin)
            points += [Point(x, bands[slot].top), Point(x, bands[slot].bottom)]
        points.append(Point(below[pair], bands[end].top))
        lines[pair] = tuple(dict.fromkeys(reversed(points)))
    width = max(slot.left + slot.width for slot in slots) - margin
    return Arrangement(width, max(box.bottom for box in boxes.values()), boxes, lines)


class _Band(NamedTuple):
    """From where to where a layer reaches."""

    top: int
    bottom: int


def _bands(part: Layers, sizes: Mapping[str, Size]) -> Iterator[_Band]:
    """The band of each slot, layer by layer."""
    passing: Counter[Slot] = Counter(slot for line in part.lines.values() for slot in line[:-1])
    top = 0
    for layer in part.layers:
        bottom = top + max(sizes[slot.name].height for slot in layer if slot.name)
        yield from (_Band(top, bottom) for _ in layer)
        top = bottom + min(_RISE + _RISE_EACH * sum(passing[slot] for slot in layer), _HIGHEST_RISE)


def _ends(part: Layers, margin: int, *, upper: bool) -> dict[Pair, int]:
    """Where lines end at the lower edges of their upper nodes, or at the upper edges of their lower ones.

    Side by side, in the order in which they come, about the middle of the edge.
    """
    ends: dict[Slot, list[tuple[int, Pair]]] = {}
    for pair, line in part.lines.items():
        node, neighbour = (line[0], line[1]) if upper else (line[-1], line[-2])
        ends.setdefault(node, []).append((_middle(neighbour, margin), pair))
    found = {}
    for node, lines in ends.items():
        spread = min(_PORT * (len(lines) - 1), node.width - 2 * _CORNER)
        for number, (_, pair) in enumerate(sorted(lines)):
            share = spread * number // (len(lines) - 1) if number else 0
            found[pair] = _middle(node, margin) - spread // 2 + share
    return found


def _middle(slot: Slot, margin: int) -> int:
    return slot.left - margin + slot.width // 2


def _shelved(parts: Sequence[Arrangement]) -> Arrangement:
    """Parts side by side, in as many rows as it takes."""
    widest = max([_WIDE, *(part.width for part in parts)])
    boxes: dict[str, Box] = {}
    lines: dict[Pair, tuple[Point, ...]] = {}
    left = top = right = bottom = 0
    for part in parts:
        if left and left + part.width > widest:
            left, top = 0, bottom + _APART
        boxes |= {
            name: evolve(box, left=box.left + left, top=box.top + top) for name, box in part.boxes.items()
        }
        lines |= {pair: tuple(Point(x + left, y + top) for x, y in line) for pair, line in part.lines.items()}
        right, bottom = max(right, left + part.width), max(bottom, top + part.height)
        left += part.width + _APART
    return Arrangement(right, bottom, boxes, lines)
