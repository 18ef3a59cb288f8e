"""A model's decisions decided in the most naive way, from the texts that another tool would read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from dmn_dli.feel import (
    Environment,
    compile_expression,
    compile_unary_tests,
    parse_expression,
    parse_unary_tests,
)
from dmn_dli.feel.item_types import ANY
from dmn_dli.interchange.dmn.expressions import DecisionTable, LiteralExpression
from dmn_dli.interchange.dmn.model import Decision, Definitions


class NaiveModel:
    """Tables alone, since that is what an exported model holds."""

    def __init__(self, definitions: Definitions) -> None:
        self._decisions = {decision.name: decision for decision in definitions.decisions}
        self._by_id: dict[str, Decision] = {f"#{each.id}": each for each in definitions.decisions}
        self._inputs = {f"#{each.id}": each.name for each in definitions.inputs}

    def decide(self, name: str, inputs: Mapping[str, Any]) -> Any:
        """The decision's value; null where its hit policy is contradicted."""
        decision = self._decisions[name]
        scope: dict[str, Any] = {}
        for each in decision.requirements:
            if each.kind == "requiredInput":
                scope[self._inputs[each.href]] = inputs.get(self._inputs[each.href])
            elif each.kind == "requiredDecision":
                required = self._by_id[each.href].name
                scope[required] = self.decide(required, inputs)
        assert isinstance(decision.expression, DecisionTable)
        return _value(decision.expression, scope)


@cache
def _environment(names: tuple[str, ...]) -> Environment:
    return Environment.model(dict.fromkeys(names, ANY))


@cache
def _expression(text: str, names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Any]:
    return compile_expression(parse_expression(text, _environment(names)).tree)


@cache
def _tests(text: str, names: tuple[str, ...]) -> Callable[[Any, Mapping[str, Any]], Any]:
    return compile_unary_tests(parse_unary_tests(text, _environment(names)).tree)


def _value(table: DecisionTable, scope: Mapping[str, Any]) -> Any:
    names = tuple(scope)

    def of(expression: LiteralExpression | None) -> Any:
        assert expression is not None
        return _expression(expression.text, names)(scope)

    values = [of(clause.expression) for clause in table.inputs]
    fired = [
        rule
        for rule in table.rules
        if all(
            _tests(test.text, names)(value, scope) is True
            for test, value in zip(rule.inputs, values, strict=True)
        )
    ]
    given = all(output.default is not None for output in table.outputs)
    default = tuple(of(output.default) for output in table.outputs) if given else None
    return _hit(table, [tuple(map(of, rule.outputs)) for rule in fired], default)


def _hit(table: DecisionTable, fired: list[tuple[Any, ...]], default: tuple[Any, ...] | None) -> Any:
    lists = table.hit_policy in ("RULE ORDER", "OUTPUT ORDER") or (
        table.hit_policy == "COLLECT" and not table.aggregation
    )
    if not fired:
        if default is not None:
            value = _entry(table, default)
            return [value] if lists else value
        if lists:
            return []
        return Decimal(0) if table.aggregation == "COUNT" else None
    if table.hit_policy in ("PRIORITY", "OUTPUT ORDER"):
        fired = sorted(fired, key=lambda values: _rank(table, values))
    entries = [_entry(table, values) for values in fired]
    match table.hit_policy, table.aggregation:
        case "UNIQUE", _:
            return entries[0] if len(entries) == 1 else None
        case "ANY", _:
            return entries[0] if all(entry == entries[0] for entry in entries) else None
        case (("FIRST" | "PRIORITY"), _):
            return entries[0]
        case _, "COUNT":
            return Decimal(len(entries))
        case _, "":
            return entries
    if any(entry is None for entry in entries):
        return None
    if table.aggregation == "SUM":
        return sum(entries, Decimal(0))
    return min(entries) if table.aggregation == "MIN" else max(entries)


def _entry(table: DecisionTable, values: tuple[Any, ...]) -> Any:
    if len(values) == 1 or table.aggregation == "COUNT":
        return values[0]
    return {output.name: value for output, value in zip(table.outputs, values, strict=True)}


def _rank(table: DecisionTable, values: tuple[Any, ...]) -> tuple[int, ...]:
    ranks = []
    for output, value in zip(table.outputs, values, strict=True):
        if output.values is not None:
            listed = _expression(f"[{output.values.text}]", ())({})
            ranks.append(listed.index(value) if value in listed else len(listed))
    return tuple(ranks)
