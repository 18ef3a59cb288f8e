"""The node that brings a value to a type; apart from `syntax`, on which the types themselves rest."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.syntax import Node


@frozen
class Conversion(Node):
    """The value as the type of the variable that takes it, or null (DMN 1.5, section 10.3.2.9.4)."""

    value: Node
    type: ItemType
