"""The functions that compiled FEEL calls, gathered in one module: the translation writes `feel.add(a, b)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.feel.arithmetic import add, divide, multiply, negate, power, subtract
from dmn_dli.feel.budget import called, made, weighed
from dmn_dli.feel.comparison import (
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
    feel_not_equal,
)
from dmn_dli.feel.conformity import Passes, coerced, instance_of
from dmn_dli.feel.decision_tables import decision_table
from dmn_dli.feel.foreign import external
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.iteration import (
    context,
    counted,
    every,
    every_strictly,
    filtered,
    filtered_strictly,
    for_each,
    for_each_with_partial,
    open_range,
    operator_range,
    range_value,
    some,
    some_strictly,
)
from dmn_dli.feel.logic import (
    any_true,
    between,
    condition,
    condition_of_input,
    conjunction,
    disjunction,
    lies_in,
    negation,
    passes,
    passes_cell,
)
from dmn_dli.feel.members import member, path
from dmn_dli.feel.reasons import note
from dmn_dli.feel.values import FunctionValue, from_python

__all__ = [
    "add", "any_true", "between", "call", "call_named", "coerced", "condition", "condition_of_input",
    "conjunction", "context", "counted", "decision_table",
    "disjunction", "divide", "equal", "every", "every_strictly", "external", "filtered",
    "filtered_strictly", "for_each", "for_each_with_partial", "from_python",
    "function", "function_named",
    "greater", "greater_or_equal", "instance_of", "invoke", "invoke_named", "less", "less_or_equal",
    "lies_in", "listed", "member", "multiply", "negate", "negation", "no_value", "not_equal", "open_range",
    "operator_range", "passes", "passes_cell", "path", "power", "range_value", "some", "some_strictly",
    "subtract", "weighed",
]  # fmt: skip

equal, not_equal = feel_equal, feel_not_equal
less, less_or_equal = feel_less, feel_less_or_equal
greater, greater_or_equal = feel_greater, feel_greater_or_equal


def call(name: str, *arguments: object) -> object:
    """The value of the built-in function of that name."""
    # Imported late: few tables call a function, and those that do not should start without them.
    from dmn_dli.feel.builtins import REGISTRY

    return REGISTRY[name](*arguments)


def call_named(name: str, names: tuple[str, ...], *arguments: object) -> object:
    """As `call`, the arguments given by the parameters' names."""
    from dmn_dli.feel.builtins import REGISTRY

    return REGISTRY[name].call_named(dict(zip(names, arguments, strict=True)))


def function_named(scope: Mapping[str, object], name: str) -> object:
    """What a built-in's name means where it is not called: the variable of that name, else the function."""
    if name in scope:
        return scope[name]
    from dmn_dli.feel.builtins import function_value

    return function_value(name)


def listed(items: list[object]) -> list[object]:
    """A long list that the text writes, which takes steps."""
    return made(items)


def no_value(reason: str) -> None:
    """Null, for a literal that has no value."""
    note(reason)


def function(
    names: tuple[str, ...], signature: ItemType, body: Callable[..., object], passes: Passes
) -> FunctionValue:
    """A function that a FEEL text defines; where an argument is not of its parameter's type it gives null."""
    types = signature.parameters or ()
    if all(type_ is ANY for type_ in types):
        return FunctionValue(names, called(body), signatures=(signature,))

    def typed(*arguments: object) -> object:
        fitted = []
        for name, type_, argument in zip(names, types, arguments, strict=True):
            fitted.append(coerced(argument, type_, passes, f"the function's parameter `{name}`"))
            if fitted[-1] is None and argument is not None:
                return None
        return body(*fitted)

    return FunctionValue(names, called(typed), signatures=(signature,))


def invoke(function: object, *arguments: object) -> object:
    """The function's value; null where it is none, or takes another number of arguments."""
    if type(function) is not FunctionValue:
        note("{} is no function that could be called", function)
        return None
    if not function.variadic and len(arguments) != len(function.parameters):
        takes = f"({', '.join(function.parameters)})"
        note(f"the function takes {takes}, which is another number of arguments than {len(arguments)}")
        return None
    return function.body(*arguments)


def invoke_named(function: object, names: tuple[str, ...], *arguments: object) -> object:
    """As `invoke`, the arguments given by the parameters' names."""
    if type(function) is not FunctionValue:
        return invoke(function)
    if set(function.parameters) != set(names):
        note(f"the function takes ({', '.join(function.parameters)}), not ({', '.join(names)})")
        return None
    given = dict(zip(names, arguments, strict=True))
    return invoke(function, *(given[name] for name in function.parameters))
