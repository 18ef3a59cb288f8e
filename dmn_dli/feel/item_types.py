"""Types as a model builds them: FEEL's own, and those of item definitions (DMN 1.5, 7.3.2 and 10.3.2.1)."""

from __future__ import annotations

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
