"""The built-in functions (DMN 1.5, section 10.3.4), by subject; importing this room declares them."""

from __future__ import annotations

from functools import cache

from dmn_dli.feel.builtins import (
    aggregates,
    contexts,
    conversion,
    dates,
    lists,
    logical,
    numeric,
    ranges,
    strings,
)
from dmn_dli.feel.builtins.registry import REGISTRY, Builtin
from dmn_dli.feel.values import FunctionValue

__all__ = ["BUILTIN_NAMES", "CLOCK", "REGISTRY", "SUBJECTS", "Builtin", "function_value"]

SUBJECTS = (conversion, logical, strings, lists, aggregates, numeric, dates, ranges, contexts)

# Known by name so that they can be refused: a table's answer depends on its facts alone.
CLOCK = frozenset({"now", "today"})

BUILTIN_NAMES = (*REGISTRY, *sorted(CLOCK))


@cache
def function_value(name: str) -> FunctionValue:
    """The built-in as a value, as `sort` and its like take it. Raises KeyError for an unknown name."""
    found = REGISTRY[name]
    parameters = tuple(formal.name for formal in found.overloads[0].formals)
    return FunctionValue(parameters, found, variadic=True)
