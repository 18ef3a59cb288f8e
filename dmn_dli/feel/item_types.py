"""Types as a model builds them: FEEL's own, and those of item definitions (DMN 1.5, 7.3.2 and 10.3.2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import field, frozen

from dmn_dli.feel.kinds import FeelType

if TYPE_CHECKING:  # the running table needs no syntax tree
    from dmn_dli.feel.syntax import UnaryTests


@frozen
class ItemType:
    """A type of values.

    basic: which kind of value; ANY where nothing is said.
    title: the item definition's name, for messages; "" for FEEL's own types. Takes no part in equality.
    item: of a list or a range, the type of what it holds.
    fields: of a context, its entries by name.
    parameters, result: of a function.
    allowed: unary tests that a value passes (`allowedValues`; of a list they stand at its item).
    constraint: unary tests that the whole value passes (`typeConstraint`).
    """

    basic: FeelType = FeelType.ANY
    title: str = field(default="", eq=False, kw_only=True)
    item: ItemType | None = field(default=None, kw_only=True)
    fields: tuple[tuple[str, ItemType], ...] | None = field(default=None, kw_only=True)
    parameters: tuple[ItemType, ...] | None = field(default=None, kw_only=True)
    result: ItemType | None = field(default=None, kw_only=True)
    allowed: UnaryTests | None = field(default=None, kw_only=True)
    constraint: UnaryTests | None = field(default=None, kw_only=True)


ANY = ItemType()

_OF_KIND = {kind: ItemType(kind) for kind in FeelType}


def of_kind(kind: FeelType) -> ItemType:
    """The type of all values of a kind."""
    return _OF_KIND[kind]


def as_item(type_: FeelType | ItemType) -> ItemType:
    """The type, which may be no more than a kind."""
    return of_kind(type_) if isinstance(type_, FeelType) else type_


def list_of(item: ItemType) -> ItemType:
    """The type of lists of such items."""
    return ItemType(FeelType.LIST, item=item)


def described(type_: ItemType) -> str:
    """The type as a message names it: an item definition by its name, others as FEEL writes them."""
    if type_.title:
        return f"`{type_.title}`"
    item = type_.item
    return type_.basic.value if item is None else f"{type_.basic.value} of {described(item)}"


def entries_of(type_: ItemType) -> dict[str, ItemType]:
    """What a dot reaches behind a value of the type: its entries, of a list those of its items."""
    depth: ItemType | None = type_
    while depth is not None and depth.fields is None:
        depth = depth.item
    return dict(depth.fields) if depth is not None and depth.fields is not None else {}


def item_of(type_: ItemType) -> ItemType:
    """The type of what an iteration runs over, or a filter looks at, in a value of the type."""
    if type_.basic in (FeelType.LIST, FeelType.RANGE):
        return type_.item or ANY
    return type_


def joined(types: Iterable[ItemType]) -> ItemType:
    """The type of a value that has one of the types; null has any."""
    distinct: list[ItemType] = []
    for type_ in types:
        if type_.basic is not FeelType.NULL and type_ not in distinct:
            distinct.append(type_)
    if len(distinct) == 1:
        return distinct[0]
    kinds = {type_.basic for type_ in distinct}
    kind = kinds.pop() if len(kinds) == 1 else FeelType.ANY
    entries: dict[str, list[ItemType]] = {}
    for type_ in distinct:
        for name, part in entries_of(type_).items():
            entries.setdefault(name, []).append(part)
    # What only some of them have may be something else in the others.
    everywhere = [parts if len(parts) == len(distinct) else [*parts, ANY] for parts in entries.values()]
    fields = tuple((name, joined(parts)) for name, parts in zip(entries, everywhere, strict=True))
    if kind is FeelType.LIST:
        return list_of(joined(item_of(type_) for type_ in distinct))
    return ItemType(kind, fields=fields) if fields else of_kind(kind)
