"""The implicit conversions of FEEL (DMN 1.5, section 10.3.2.9.4), for all who have a value and a type."""

from __future__ import annotations

from dmn_dli.feel import conformity
from dmn_dli.feel.compiled import passes
from dmn_dli.feel.item_types import ItemType


def coerced(value: object, type_: ItemType) -> object:
    """The value as that type, converted where the standard says so; null where it does not conform.

    An item and the list of it stand for each other, a date for its midnight in UTC, also inside lists and
    contexts. A value that the type's allowed values or its constraint forbid does not conform.
    """
    return conformity.coerced(value, type_, passes)
