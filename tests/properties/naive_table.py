"""One decision table, read naively: each cell of each rule is asked, hit policies are plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from dmn_dli.feel import compile_expression, compile_unary_tests
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import (
    Column,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
)


@frozen
class Answer:
    """What a table says of one completion: the rules that contribute, the value, or why there is none.

    trouble: `("conflict", decision, rule ids)`, `("arrival", decision)`, or `("upstream",)`.
    """

    rules: tuple[int, ...]
    value: Any
    trouble: tuple[Any, ...] = ()


def answer_of(table: LinkedTable, scope: Mapping[str, Any], *, validated: bool = True) -> Answer:
    """One table on known values: ask each cell of each rule, then apply the hit policy.

    validated: whether a value that row 4 does not list is an error, as it is in records.
    """
    arriving = [clause_value(column, scope) for column in table.columns]
    for column, value in zip(table.columns, arriving, strict=True):
        if validated and not _may_arrive(column, value):
            return Answer((), None, ("arrival", table.name))
    fired = [
        rule
        for rule in range(len(table.rule_indexes))
        if all(
            compile_unary_tests(column.tests[column.rules[rule]])(value, scope) is True
            for column, value in zip(table.columns, arriving, strict=True)
        )
    ]
    rows = {rule: [_entry(output.entries[rule], scope) for output in table.outputs] for rule in fired}
    names = [output.name for output in table.outputs]
    if not fired:
        return Answer((), _nothing(table, names, scope))
    return _apply(table, names, fired, rows)


def clause_value(column: Column, scope: Mapping[str, Any]) -> Any:
    """The value that arrives at a column."""
    match column.source:
        case FactSource(fact):
            return scope.get(fact.name)
        case DecisionSource() as source:
            return scope.get(source.name)
        case ExpressionSource(tree):
            return compile_expression(tree)(scope)


def _may_arrive(column: Column, value: Any) -> bool:
    if column.allowed is None or isinstance(column.source, FactSource):
        return True
    members = value if isinstance(value, list) else [value]
    admits = compile_unary_tests(column.allowed.tests)
    return all(member is None or admits(member, {}) is True for member in members)


def _entry(entry: Entry, scope: Mapping[str, Any]) -> Any:
    return entry.value if isinstance(entry, Constant) else compile_expression(entry.tree)(scope)


def _nothing(table: LinkedTable, names: Sequence[str], scope: Mapping[str, Any]) -> Any:
    lists = table.hit_policy in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
    if table.outputs[0].default is not None:
        default = _shape(
            names, [_entry(output.default, scope) for output in table.outputs if output.default is not None]
        )
        return [default] if lists else default
    if lists:
        return []
    return Decimal(0) if table.hit_policy is HitPolicy.COLLECT_COUNT else None


def _shape(names: Sequence[str], row: Sequence[Any]) -> Any:
    return row[0] if len(names) == 1 else dict(zip(names, row, strict=True))


def _apply(
    table: LinkedTable, names: Sequence[str], fired: list[int], rows: Mapping[int, list[Any]]
) -> Answer:
    policy = table.hit_policy.value
    ids = tuple(table.table.rules[table.rule_indexes[rule]].id for rule in fired)
    values = [_shape(names, rows[rule]) for rule in fired]
    if policy == "U" and len(fired) > 1:
        return Answer(tuple(fired), None, ("conflict", table.name, ids))
    if policy == "A" and any(value_key(value) != value_key(values[0]) for value in values):
        return Answer(tuple(fired), None, ("conflict", table.name, ids))
    if policy in ("U", "A"):
        return Answer(tuple(fired), values[0])
    if policy == "F":
        return Answer((fired[0],), values[0])
    if policy in ("P", "O"):
        ordered = sorted(fired, key=lambda rule: (_priority(table, rows[rule]), rule))
        if policy == "P":
            return Answer((ordered[0],), _shape(names, rows[ordered[0]]))
        return Answer(tuple(ordered), [_shape(names, rows[rule]) for rule in ordered])
    if policy in ("R", "C"):
        return Answer(tuple(fired), values)
    if policy == "C#":
        return Answer(tuple(fired), Decimal(len(fired)))
    if any(value is None for value in values):
        return Answer(tuple(fired), None)
    if policy == "C+":
        return Answer(tuple(fired), sum(values))
    return Answer(tuple(fired), min(values) if policy == "C<" else max(values))


def _priority(table: LinkedTable, row: Sequence[Any]) -> list[int]:
    """How far down row 4 each output stands; what is not listed comes last."""
    places = []
    for output, value in zip(table.outputs, row, strict=True):
        if output.allowed is not None and output.allowed.values is not None:
            listed = list(output.allowed.values)
            places.append(listed.index(value) if value in listed else len(listed))
    return places


def items(value: Any, first: str) -> list[Any]:
    """A list's items as the record has them: first outputs, without repeats and nulls."""
    entries = value if isinstance(value, list) else [value]
    found = [plain(entry.get(first) if isinstance(entry, dict) else entry) for entry in entries]
    return [item for at, item in enumerate(found) if item is not None and item not in found[:at]]


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
