"""What arrives at an input clause, and whether row 4 admits it (DMN 1.5, 8.2.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dmn_dli.feel import compile_expression, compile_unary_tests
from dmn_dli.tables.limits import placed
from dmn_dli.tables.linked import AllowedValues, Column, ExpressionSource, FactSource


def clause_value(column: Column) -> Callable[[Mapping[str, object]], object]:
    """The value that arrives at an input clause, given those of the names it reads; an absent one is null."""
    match column.source:
        case FactSource(fact):
            return lambda scope: scope.get(fact.name)
        case ExpressionSource(tree):
            return placed(tree, compile_expression(tree), column.clause)
        case source:
            return lambda scope: scope.get(source.name)


def output_value(value: object, output: str) -> object:
    """A decision's value, or the named output of a compound one (of each entry of a list)."""
    if not output:
        return value
    if isinstance(value, list):
        return [output_value(item, output) for item in value]
    return value.get(output) if isinstance(value, dict) else None


def named_value(name: str, decision: str, value: object) -> object:
    """What a name stands for, given the decision's value: that value, or of `Decision.output` one output."""
    return output_value(value, name[len(decision) + 1 :])


def admission(column: Column) -> Callable[[object], bool]:
    """Whether row 4 of an input clause admits a value; a blank row 4 admits all."""
    allowed = restriction(column)
    return _any if allowed is None else admits(allowed)


def restriction(column: Column) -> AllowedValues | None:
    """The values that row 4 restricts an input clause to; None where it refuses nothing.

    A fact's clause refuses nothing: its row 4 repeats the dictionary, which cases are held to.
    """
    return None if isinstance(column.source, FactSource) else column.allowed


def admits(allowed: AllowedValues) -> Callable[[object], bool]:
    """Whether a value is among the allowed ones: null always is, a list where all of its members are."""
    test = compile_unary_tests(allowed.tests)

    def admitted(value: object) -> bool:
        members = value if isinstance(value, list) else [value]
        return all(member is None or test(member, {}) is True for member in members)

    return admitted


def _any(value: object) -> bool:  # noqa: ARG001 - the signature is the admission's
    return True
