"""Elements of XML that are written: names with their namespaces, texts that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from dmn_dli.interchange.dmn.expressions import Element, Extension
from dmn_dli.interchange.dmn.names import DIAGRAM_NAMESPACES, MODEL_NAMESPACES, local, space

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Forbidden(ValueError):
    """A character that XML cannot hold; the message says which, and in what text."""


@frozen
class Target:
    """The version that is written: the namespaces of its elements and of its pictures, and of FEEL."""

    version: str
    model: str
    picture: str
    feel: str


TARGETS: Final[Mapping[str, Target]] = {
    version: Target(
        version,
        next(space for space, each in MODEL_NAMESPACES.items() if each == version),
        next(space for space, each in DIAGRAM_NAMESPACES.items() if each == version),
        feel,
    )
    for version, feel in (
        ("1.3", "https://www.omg.org/spec/DMN/20191111/FEEL/"),
        ("1.5", "https://www.omg.org/spec/DMN/20230324/FEEL/"),
    )
}
"""The versions that can be written."""


def allowed(text: str) -> str:
    """The text itself. Raises Forbidden where it holds what XML cannot hold."""
    found = _FORBIDDEN.search(text)
    if found:
        raise Forbidden(f"the character U+{ord(found[0]):04X} in {text[:60]!a}")
    return text


def added(parent: _Element, name: str, attributes: Mapping[str, str | None] | None = None) -> _Element:
    """A new child in the parent's namespace, with those attributes that are not None."""
    from lxml.etree import SubElement

    child = SubElement(parent, f"{{{space(str(parent.tag))}}}{name}")
    set_attributes(child, attributes or {})
    return child


def set_attributes(element: _Element, attributes: Mapping[str, str | None]) -> None:
    """Sets those attributes that are not None."""
    for key, value in attributes.items():
        if value is not None:
            element.set(key, allowed(value))


def add_text(parent: _Element, name: str, text: str) -> None:
    """A child that holds a text."""
    added(parent, name).text = allowed(text)


def add_common(element: _Element, content: Element, *, named: bool = False) -> None:
    """What every element may have; to be called first, since it stands first.

    named: whether the standard wants a `name`, were it an empty one.
    """
    set_attributes(
        element,
        {
            "id": content.id or None,
            "name": content.name if named or content.name else None,
            "label": content.label or None,
            **dict(content.attributes),
        },
    )
    if content.description:
        add_text(element, "description", content.description)
    if content.extensions:
        add_extensions(added(element, "extensionElements"), content.extensions)


def add_extensions(parent: _Element, extensions: Iterable[Extension], picture: str | None = None) -> None:
    """Elements of any namespace as children; those of a picture in the namespace that is given, if one is."""
    from lxml.etree import SubElement

    for each in extensions:
        name = each.name
        if picture is not None and space(name) in DIAGRAM_NAMESPACES:
            name = f"{{{picture}}}{local(name)}"
        child = SubElement(parent, name)
        set_attributes(child, dict(each.attributes))
        child.text = allowed(each.text) or None
        add_extensions(child, each.children, picture)
        child.tail = allowed(each.tail) or None
