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
from dmn_dli.feel.builtins.registry import REGISTRY, Builtin, Overload
from dmn_dli.feel.item_types import ANY, ItemType, of_kind
from dmn_dli.feel.kinds import FeelType
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
    signatures = tuple(map(_signature, found.overloads))
    return FunctionValue(parameters, found, variadic=True, signatures=signatures)


def _signature(overload: Overload) -> ItemType:
    """The overload as a type; where it takes this or that many arguments, nothing is said of them."""
    if overload.variadic or any(formal.optional for formal in overload.formals):
        return ItemType(FeelType.FUNCTION, result=of_kind(overload.result))
    kinds = [of_kind(*formal.types) if len(formal.types) == 1 else ANY for formal in overload.formals]
    return ItemType(FeelType.FUNCTION, parameters=tuple(kinds), result=of_kind(overload.result))
