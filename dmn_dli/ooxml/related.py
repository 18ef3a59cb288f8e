"""How an element of a part names another part."""

from __future__ import annotations

from dmn_dli.ooxml.contents import RELATIONS_SPACE
from dmn_dli.ooxml.exact import Element


def related_id(element: Element) -> str:
    """The id of the relation that an element names (`r:id`); "" where it names none."""
    return element.get_in(RELATIONS_SPACE, "id")


def set_related_id(element: Element, relation: str) -> None:
    """Let an element name a relation, with the prefix that the part uses, or one of its own."""
    prefix = next(
        (each for each, space in element.namespaces.items() if each and space == RELATIONS_SPACE), ""
    )
    if not prefix:
        prefix = "r"
        element.set("xmlns:r", RELATIONS_SPACE)
        element.namespaces = {**element.namespaces, "r": RELATIONS_SPACE}
    element.set(f"{prefix}:id", relation)
