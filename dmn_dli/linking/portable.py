"""Linked policies as plain data (tuples, strings, numbers) and back, for the artefact.

Plain data needs no trust: reading it back calls nothing but the constructors listed here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from attrs import fields, has

from dmn_dli.feel import FeelType, RangeValue, syntax
from dmn_dli.feel.temporal_values import TEMPORAL_CLASSES
from dmn_dli.model import cell, criteria, facts, finding, table, workbook
from dmn_dli.runtime import hit_policy
from dmn_dli.tables import domain, linked
from dmn_dli.theories import terms

_TEXT_TYPES: dict[str, tuple[type, Callable[[Any], str], Callable[[str], object]]] = {
    "Decimal": (Decimal, str, Decimal),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
}


@cache
def _classes() -> Mapping[str, type]:
    modules = (linked, domain, terms, syntax, cell, criteria, facts, finding, hit_policy, table, workbook)
    found = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and (has(value) or issubclass(value, Enum))
    }
    return found | {each.__name__: each for each in (FeelType, RangeValue, *TEMPORAL_CLASSES)}


def encode(value: object) -> Any:
    """A value as plain data. Raises TypeError for what has none."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple | list | frozenset | set):
        kind = "tuple" if isinstance(value, tuple) else "list" if isinstance(value, list) else "set"
        items = sorted(value, key=repr) if kind == "set" else value
        return (kind, *[encode(item) for item in items])
    if isinstance(value, Mapping):
        return ("dict", *[(encode(key), encode(item)) for key, item in value.items()])
    if isinstance(value, Enum):
        return (type(value).__name__, value.name)
    for name, (text_type, write, _) in _TEXT_TYPES.items():
        if isinstance(value, text_type):
            return (name, write(value))
    class_: Any = type(value)
    if has(class_):
        return (class_.__name__, *[encode(getattr(value, each.name)) for each in fields(class_)])
    raise TypeError(f"no portable form: {type(value).__name__}")


def decode(data: Any) -> Any:
    """The value that `encode` wrote. Raises KeyError or TypeError for data that it did not write."""
    if not isinstance(data, tuple):
        return data
    kind, *rest = data
    match kind:
        case "tuple":
            return tuple(decode(item) for item in rest)
        case "list":
            return [decode(item) for item in rest]
        case "set":
            return frozenset(decode(item) for item in rest)
        case "dict":
            return {decode(key): decode(item) for key, item in rest}
    if kind in _TEXT_TYPES:
        return _TEXT_TYPES[kind][2](rest[0])
    class_: Any = _classes()[kind]
    if issubclass(class_, Enum):
        return class_[rest[0]]
    attributes = fields(class_)
    arguments = {each.alias: decode(item) for each, item in zip(attributes, rest, strict=True)}
    return class_(**arguments)
