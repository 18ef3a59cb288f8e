"""The picture of a model as elements (DMNDI; DMN 1.5, chapter 13), in the order that its schema wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dmn_dli.interchange.dmn.diagram import Bounds, Diagram, Edge, Look, Shape
from dmn_dli.interchange.dmn.names import DC, DI, DIAGRAM_NAMESPACES, space
from dmn_dli.interchange.dmn.tree import Target, add_extensions, allowed, set_attributes

if TYPE_CHECKING:
    from lxml.etree import _Element

    from dmn_dli.interchange.dmn.model import Definitions

_ONLY_IN_1_5 = "useAlternativeInputDataShape"


class PictureWriter:
    """Writes the pictures of one model; prefixes: namespace to the prefix that is declared for it."""

    def __init__(self, target: Target, prefixes: Mapping[str, str]) -> None:
        """target: the version that is written."""
        self._target = target
        self._prefixes = prefixes

    def add(self, parent: _Element, definitions: Definitions) -> None:
        """The element of the pictures; nothing where the model has neither pictures nor styles."""
        if not definitions.diagrams and not definitions.styles:
            return
        holder = self._sub(parent, "DMNDI")
        for each in definitions.diagrams:
            self._diagram(holder, each)
        add_extensions(holder, definitions.styles, self._target.picture)

    def _diagram(self, parent: _Element, content: Diagram) -> None:
        element = self._sub(parent, "DMNDiagram")
        set_attributes(element, {"id": content.id or None, "name": content.name or None})
        self._look(element, content.look)
        if content.size is not None:
            width, height = content.size
            set_attributes(self._sub(element, "Size"), {"width": number(width), "height": number(height)})
        for shape in content.shapes:
            self._shape(element, shape)
        for edge in content.edges:
            self._edge(element, edge)

    def _shape(self, parent: _Element, content: Shape) -> None:
        element = self._sub(parent, "DMNShape")
        set_attributes(
            element,
            {
                "id": content.id or None,
                "dmnElementRef": self._reference(content.element),
                "isCollapsed": "true" if content.collapsed else None,
            },
        )
        self._look(element, content.look)
        _bounds(element, content.bounds)
        self._label(element, content.label, content.label_text, content.label_look)
        if content.divider is not None:
            line = self._sub(element, "DMNDecisionServiceDividerLine")
            left, right = content.bounds.x, content.bounds.x + content.bounds.width
            for x in (left, right):
                _point(line, x, content.divider)

    def _edge(self, parent: _Element, content: Edge) -> None:
        element = self._sub(parent, "DMNEdge")
        attributes = {"id": content.id or None, "dmnElementRef": self._reference(content.element)}
        set_attributes(element, attributes)
        self._look(element, content.look)
        for x, y in content.points:
            _point(element, x, y)
        self._label(element, content.label, content.label_text, content.label_look)

    def _label(self, parent: _Element, bounds: Bounds | None, text: str, look: Look | None) -> None:
        if bounds is None and not text and look is None:
            return
        element = self._sub(parent, "DMNLabel")
        if look is not None:
            self._look(element, look)
        if bounds is not None:
            _bounds(element, bounds)
        if text:
            self._sub(element, "Text").text = allowed(text)

    def _look(self, element: _Element, content: Look) -> None:
        """What an element says besides; its own style stands apart from what is no DMN."""
        others = {k: v for k, v in content.attributes if self._target.version == "1.5" or k != _ONLY_IN_1_5}
        set_attributes(element, {"sharedStyle": content.style, **others})
        styles = [each for each in content.extensions if space(each.name) in DIAGRAM_NAMESPACES]
        foreign = [each for each in content.extensions if each not in styles]
        if foreign:
            add_extensions(_sub(element, DI, "extension"), foreign)
        add_extensions(element, styles, self._target.picture)

    def _reference(self, element: str) -> str:
        """The qualified name of what an id or an href names."""
        namespace, _, identity = element.rpartition("#")
        prefix = self._prefixes.get(namespace)
        return f"{prefix}:{identity}" if prefix else identity

    def _sub(self, parent: _Element, name: str) -> _Element:
        return _sub(parent, self._target.picture, name)


def number(value: float) -> str:
    """A number as XML writes it, without a fraction that says nothing."""
    return repr(value).removesuffix(".0")


def _sub(parent: _Element, namespace: str, name: str) -> _Element:
    from lxml.etree import SubElement

    return SubElement(parent, f"{{{namespace}}}{name}")


def _bounds(parent: _Element, content: Bounds) -> None:
    element = _sub(parent, DC, "Bounds")
    for name in ("x", "y", "width", "height"):
        element.set(name, number(getattr(content, name)))


def _point(parent: _Element, x: float, y: float) -> None:
    set_attributes(_sub(parent, DI, "waypoint"), {"x": number(x), "y": number(y)})
