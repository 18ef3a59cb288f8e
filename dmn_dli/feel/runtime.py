"""The functions that compiled FEEL calls, gathered in one module: the translation writes `feel.add(a, b)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.feel.arithmetic import add, divide, multiply, negate, power, subtract
from dmn_dli.feel.budget import called, made
from dmn_dli.feel.comparison import (
    feel_equal,
    feel_greater,
    feel_greater_or_equal,
    feel_less,
    feel_less_or_equal,
    feel_not_equal,
)
from dmn_dli.feel.conformity import Passes, coerced, instance_of
from dmn_dli.feel.foreign import external
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.iteration import (
    context,
    counted,
    every,
    filtered,
    for_each,
    for_each_with_partial,
    open_range,
    range_value,
    some,
)
from dmn_dli.feel.kinds import FeelType
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
from dmn_dli.feel.reasons import Verbatim, note
from dmn_dli.feel.values import FunctionValue

__all__ = [
    "add",
    "any_true",
    "between",
    "call",
    "call_named",
    "condition",
    "condition_of_input",
    "conjunction",
    "context",
    "counted",
    "disjunction",
    "divide",
    "equal",
    "every",
    "external",
    "filtered",
    "for_each",
    "for_each_with_partial",
    "function",
    "function_named",
    "greater",
    "greater_or_equal",
    "instance_of",
    "invoke",
    "invoke_named",
    "less",
    "less_or_equal",
    "lies_in",
    "listed",
    "member",
    "multiply",
    "negate",
    "negation",
    "no_value",
    "not_equal",
    "open_range",
    "passes",
    "passes_cell",
    "path",
    "power",
    "range_value",
    "some",
    "subtract",
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
    parameters: tuple[tuple[str, ItemType | None], ...],
    body: Callable[..., object],
    passes: Passes | None = None,
) -> FunctionValue:
    """A function that a FEEL text defines; one whose argument is not of its parameter's type gives null."""
    names = tuple(name for name, _ in parameters)
    types = tuple(ANY if type_ is None else type_ for _, type_ in parameters)
    signature = ItemType(FeelType.FUNCTION, parameters=types)
    if passes is None or not any(type_ for _, type_ in parameters):
        return FunctionValue(names, called(body), signature=signature)

    def typed(*arguments: object) -> object:
        fitted = []
        for name, type_, argument in zip(names, types, arguments, strict=True):
            fitted.append(coerced(argument, type_, passes))
            if fitted[-1] is None and argument is not None:
                note("the function's parameter `{}` is of another type than {}", Verbatim(name), argument)
                return None
        return body(*fitted)

    return FunctionValue(names, called(typed), signature=signature)


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
