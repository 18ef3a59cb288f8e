"""Values and calls as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from dmn_dli.feel.python_dates import to_date
from dmn_dli.feel.temporal_values import DateValue


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
        case DateValue():
            return literal(to_date(value))
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
    defaults = value._field_defaults
    needed = [
        (place < positional, name, written.get(name) or literal(field))
        for place, (name, field) in enumerate(value._asdict().items())
        if name in written or name not in defaults or field != defaults[name] or place < positional
    ]
    while needed and needed[-1][0] and defaults.get(needed[-1][1], needed) == getattr(value, needed[-1][1]):
        needed.pop()
    named = {name: tree for unnamed, name, tree in needed if not unnamed}
    return call(type(value).__name__, *[tree for unnamed, _, tree in needed if unnamed], **named)


def assign(name: str, value: ast.expr) -> ast.Assign:
    """`name = value`."""
    return ast.Assign([ast.Name(name, ast.Store())], value)
