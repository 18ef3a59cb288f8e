"""The picture of a model (DMNDI; DMN 1.5, chapter 13): boxes and lines in points of the screen."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.interchange.dmn.expressions import Extension


@frozen
class Bounds:
    """A box: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@frozen
class Look:
    """How an element of the picture looks, as the file says it.

    style: the id of a style that is shared. extensions: the element's own style, and what is no DMN.
    attributes: those that are not understood, by name, or by `{namespace}name`.
    """

    style: str | None = None
    extensions: tuple[Extension, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


PLAIN = Look()


@frozen
class Shape:
    """Where an element stands; `element` is its id or href.

    label: where the name stands, if it was moved. label_text, label_look: what else is said of it.
    divider: of a decision service, the height of the line that parts what it gives from what it holds.
    """

    id: str
    element: str
    bounds: Bounds
    label: Bounds | None = None
    divider: float | None = None
    collapsed: bool = False
    label_text: str = ""
    label_look: Look | None = None
    look: Look = PLAIN


@frozen
class Edge:
    """How a requirement's line runs; `element` is the requirement's id."""

    id: str
    element: str
    points: tuple[tuple[float, float], ...]
    label: Bounds | None = None
    label_text: str = ""
    label_look: Look | None = None
    look: Look = PLAIN


@frozen
class Diagram:
    """One picture of the graph."""

    id: str
    name: str = ""
    size: tuple[float, float] | None = None
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    look: Look = PLAIN
