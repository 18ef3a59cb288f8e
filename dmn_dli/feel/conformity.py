"""Whether a value is of a type, and its conversion where it nearly is (DMN 1.5, section 10.3.2.9).

`instance of`, parameters, results, decisions and input data all ask here. What unary tests say of a
value is for the caller to work out, since compiled code stands above this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, cast

from dmn_dli.feel.budget import charge_for
from dmn_dli.feel.item_types import ItemType, described
from dmn_dli.feel.reasons import Verbatim, note
from dmn_dli.feel.temporal_values import DateValue, at_midnight
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.values import FunctionValue, RangeValue

if TYPE_CHECKING:  # the running table needs no syntax tree
    from dmn_dli.feel.syntax import UnaryTests

Passes: TypeAlias = "Callable[[UnaryTests, object], bool]"
"""Whether a value passes unary tests."""


def instance_of(value: object, type_: ItemType) -> bool:
    """Whether the value is of the type. Null is of the type Null alone.

    What an item definition allows of a type's values takes no part in it.
    """
    return _is_of(value, type_, None)


def _is_of(value: object, type_: ItemType, passes: Passes | None) -> bool:
    """As `instance_of`; where `passes` is given, what item definitions forbid is not of their type."""
    if type_.basic is FeelType.NULL:
        return value is None
    if value is None:
        return False
    if type_.basic is not FeelType.ANY and type_of(value) is not type_.basic:
        return False
    return _parts_fit(value, type_, passes) and (passes is None or _permitted(value, type_, passes))


def _parts_fit(value: object, type_: ItemType, passes: Passes | None) -> bool:
    match type_.basic:
        case FeelType.LIST if type_.item is not None:
            item = type_.item
            charge_for(value)
            return all(_conforms(each, item, passes) for each in cast("list[object]", value))
        case FeelType.CONTEXT if type_.fields is not None:
            entries = cast("dict[str, object]", value)
            charge_for(value)
            fields = type_.fields
            return all(name in entries and _conforms(entries[name], part, passes) for name, part in fields)
        case FeelType.RANGE if type_.item is not None and isinstance(value, RangeValue):
            item = type_.item
            return all(_conforms(bound, item, passes) for bound in (value.low, value.high))
        case FeelType.FUNCTION if isinstance(value, FunctionValue) and value.signatures:
            return any(conforming(signature, type_) for signature in value.signatures)
    return True


def _permitted(value: object, type_: ItemType, passes: Passes) -> bool:
    if type_.allowed is not None and not passes(type_.allowed, value):
        return False
    return type_.constraint is None or passes(type_.constraint, value)


def _conforms(value: object, type_: ItemType, passes: Passes | None) -> bool:
    """Whether the value may stand where the type is due: null may anywhere."""
    return value is None or _is_of(value, type_, passes)


def coerced(value: object, type_: ItemType, passes: Passes, taker: str = "") -> object:
    """The value as that type, after the implicit conversions of section 10.3.2.9.4; null where it is none.

    An item and the list of it stand for each other, and a date for its midnight in UTC, that also inside
    lists and contexts. taker: whose type it is, for the reason.
    """
    found = _dated(value, type_, passes)
    if found is None and type_.basic is FeelType.LIST:
        found = _dated([value], type_, passes)
    elif found is None and isinstance(value, list) and len(value) == 1:
        found = _dated(value[0], type_, passes)
    if found is not None:
        return found[0]
    allowed = " that is allowed" if instance_of(value, type_) else ""
    whose = f", the type of {taker}" if taker else ""
    note("{} is no {}{}{}", value, *map(Verbatim, (described(type_), allowed, whose)))
    return None


def _dated(value: object, type_: ItemType, passes: Passes) -> tuple[object] | None:
    """The value, dates being moments where those are due, alone in a tuple; None where it is not of it."""
    if _conforms(value, type_, passes):
        return (value,)
    changed = _with_moments(value, type_, passes)
    return (changed,) if changed is not None and _is_of(changed, type_, passes) else None


def _with_moments(value: object, type_: ItemType, passes: Passes) -> object:
    if type_.basic is FeelType.DATE_TIME and isinstance(value, DateValue):
        return at_midnight(value)
    if isinstance(value, dict) and type_.fields is not None:
        given = {name: part for name, part in type_.fields if name in value}
        parts = {name: _dated(value[name], part, passes) for name, part in given.items()}
        if None not in parts.values():
            return {**value, **{name: part[0] for name, part in parts.items() if part is not None}}
    if isinstance(value, list) and type_.item is not None:
        items = [_dated(each, type_.item, passes) for each in value]
        if None not in items:
            return [each[0] for each in items if each is not None]
    return None


def conforming(type_: ItemType | None, due: ItemType) -> bool:
    """Whether every value of a type may stand where the other is due (DMN 1.5, section 10.3.2.9.2).

    A function conforms where it takes at least what is due and gives at most what is due. Where a type is
    open (None, or `Any` as the result of a function of which no more is known), it may conform.
    """
    if due.basic is FeelType.ANY or type_ is None or type_.basic in (FeelType.ANY, FeelType.NULL):
        return True
    if type_.basic is not due.basic:
        return False
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
        if own is None:
            return True
        if len(own) != len(due.parameters):
            return False
        if not all(conforming(wanted, taken) for wanted, taken in zip(due.parameters, own, strict=True)):
            return False
    return due.result is None or conforming(type_.result, due.result)
