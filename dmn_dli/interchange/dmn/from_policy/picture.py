"""The picture of a model (DMNDI; DMN 1.5, chapter 13): its decisions above what they require.

Arranged as the page arranges decisions, with the facts as shapes of their own, since other tools draw them
so. Where that cannot be done (too many nodes, or no library for it), in plain rows with straight lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from dmn_dli.interchange.dmn.diagram import Bounds, Diagram, Edge, Shape
from dmn_dli.interchange.dmn.expressions import Element
from dmn_dli.interchange.dmn.from_policy.names import Ids
from dmn_dli.interchange.dmn.model import Decision, Definitions
from dmn_dli.requirements.arrangement import Arrangement, Box, Point, Size, arrange
from dmn_dli.requirements.layers import NotArranged, Pair, without_circles
from dmn_dli.requirements.text import width, wrapped

_LETTERS, _LINE_HEIGHT = 12, 15
"""Of the names in dmn-js, which draws larger ones than other tools do."""

_LINE, _LINES = 150, 6
_NARROWEST, _LOWEST, _INSIDE, _SIGN = 90, 46, 14, 22
"""The least width and height; around a name; and for the sign that dmn-js puts on a decision, left of it."""

_MARGIN, _ABOVE = 40, 110
"""Around the picture; above it, since dmn-js lays the model's name over the upper left corner."""

_GAP, _RISE, _ROW = 24, 90, 1800
"""Of plain rows: between two nodes, between two layers, and how wide a row gets."""


def diagram_of(model: Definitions, ids: Ids) -> Diagram:
    """All decisions, the sources that they rest on and the facts that they read; no other facts."""
    lines = {
        each.id: (decision.id, each.href.removeprefix("#"))
        for decision in model.decisions
        for each in decision.requirements
    }
    read = {required for _, required in lines.values()}
    nodes = [*model.decisions, *(each for each in (*model.sources, *model.inputs) if each.id in read)]
    sizes = {node.id: _size(node) for node in nodes}
    whole = _arranged(sizes, list(dict.fromkeys(lines.values())))
    return Diagram(
        id=ids.new("diagram"),
        name=model.name,
        size=(whole.width + 2 * _MARGIN, whole.height + _ABOVE + _MARGIN),
        shapes=tuple(
            Shape(id=ids.new("shape", node.id), element=node.id, bounds=_bounds(whole.boxes[node.id]))
            for node in nodes
        ),
        edges=tuple(
            Edge(
                id=ids.new("edge", requirement),
                element=requirement,
                points=tuple((x + _MARGIN, y + _ABOVE) for x, y in whole.lines[pair]),
            )
            for requirement, pair in lines.items()
        ),
    )


def _bounds(box: Box) -> Bounds:
    return Bounds(box.left + _MARGIN, box.top + _ABOVE, box.width, box.height)


def _size(node: Element) -> Size:
    """So large that the name stands in it."""
    lines = wrapped(node.name, _LETTERS, _LINE, _LINES)
    wide = max([_NARROWEST, *(ceil(width(line, _LETTERS)) for line in lines)])
    beside = _INSIDE + (_SIGN if isinstance(node, Decision) else 0)
    return Size(wide + 2 * beside, max(_LOWEST, len(lines) * _LINE_HEIGHT + 2 * _INSIDE))


def _arranged(sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> Arrangement:
    try:
        return arrange(sizes, pairs)
    except NotArranged:
        return _in_rows(sizes, pairs)


def _in_rows(sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> Arrangement:
    """Layer by layer, each broken into rows of a page's width, lines straight from edge to edge."""
    boxes: dict[str, Box] = {}
    top = 0
    for row in _rows(sizes, _depths(sizes, without_circles(pairs))):
        left = 0
        for name in row:
            boxes[name] = Box(left, top, *sizes[name])
            left = boxes[name].right + _GAP
        top += max(sizes[name].height for name in row) + _RISE
    lines = {}
    for upper, lower in pairs:
        above, below = boxes[upper], boxes[lower]
        down = above.top <= below.top
        start = Point(below.left + below.width // 2, below.top if down else below.bottom)
        end = Point(above.left + above.width // 2, above.bottom if down else above.top)
        lines[upper, lower] = (start, end)
    right = max((box.right for box in boxes.values()), default=0)
    return Arrangement(right, max((box.bottom for box in boxes.values()), default=0), boxes, lines)


def _depths(sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> dict[str, int]:
    """Each node deeper than all that require it."""
    required: dict[str, list[str]] = {name: [] for name in sizes}
    above = dict.fromkeys(sizes, 0)
    for upper, lower in pairs:
        required[upper].append(lower)
        above[lower] += 1
    depths = dict.fromkeys(sizes, 0)
    waiting = [name for name, number in above.items() if not number]
    while waiting:
        name = waiting.pop()
        for lower in required[name]:
            depths[lower] = max(depths[lower], depths[name] + 1)
            above[lower] -= 1
            if not above[lower]:
                waiting.append(lower)
    return depths


def _rows(sizes: Mapping[str, Size], depths: Mapping[str, int]) -> Iterator[list[str]]:
    for depth in range(max(depths.values(), default=-1) + 1):
        row: list[str] = []
        used = 0
        for name in (each for each in sizes if depths[each] == depth):
            if row and used + sizes[name].width > _ROW:
                yield row
                row, used = [], 0
            row.append(name)
            used += sizes[name].width + _GAP
        yield row
