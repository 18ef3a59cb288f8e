"""A model's decisions decided in the most naive way, from the texts that another tool would read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dmn_dli.feel import (
    Vocabulary,
    compile_expression,
    compile_unary_tests,
    parse_expression,
    parse_unary_tests,
)
from dmn_dli.interchange.dmn.expressions import DecisionTable, Rule
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


def _value(table: DecisionTable, scope: Mapping[str, Any]) -> Any:
    vocabulary = Vocabulary(names={name: name for name in scope})
    values = []
    for clause in table.inputs:
        assert clause.expression is not None
        values.append(compile_expression(parse_expression(clause.expression.text, vocabulary).tree)(scope))
    fired = []
    for rule in table.rules:
        tests = (parse_unary_tests(test.text, vocabulary).tree for test in rule.inputs)
        if all(
            compile_unary_tests(test)(value, scope) is True for test, value in zip(tests, values, strict=True)
        ):
            fired.append(rule)
    return _hit(table, [_outputs(table, rule, vocabulary, scope) for rule in fired], vocabulary, scope)


def _outputs(
    table: DecisionTable, rule: Rule, vocabulary: Vocabulary, scope: Mapping[str, Any]
) -> tuple[Any, ...]:
    return tuple(
        compile_expression(parse_expression(entry.text, vocabulary).tree)(scope) for entry in rule.outputs
    )


def _hit(
    table: DecisionTable, fired: list[tuple[Any, ...]], vocabulary: Vocabulary, scope: Mapping[str, Any]
) -> Any:
    lists = table.hit_policy in ("RULE ORDER", "OUTPUT ORDER") or (
        table.hit_policy == "COLLECT" and not table.aggregation
    )
    if not fired:
        defaults = [output.default for output in table.outputs]
        if all(default is not None for default in defaults):
            value = _entry(
                table,
                tuple(
                    compile_expression(parse_expression(each.text, vocabulary).tree)(scope)
                    for each in defaults
                    if each is not None
                ),
            )
            return [value] if lists else value
        if lists:
            return []
        return Decimal(0) if table.aggregation == "COUNT" else None
    if table.hit_policy in ("PRIORITY", "OUTPUT ORDER"):
        fired = sorted(fired, key=lambda values: _rank(table, values, vocabulary))
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


def _rank(table: DecisionTable, values: tuple[Any, ...], vocabulary: Vocabulary) -> tuple[int, ...]:
    ranks = []
    for output, value in zip(table.outputs, values, strict=True):
        if output.values is not None:
            listed = compile_expression(parse_expression(f"[{output.values.text}]", vocabulary).tree)({})
            assert isinstance(listed, list)
            ranks.append(listed.index(value) if value in listed else len(listed))
    return tuple(ranks)
