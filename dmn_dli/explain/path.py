"""The path through the decisions: each with its value and the rules that gave it, upstream first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.explanation import Condition, FiredRule, Step
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.kernel import DecisionKernel
from dmn_dli.runtime.record import NEEDS_INFORMATION
from dmn_dli.tables.linked import LinkedTable

ANY = "-"


def path(kernel: PolicyKernel, facts: Mapping[str, Any], record: Mapping[str, Any]) -> tuple[Step, ...]:
    """The final decision and what it requires, each after those that it reads.

    record: what `kernel.determine(facts)` gave.
    """
    return tuple(_step(kernel, each, facts, record) for each in kernel.tables if each.required)


def _step(
    kernel: PolicyKernel, decision: DecisionKernel, facts: Mapping[str, Any], record: Mapping[str, Any]
) -> Step:
    table = kernel.linked.by_name[decision.name]
    if decision is kernel.final:
        settled = record["determination"] != NEEDS_INFORMATION
        value = record["determination"] if settled else None
        possible = () if settled else tuple(record["possible_determinations"])
    else:
        settled = decision.name in record["decisions"]
        value = record["decisions"].get(decision.name)
        possible = () if settled else _possible(kernel, decision, facts)
    fired = [each["rule"] for each in record["rules"] if each["decision"] == decision.name]
    positions = {identifier: position for position, identifier in enumerate(decision.decision.rules)}
    rules = tuple(_rule(decision, table, positions[identifier]) for identifier in fired)
    return Step(decision.name, table.table.question, table.hit_policy.value, settled, value, possible, rules)


def _possible(kernel: PolicyKernel, decision: DecisionKernel, facts: Mapping[str, Any]) -> tuple[Any, ...]:
    if not kernel.analysable:
        return ()
    outcomes = decision.residual(kernel.case_reader.atoms(facts)).outcomes
    return tuple({each.key: each.json for each in outcomes}.values())


def _rule(decision: DecisionKernel, table: LinkedTable, position: int) -> FiredRule:
    identifier = table.rules[position].id
    cell = decision.decision.rules[identifier].cell
    cells = [(column.label, column.cells[position]) for column in table.columns]
    conditions = tuple(
        Condition(label, each.text, cell_name(table.table.sheet, each.reference))
        for label, each in cells
        if each.text.strip() != ANY
    )
    return FiredRule(identifier, cell, _citation(table, position), conditions)


def _citation(table: LinkedTable, position: int) -> str | None:
    note = table.table.note("Citation")
    return None if note is None else table.rules[position].annotations[note].text.strip() or None
