"""Input data as facts by path: `Applicant` with components is `Applicant.Age`, `Applicant.Address.City` …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from dmn_dli.feel import FeelType, syntax
from dmn_dli.feel.item_types import ItemType

MOST_FACTS = 1_000
"""How many facts one input may have; one that would have more is a single fact, a context."""


@frozen
class Leaf:
    """A fact: its name, which is its path, and the type of its values."""

    name: str
    type: ItemType


@frozen
class Structure:
    """A part of an input that has components; parts: by the components' names."""

    name: str
    parts: Mapping[str, Leaf | Structure]

    @property
    def leaves(self) -> Iterator[Leaf]:
        """The facts of it, in the order of the item definition."""
        for part in self.parts.values():
            if isinstance(part, Leaf):
                yield part
            else:
                yield from part.leaves


Part = Leaf | Structure


def part_of(name: str, type_: ItemType) -> Part:
    """An input as facts. One whose whole is constrained, or has no end of components, is a single fact."""
    if not _has_parts(type_) or _size(type_, MOST_FACTS) > MOST_FACTS:
        return Leaf(name, type_)
    return Structure(name, {field: part_of(f"{name}.{field}", inner) for field, inner in type_.fields or ()})


def leaves(part: Part) -> tuple[Leaf, ...]:
    """The facts of an input."""
    return (part,) if isinstance(part, Leaf) else tuple(part.leaves)


def tree_of(part: Part) -> syntax.Node:
    """The FEEL tree of an input's value, or of a part of it, over its facts."""
    if isinstance(part, Leaf):
        return syntax.Name(part.name)
    return syntax.ContextLiteral(tuple((field, tree_of(inner)) for field, inner in part.parts.items()))


def _has_parts(type_: ItemType) -> bool:
    whole = type_.allowed is not None or type_.constraint is not None
    return type_.basic is FeelType.CONTEXT and bool(type_.fields) and not whole


def _size(type_: ItemType, most: int) -> int:
    """How many facts a type has; counting ends where there are more than `most`."""
    if not _has_parts(type_):
        return 1
    size = 0
    for _, inner in type_.fields or ():
        size += _size(inner, most - size)
        if size > most:
            break
    return size
