"""Our extension elements: what a workbook says and DMN has no place for (docs/dmn.md).

Whoever writes or reads them asks here for their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from dmn_dli.interchange.dmn.expressions import DecisionTable, Element, Extension

NAMESPACE = "urn:dmn-dli:dmn:1"
"""The 1 is the version: a reader of another one leaves the elements alone."""

PREFIX = "dli"


def ours(
    name: str,
    attributes: Mapping[str, str | None] | None = None,
    text: str = "",
    children: Iterable[Extension] = (),
) -> Extension:
    """An element of ours; attributes that are None are left out."""
    given = tuple((key, value) for key, value in (attributes or {}).items() if value is not None)
    return Extension(f"{{{NAMESPACE}}}{name}", given, text, tuple(children))


def all_of(element: Element | Extension, name: str) -> Iterator[Extension]:
    """The elements of ours by that name among an element's extensions, or within one of these."""
    inside = element.extensions if isinstance(element, Element) else element.children
    return (each for each in inside if each.name == f"{{{NAMESPACE}}}{name}")


def one_of(element: Element | Extension, name: str) -> Extension | None:
    """The first such element."""
    return next(all_of(element, name), None)


def attribute(extension: Extension, name: str, default: str = "") -> str:
    """What an attribute holds."""
    return dict(extension.attributes).get(name, default)


def written(text: str, model: str) -> tuple[Extension, ...]:
    """What the workbook says in other words than the model; nothing where the words are the same."""
    return () if text == model else (ours("written", {"of": model}, text),)


def as_written(element: Element, model: str) -> str | None:
    """What the workbook said, as long as the element's text is still the one that was written for it."""
    found = one_of(element, "written")
    return found.text if found is not None and attribute(found, "of") == model else None


def logic_digest(table: DecisionTable) -> str:
    """What a table decides as a short digest, by which it is known whether somebody changed it since."""
    parts = (
        table.hit_policy,
        table.aggregation,
        [each.expression.text for each in table.inputs if each.expression],
        [(each.name, each.default.text if each.default else None) for each in table.outputs],
        [
            ([test.text for test in rule.inputs], [entry.text for entry in rule.outputs])
            for rule in table.rules
        ],
    )
    return sha256(repr(parts).encode()).hexdigest()[:16]
