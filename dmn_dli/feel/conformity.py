"""Whether a value is of a type, and its conversion where it nearly is (DMN 1.5, section 10.3.2.9).

`instance of`, parameters, results, decisions and input data all ask here. What unary tests say of a
value is for the caller to work out, since compiled code stands above this.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias, cast

from dmn_dli.feel.budget import charge_for
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.temporal import midnight
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.values import FunctionValue, RangeValue

if TYPE_CHECKING:  # the running table needs no syntax tree
    from dmn_dli.feel.syntax import UnaryTests

Passes: TypeAlias = "Callable[[UnaryTests, object], bool]"
"""Whether a value passes unary tests."""


def instance_of(value: object, type_: ItemType, passes: Passes) -> bool:
    """Whether the value is of the type. Null is of the type Null alone.

    A value that the allowed values or the type constraint of an item definition forbid is not of it.
    """
    if type_.basic is FeelType.NULL:
        return value is None
    if value is None:
        return False
    if type_.basic is not FeelType.ANY and type_of(value) is not type_.basic:
        return False
    return _parts_fit(value, type_, passes) and _permitted(value, type_, passes)


def _parts_fit(value: object, type_: ItemType, passes: Passes) -> bool:
    match type_.basic:
        case FeelType.LIST if type_.item is not None:
            item = type_.item
            charge_for(value)
            return all(conforms(each, item, passes) for each in cast("list[object]", value))
        case FeelType.CONTEXT if type_.fields is not None:
            entries = cast("dict[str, object]", value)
            charge_for(value)
            fields = type_.fields
            return all(name in entries and conforms(entries[name], part, passes) for name, part in fields)
        case FeelType.RANGE if type_.item is not None and isinstance(value, RangeValue):
            item = type_.item
            return all(conforms(bound, item, passes) for bound in (value.low, value.high))
        case FeelType.FUNCTION if isinstance(value, FunctionValue):
            return conforming(value.signature, type_)
    return True


def _permitted(value: object, type_: ItemType, passes: Passes) -> bool:
    if type_.allowed is not None and not passes(type_.allowed, value):
        return False
    return type_.constraint is None or passes(type_.constraint, value)


def conforms(value: object, type_: ItemType, passes: Passes) -> bool:
    """Whether the value may stand where the type is due: as `instance_of`, and null anywhere."""
    return value is None or instance_of(value, type_, passes)


def coerced(value: object, type_: ItemType, passes: Passes) -> object:
    """The value as that type, after the implicit conversions of section 10.3.2.9.4; null where it is none.

    An item and the list of it stand for each other, and a date for its midnight in UTC, also inside lists
    and contexts.
    """
    found = _fitted(value, type_, passes)
    return None if found is None else found[0]


def _fitted(value: object, type_: ItemType, passes: Passes) -> tuple[object] | None:
    """The value as that type, alone in a tuple; None where it is not of it."""
    if conforms(value, type_, passes):
        return (value,)
    for candidate in _conversions(value, type_, passes):
        if instance_of(candidate, type_, passes):
            return (candidate,)
    return None


def _conversions(value: object, type_: ItemType, passes: Passes) -> Iterator[object]:
    """What a value that is not of the type may be converted to; whether that is of it is not asked."""
    if type_.basic is FeelType.DATE_TIME and type_of(value) is FeelType.DATE:
        yield midnight(cast("datetime.date", value))
    if isinstance(value, dict) and type_.fields is not None:
        parts = {name: _fitted(value.get(name), part, passes) for name, part in type_.fields}
        if all(part is not None for part in parts.values()):
            yield {**value, **{name: part[0] for name, part in parts.items() if part and name in value}}
    if type_.basic is FeelType.LIST:
        items = [value] if not isinstance(value, list) else value
        item = type_.item
        fitted = [(each,) if item is None else _fitted(each, item, passes) for each in items]
        if None not in fitted:
            yield [each[0] for each in fitted if each is not None]
    elif isinstance(value, list) and len(value) == 1:
        alone = _fitted(value[0], type_, passes)
        if alone is not None:
            yield alone[0]


def conforming(type_: ItemType | None, due: ItemType) -> bool:
    """Whether every value of a type may stand where the other is due (DMN 1.5, section 10.3.2.9.2).

    A function conforms where it takes at least what is due and gives at most what is due. A type that
    nobody states (None) is taken for `Any`.
    """
    if due.basic is FeelType.ANY:
        return True
    if type_ is None or type_.basic is not due.basic:
        return type_ is not None and type_.basic is FeelType.NULL
    match due.basic:
        case FeelType.LIST | FeelType.RANGE:
            return due.item is None or conforming(type_.item, due.item)
        case FeelType.CONTEXT:
            own = dict(type_.fields or ())
            return all(name in own and conforming(own[name], part) for name, part in due.fields or ())
        case FeelType.FUNCTION:
            return _signature_conforms(type_, due)
    return True


def _signature_conforms(type_: ItemType, due: ItemType) -> bool:
    if due.parameters is not None:
        own = type_.parameters
        if own is None or len(own) != len(due.parameters):
            return False
        if not all(conforming(wanted, taken) for wanted, taken in zip(due.parameters, own, strict=True)):
            return False
    return due.result is None or conforming(type_.result, due.result)
