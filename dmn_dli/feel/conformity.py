"""Whether a value is of a type, for `instance of` and for parameters (DMN 1.5, section 10.3.2.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dmn_dli.feel.budget import charge_for
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.values import RangeValue

if TYPE_CHECKING:  # the running table needs no syntax tree
    from dmn_dli.feel.syntax import TypeName

# A type as a nest of tuples, which compiled code can hold: name, arguments, fields.
TypeForm = tuple[str, tuple["TypeForm", ...], tuple[tuple[str, "TypeForm"], ...]]

_KNOWN = {kind.value for kind in FeelType} | {"Null"}


def unknown_type(type_name: TypeName) -> TypeName | None:
    """The first part of the type that FEEL itself does not define, if any."""
    if type_name.name not in _KNOWN:
        return type_name
    parts = [*type_name.arguments, *(part for _, part in type_name.fields)]
    for part in [*parts, *([type_name.result] if type_name.result else [])]:
        found = unknown_type(part)
        if found is not None:
            return found
    return None


def type_form(type_name: TypeName) -> TypeForm:
    """The type as a nest of tuples."""
    return (
        type_name.name,
        tuple(type_form(part) for part in type_name.arguments),
        tuple((name, type_form(part)) for name, part in type_name.fields),
    )


def instance_of(value: object, form: TypeForm) -> bool:
    """Whether the value is of the type. Null is of the type Null alone."""
    name, arguments, fields = form
    if name in ("Null", "null"):
        return value is None
    if value is None:
        return False
    if name == "Any":
        return True
    if type_of(value).value != name:
        return False
    charge_for(value)
    if name == "list" and arguments:
        return all(conforms(item, arguments[0]) for item in cast("list[object]", value))
    if name == "context":
        entries = cast("dict[str, object]", value)
        return all(key in entries and conforms(entries[key], part) for key, part in fields)
    if name == "range" and arguments and isinstance(value, RangeValue):
        return all(conforms(bound, arguments[0]) for bound in (value.low, value.high))
    return True


def conforms(value: object, form: TypeForm) -> bool:
    """Whether the value may stand where the type is due: as `instance_of`, and null anywhere."""
    return value is None or instance_of(value, form)


def coerced(value: object, form: TypeForm) -> object:
    """The value as that type, an item and the list of it standing for each other; null where it is not."""
    if conforms(value, form):
        return value
    if type(value) is list and len(value) == 1 and instance_of(value[0], form):
        return value[0]
    return [value] if instance_of([value], form) else None
