"""What a type's name means: FEEL's own types, and the item definitions of a model (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.syntax import TypeName

OWN_TYPES: Mapping[str, FeelType] = {kind.value: kind for kind in FeelType} | {"Null": FeelType.NULL}
"""FEEL's own types by the names that expressions have for them."""


def named_type(name: TypeName, types: Mapping[str, ItemType]) -> ItemType:
    """The type; `types` are the item definitions by name. Raises FeelUnsupported for a name that is none.

    An item definition hides a type of FEEL's own, unless the name has arguments.
    """
    if name.name in types and not (name.arguments or name.fields or name.result):
        return types[name.name]
    kind = OWN_TYPES.get(name.name)
    if kind is None:
        known = "one of FEEL's own, such as number, string or date"
        also = ", nor an item definition" if types else ""
        raise FeelUnsupported(f"the type `{name.name}` is not {known}{also}", name.span)
    arguments = tuple(named_type(argument, types) for argument in name.arguments)
    if kind is FeelType.FUNCTION:
        result = None if name.result is None else named_type(name.result, types)
        return ItemType(kind, parameters=None if result is None else arguments, result=result)
    fields = tuple((entry, named_type(type_, types)) for entry, type_ in name.fields)
    return ItemType(kind, item=arguments[0] if arguments else None, fields=fields or None)
