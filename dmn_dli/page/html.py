"""HTML as a tree: what a workbook says becomes text or an attribute's value, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias
from xml.etree import ElementTree

from dmn_dli.runtime.plain import visible

Element: TypeAlias = ElementTree.Element
Child: TypeAlias = "Element | str | Iterable[Child] | None"
"""What stands in an element: elements, text, nothing, or several of them."""


def h(tag: str, *children: Child, **attributes: str | bool | int | None) -> Element:
    """An element: `h("td", text, class_="cell", data_rule="R-1", hidden=True)`.

    A name's underscores are hyphens, one at the end is dropped. An attribute that is False or None is left
    out; one that is True stands without a value.
    """
    element = ElementTree.Element(tag)
    for name, value in attributes.items():
        if value is False or value is None:
            continue
        key = name.rstrip("_").replace("_", "-")
        element.set(key, "" if value is True else visible(str(value), "\n"))
    add(element, children)
    return element


def add(element: Element, children: Child) -> None:
    """Put children behind those that an element has."""
    if children is None:
        return
    if isinstance(children, str):
        _add_text(element, visible(children, "\n"))
    elif isinstance(children, ElementTree.Element):
        element.append(children)
    else:
        for child in children:
            add(element, child)


def lines(text: str) -> Child:
    """Text with its line breaks."""
    parts: list[Child] = []
    for number, line in enumerate(text.splitlines()):
        parts += [h("br") if number else None, line]
    return parts


def joined(children: Iterable[Child], between: str = ", ") -> Child:
    """Children with words between them."""
    return [[between if number else None, each] for number, each in enumerate(children)]


def fragment(*elements: Element) -> str:
    """Elements as HTML text."""
    return "".join(ElementTree.tostring(element, encoding="unicode", method="html") for element in elements)


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
