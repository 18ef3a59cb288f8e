"""One decision table on known values: each cell of each rule is asked, hit policies are plain words.

DMN 1.5, sections 8.2.8 to 8.2.11; docs/semantics.md, "Hit policies" and "What makes an error".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from attrs import frozen

from dmn_dli.feel import compile_expression, compile_unary_tests, from_python
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.values import to_python
from dmn_dli.tables.linked import (
    Column,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
)


@lru_cache(20_000)
def expression(tree: Node) -> Callable[[Mapping[str, Any]], Any]:
    """An expression as a function of what it reads; dates are Python's, as facts have them."""
    compiled = compile_expression(tree)
    return lambda scope: to_python(compiled(_feel(scope)))


@lru_cache(20_000)
def unary_tests(tree: Node) -> Callable[[Any, Mapping[str, Any]], bool | None]:
    """A cell as a function of the value that arrives, and of what it reads besides."""
    compiled = compile_unary_tests(tree)
    return lambda value, scope: compiled(_feel_value(value), _feel(scope))


def _feel(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _feel_value(value) for name, value in scope.items()}


def _feel_value(value: Any) -> Any:
    return from_python(value) if isinstance(value, date | timedelta | list | dict) else value


@frozen
class Answer:
    """What a table says of one case: the rules that contribute, the value, or why there is none.

    trouble: `("conflict", decision, rule ids)`, `("arrival", decision)`, or `("upstream",)`.
    """

    rules: tuple[int, ...]
    value: Any
    trouble: tuple[Any, ...] = ()


def answer_of(table: LinkedTable, scope: Mapping[str, Any], *, validated: bool = True) -> Answer:
    """The table's answer; scope: the value of each name that it reads.

    validated: whether a value that row 4 does not list is an error, as it is in records.
    """
    if validated and not all(may_arrive(column, clause_value(column, scope)) for column in table.columns):
        return Answer((), None, ("arrival", table.name))
    fired = fired_rules(table, scope)
    if not fired:
        return Answer((), _nothing_fires(table, scope))
    rows = {rule: [_entry(output.entries[rule], scope) for output in table.outputs] for rule in fired}
    return _apply(table, fired, rows)


def fired_rules(table: LinkedTable, scope: Mapping[str, Any]) -> tuple[int, ...]:
    """The rules all of whose cells are true, from the top: null does not fire a rule."""
    arriving = [(column, clause_value(column, scope)) for column in table.columns]
    return tuple(
        rule
        for rule in range(len(table.rule_indexes))
        if all(
            unary_tests(column.tests[column.rules[rule]])(value, scope) is True for column, value in arriving
        )
    )


def clause_value(column: Column, scope: Mapping[str, Any]) -> Any:
    """The value that arrives at a column: a fact, a decision's value, or what an expression makes of them."""
    match column.source:
        case FactSource(fact):
            return scope.get(fact.name)
        case DecisionSource() as source:
            return scope.get(source.name)
        case ExpressionSource(tree):
            return expression(tree)(scope)


def may_arrive(column: Column, value: Any) -> bool:
    """Whether row 4 admits a value: a list by its members, and null always."""
    if column.allowed is None or isinstance(column.source, FactSource):
        return True
    members = value if isinstance(value, list) else [value]
    admits = unary_tests(column.allowed.tests)
    return all(member is None or admits(member, {}) is True for member in members)


def _entry(entry: Entry, scope: Mapping[str, Any]) -> Any:
    return to_python(entry.value) if isinstance(entry, Constant) else expression(entry.tree)(scope)


def _nothing_fires(table: LinkedTable, scope: Mapping[str, Any]) -> Any:
    """The default of row 4; without one null, an empty list, or a count of 0 (8.2.11)."""
    lists = table.hit_policy.value in ("R", "O", "C")
    defaults = [_entry(output.default, scope) for output in table.outputs if output.default is not None]
    if defaults:
        return [_shape(table, defaults)] if lists else _shape(table, defaults)
    if lists:
        return []
    return Decimal(0) if table.hit_policy.value == "C#" else None


def _shape(table: LinkedTable, row: Sequence[Any]) -> Any:
    """One output is the value; several are a context."""
    names = [output.name for output in table.outputs]
    return row[0] if len(names) == 1 else dict(zip(names, row, strict=True))


def _apply(table: LinkedTable, fired: tuple[int, ...], rows: Mapping[int, list[Any]]) -> Answer:
    """The hit policy (8.2.10)."""
    policy = table.hit_policy.value
    ids = tuple(table.table.rules[table.rule_indexes[rule]].id for rule in fired)
    values = [_shape(table, rows[rule]) for rule in fired]
    disagree = any(value_key(value) != value_key(values[0]) for value in values)
    if (policy == "U" and len(fired) > 1) or (policy == "A" and disagree):
        return Answer(fired, None, ("conflict", table.name, ids))
    if policy in ("U", "A"):
        return Answer(fired, values[0])
    if policy == "F":
        return Answer(fired[:1], values[0])
    if policy in ("P", "O"):
        ordered = tuple(sorted(fired, key=lambda rule: (_priority(table, rows[rule]), rule)))
        if policy == "P":
            return Answer(ordered[:1], _shape(table, rows[ordered[0]]))
        return Answer(ordered, [_shape(table, rows[rule]) for rule in ordered])
    if policy in ("R", "C"):
        return Answer(fired, values)
    if policy == "C#":
        return Answer(fired, Decimal(len(fired)))
    if None in values:
        return Answer(fired, None)
    if policy == "C+":
        return Answer(fired, sum(values))
    return Answer(fired, min(values) if policy == "C<" else max(values))


def _priority(table: LinkedTable, row: Sequence[Any]) -> list[int]:
    """How far down row 4 each output stands; what is not listed comes last."""
    places = []
    for output, value in zip(table.outputs, row, strict=True):
        if output.allowed is not None and output.allowed.values is not None:
            listed = [to_python(each) for each in output.allowed.values]
            places.append(listed.index(value) if value in listed else len(listed))
    return places


def part(value: Any, output: str) -> Any:
    """The named output of a decision's value; of a list, that of each entry."""
    if isinstance(value, list):
        return [part(each, output) for each in value]
    return value.get(output) if isinstance(value, dict) else None


def plain(value: Any) -> Any:
    """A FEEL value as JSON has it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
    return value


def value_key(value: Any) -> str:
    """Equal for values that are the same as JSON."""
    return repr(plain(value))
