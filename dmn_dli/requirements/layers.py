"""The layers of a graph: who stands in which, in which order, and how far to the right.

The door to grandalf, a library in Python alone that lays graphs out by Sugiyama's method: layers, an order in
them that crosses few lines, and the placement of Brandes and Köpf.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any, TypeAlias

from attrs import frozen

from dmn_dli.runtime.input_error import further_package

Pair: TypeAlias = tuple[str, str]
"""Who stands above, and who below."""

MOST_NODES, MOST_BENDS = 200, 600
"""Beyond these a picture would say nothing to anybody, and take its time for that."""

_ROUNDS = 6
"""How often the order of all layers is gone through, downward and upward."""

_BETWEEN, _PASSING = 32, 16
"""Between neighbours in a layer; how wide a line is that passes through one."""


class NotArranged(Exception):
    """There is no picture of a graph; the message says why."""


@frozen(eq=False)
class Slot:
    """A place in a layer, of a node or, without a name, of a line that passes between nodes."""

    name: str | None
    left: int
    width: int


@frozen
class Layers:
    """A part of a graph that hangs together: its layers from the top, the slots of each from the left.

    lines: the slots that each line goes through, from the upper node to the lower.
    """

    layers: tuple[tuple[Slot, ...], ...]
    lines: Mapping[Pair, tuple[Slot, ...]]


def layered(widths: Mapping[str, int], pairs: Sequence[Pair]) -> list[Layers]:
    """The parts of a graph without circles, in the order of their first nodes.

    Raises NotArranged where it is too large, and where grandalf is not installed.
    """
    if len(widths) > MOST_NODES or _bends(widths, pairs) > MOST_BENDS:
        raise NotArranged("There is too much of it for a picture.")
    try:
        graphs, layouts = import_module("grandalf.graphs"), import_module("grandalf.layouts")
    except ImportError as error:
        raise NotArranged(
            f"The picture is left out: drawing it where the page is made {further_package('page')}."
        ) from error
    return [_laid_out(graphs, layouts, part, widths, pairs) for part in _parts(widths, pairs)]


def _parts(names: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The nodes that hang together, in the order of the first of each.

    grandalf's own division of a graph goes through sets, whose order differs from run to run.
    """
    part = {name: [name] for name in names}
    for upper, lower in pairs:
        if part[upper] is not part[lower]:
            part[upper] += part[lower]
            part |= dict.fromkeys(part[lower], part[upper])
    found = {id(members): members for members in part.values()}
    return [[name for name in part if part[name] is members] for members in found.values()]


def _laid_out(
    graphs: Any, layouts: Any, part: Sequence[str], widths: Mapping[str, int], pairs: Sequence[Pair]
) -> Layers:
    """A part as grandalf lays it out, in whole numbers."""
    vertices = {name: graphs.Vertex(name) for name in part}
    for name, vertex in vertices.items():
        vertex.view = layouts.VertexViewer(widths[name], 1)
    edges = [graphs.Edge(vertices[upper], vertices[lower]) for upper, lower in pairs if upper in vertices]
    layout = layouts.SugiyamaLayout(graphs.graph_core(list(vertices.values()), edges))
    layout.xspace, layout.dw = _BETWEEN, _PASSING
    layout.init_all(inverted_edges=[])
    _place_exactly(layout)
    layout.draw(_ROUNDS)
    slots: dict[Any, Slot] = {}
    for layer in layout.layers:
        reached: int | None = None
        for each in layer:
            width = int(each.view.w)
            left = round(each.view.xy[0] - width / 2)
            left = left if reached is None else max(left, reached + _BETWEEN)
            slots[each] = Slot(getattr(each, "data", None), left, width)
            reached = left + width
    lines = {}
    for edge in layout.g.sE:
        upper, lower = edge.v
        through = layout.ctrls.get(edge) or {0: upper, 1: lower}
        lines[upper.data, lower.data] = tuple(slots[through[rank]] for rank in sorted(through))
    return Layers(tuple(tuple(slots[each] for each in layer) for layer in layout.layers), lines)


def _place_exactly(layout: Any) -> None:
    """Let places in a layer be fractions, not floating-point numbers.

    Their means are compared. Python's versions add floating-point numbers differently, so that a picture made
    here and one made in the page's engine would not be the same.
    """
    for layer in layout.layers:
        step = Fraction(1, max(len(layer) - 1, 1))
        layer._Layer__x = step
        for position, each in enumerate(layer):
            layout.grx[each].bar = position * step


def _bends(names: Iterable[str], pairs: Sequence[Pair]) -> int:
    """Through how many layers the lines pass between their nodes."""
    depth = dict.fromkeys(names, 0)
    for _ in depth:
        deeper = {lower: depth[upper] + 1 for upper, lower in pairs if depth[lower] <= depth[upper]}
        if not deeper:
            break
        depth |= deeper
    return sum(depth[lower] - depth[upper] - 1 for upper, lower in pairs)


def without_circles(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs, each once, those turned round that close a circle."""
    kept: dict[Pair, None] = {}
    below: dict[str, set[str]] = {}
    for upper, lower in pairs:
        turned = _leads(below, lower, upper)
        pair = (lower, upper) if turned else (upper, lower)
        kept[pair] = None
        below.setdefault(pair[0], set()).add(pair[1])
    return tuple(kept)


def _leads(below: Mapping[str, Iterable[str]], start: str, end: str) -> bool:
    """Whether one stands above another, by way of others perhaps."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == end:
            return True
        if name not in seen:
            seen.add(name)
            waiting += below.get(name, ())
    return False
