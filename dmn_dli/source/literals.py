"""Values and calls as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def load(name: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(name, ast.Load())


def call(function: str, /, *arguments: ast.expr, **named: ast.expr) -> ast.Call:
    """A call of a named function."""
    return ast.Call(
        load(function), list(arguments), [ast.keyword(name, value) for name, value in named.items()]
    )


def sequence(elements: Iterable[ast.expr]) -> ast.Tuple:
    """A tuple of expressions."""
    return ast.Tuple(list(elements), ast.Load())


def literal(value: Any) -> ast.expr:
    """A value as it is written in source. Raises TypeError for one that has no literal."""
    match value:
        case None | bool() | str():
            return ast.Constant(value)
        case int() | float():
            return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)
        case Decimal():
            whole = value == value.to_integral_value()
            return literal(int(value)) if whole else call("Decimal", ast.Constant(str(value)))
        case date():
            return call("date", *[ast.Constant(part) for part in (value.year, value.month, value.day)])
        case tuple() if hasattr(value, "_fields"):
            return typed(value, len(value))
        case tuple():
            return sequence(map(literal, value))
        case list():
            return ast.List([literal(item) for item in value], ast.Load())
        case dict():
            return ast.Dict([literal(key) for key in value], [literal(item) for item in value.values()])
    raise TypeError(f"{value!r} has no literal")


def typed(value: Any, positional: int = 0, **written: ast.expr) -> ast.Call:
    """The call that makes a named tuple, without what its defaults say.

    positional: how many fields are written without their names. written: fields as expressions of their own.
    """
    fields = value._asdict()
    defaults = value._field_defaults
    names = list(fields)
    last = max(
        [place for place, name in enumerate(names[:positional]) if _needed(name, fields, defaults)],
        default=-1,
    )
    first = names[: last + 1]
    arguments = [written.get(name) or literal(fields[name]) for name in first]
    named = {
        name: written.get(name) or literal(fields[name])
        for name in names[last + 1 :]
        if name in written or _needed(name, fields, defaults)
    }
    return call(type(value).__name__, *arguments, **named)


def _needed(name: str, fields: Mapping[str, Any], defaults: Mapping[str, Any]) -> bool:
    return name not in defaults or fields[name] != defaults[name]


def assign(name: str, value: ast.expr) -> ast.Assign:
    """`name = value`."""
    return ast.Assign([ast.Name(name, ast.Store())], value)
