"""The picture of a model (DMNDI; DMN 1.5, chapter 13): boxes and lines in points of the screen."""

from __future__ import annotations

from attrs import frozen


@frozen
class Bounds:
    """A box: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@frozen
class Shape:
    """Where an element stands; `element` is its id or href.

    divider: of a decision service, the height of the line that parts what it gives from what it holds.
    """

    id: str
    element: str
    bounds: Bounds
    label: Bounds | None = None
    divider: float | None = None
    collapsed: bool = False


@frozen
class Edge:
    """How a requirement's line runs; `element` is the requirement's id."""

    id: str
    element: str
    points: tuple[tuple[float, float], ...]


@frozen
class Diagram:
    """One picture of the graph."""

    id: str
    name: str = ""
    size: tuple[float, float] | None = None
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
