"""The picture of a model from its elements (DMNDI; DMN 1.5, chapter 13).

The picture decides nothing: what is wrong in it is told as a warning, and left out.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from attrs import frozen

from dmn_dli.interchange.dmn.cursor import Told, extension
from dmn_dli.interchange.dmn.diagram import Bounds, Diagram, Edge, Look, Shape
from dmn_dli.interchange.dmn.expressions import Extension, Place
from dmn_dli.interchange.dmn.names import DC, DI, DIAGRAM_NAMESPACES, local, space
from dmn_dli.model.dmn_codes import UNKNOWN_ELEMENT

if TYPE_CHECKING:
    from lxml.etree import _Element

_OWN_ATTRIBUTES: Final = frozenset({"id", "name", "dmnElementRef", "isCollapsed", "sharedStyle"})
_READ: Final = frozenset(
    {"Size", "DMNShape", "DMNEdge", "DMNLabel", "DMNDecisionServiceDividerLine", "Bounds", "waypoint", "Text"}
)


@frozen
class _Label:
    bounds: Bounds | None = None
    text: str = ""
    look: Look | None = None


def diagrams(root: _Element, told: Told) -> tuple[tuple[Diagram, ...], tuple[Extension, ...]]:
    """The pictures that a model's outermost element holds, and the styles that they share."""
    pictures: list[Diagram] = []
    styles: list[Extension] = []
    for holder in root:
        if not is_picture(holder):
            continue
        for each in holder:
            if local(str(each.tag)) == "DMNDiagram":
                pictures.append(_diagram(each, told, f"diagram {len(pictures) + 1}"))
            elif local(str(each.tag)) == "DMNStyle":
                styles.append(extension(each))
            else:
                _unread(each, told, "")
    return tuple(pictures), tuple(styles)


def is_picture(element: _Element) -> bool:
    """Whether an element is what a version of DMN holds its pictures in."""
    tag = str(element.tag)
    return local(tag) == "DMNDI" and space(tag) in DIAGRAM_NAMESPACES


def _diagram(element: _Element, told: Told, path: str) -> Diagram:
    size: tuple[float, float] | None = None
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for each in element:
        name = _kind(each)
        if name == "Size":
            numbers = _numbers(each, told, path, "width", "height")
            size = (numbers[0], numbers[1]) if numbers else None
        elif name == "DMNShape":
            shapes += _shape(each, told, path)
        elif name == "DMNEdge":
            edges.append(_edge(each, told, path))
        elif name in _READ:
            _unread(each, told, path)
    title = element.get("name", "")
    return Diagram(element.get("id", ""), title, size, tuple(shapes), tuple(edges), _look(element))


def _shape(element: _Element, told: Told, path: str) -> list[Shape]:
    bounds = _bounds(element, told, path)
    if bounds is None:
        place = Place(element.sourceline or 0, path)
        told.tell(UNKNOWN_ELEMENT, place, "A `DMNShape` without `Bounds` is left out of the picture.")
        return []
    label = _label(element, told, path)
    divider = None
    for line in _named(element, "DMNDecisionServiceDividerLine"):
        points = _points(line, told, path)
        divider = points[0][1] if points else None
    return [
        Shape(
            element.get("id", ""),
            _target(element),
            bounds,
            label.bounds,
            divider,
            element.get("isCollapsed") in ("true", "1"),
            label.text,
            label.look,
            _look(element),
        )
    ]


def _edge(element: _Element, told: Told, path: str) -> Edge:
    label = _label(element, told, path)
    points = _points(element, told, path)
    identity = element.get("id", "")
    return Edge(identity, _target(element), points, label.bounds, label.text, label.look, _look(element))


def _label(element: _Element, told: Told, path: str) -> _Label:
    for each in _named(element, "DMNLabel"):
        text = next((inner.text or "" for inner in _named(each, "Text")), "")
        return _Label(_bounds(each, told, path), text, _look(each))
    return _Label()


def _look(element: _Element) -> Look:
    """What an element says besides: its own style stands among the extensions."""
    extensions: list[Extension] = []
    for each in element:
        tag = str(each.tag)
        if tag == f"{{{DI}}}extension":
            extensions += [extension(inner) for inner in each if isinstance(inner.tag, str)]
        elif _kind(each) not in _READ and isinstance(each.tag, str):
            extensions.append(extension(each))
    others = sorted((str(k), str(v)) for k, v in element.attrib.items() if k not in _OWN_ATTRIBUTES)
    return Look(element.get("sharedStyle"), tuple(extensions), tuple(others))


def _target(element: _Element) -> str:
    """The id that `dmnElementRef` names; with a prefix, of another model, as an href."""
    written = element.get("dmnElementRef", "").strip()
    prefix, colon, own = written.partition(":")
    namespace = element.nsmap.get(prefix) if colon else None
    return f"{namespace}#{own}" if namespace else written


def _bounds(element: _Element, told: Told, path: str) -> Bounds | None:
    for each in _named(element, "Bounds"):
        numbers = _numbers(each, told, path, "x", "y", "width", "height")
        return Bounds(*numbers) if numbers else None
    return None


def _points(element: _Element, told: Told, path: str) -> tuple[tuple[float, float], ...]:
    found = (_numbers(each, told, path, "x", "y") for each in _named(element, "waypoint"))
    return tuple((numbers[0], numbers[1]) for numbers in found if numbers)


def _numbers(element: _Element, told: Told, path: str, *names: str) -> list[float] | None:
    """The numbers of these attributes, None and a finding where one is none."""
    numbers: list[float] = []
    for name in names:
        written = element.get(name, "")
        try:
            number = float(written)
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            place = Place(element.sourceline or 0, path)
            own = local(str(element.tag))
            told.tell(UNKNOWN_ELEMENT, place, f"`{name}` of `{own}` is `{written}`, which is no number.")
            return None
        numbers.append(number)
    return numbers


def _kind(element: _Element) -> str:
    """The name of an element of the picture's own namespaces, "" for any other."""
    tag = str(element.tag)
    return local(tag) if space(tag) in DIAGRAM_NAMESPACES or space(tag) in (DI, DC) else ""


def _named(element: _Element, name: str) -> list[_Element]:
    return [each for each in element if _kind(each) == name]


def _unread(element: _Element, told: Told, path: str) -> None:
    place = Place(element.sourceline or 0, path)
    told.tell(UNKNOWN_ELEMENT, place, f"`{local(str(element.tag))}` is not read in a picture.")
