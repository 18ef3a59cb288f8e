"""Random edits of the real workbooks, as a hand that slips would make them."""

from __future__ import annotations

import random

from attrs import evolve

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import Column, LinkedPolicy
from tests import payers

_BOUNDS = ("< 100", "<= 100", "100", "0", "> 0", "(0..100)", "[0..100]", "[0..50]", ">= 2", "> 2", "1, 2")
_HIT_POLICIES = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.COLLECT)


def real_policies() -> tuple[LinkedPolicy, ...]:
    """The five payers' workbooks, linked."""
    return tuple(map(payers.linked, payers.WORKBOOKS))


def mutant(seed: int) -> tuple[str, str, LinkedPolicy] | None:
    """What was done to which table, and the policy after it; None where the edit is no valid table."""
    chance = random.Random(seed)
    policy = chance.choice(real_policies())
    table = chance.choice(policy.workbook.tables)
    edit = chance.choice((*EDITS, _swap_hit_policy))
    what, changed = edit(chance, policy, table)
    if changed == table:
        return None
    tables = tuple(changed if each is table else each for each in policy.workbook.tables)
    linked = link(evolve(policy.workbook, tables=tables), policy.dictionary)
    if any(finding.is_error for finding in linked.findings):
        return None
    return what, table.name, linked


def _delete_rule(
    chance: random.Random, _policy: LinkedPolicy, table: DecisionTable
) -> tuple[str, DecisionTable]:
    rule = chance.choice(table.rules)
    return f"{rule.id} deleted", evolve(table, rules=tuple(each for each in table.rules if each is not rule))


def _edit_cell(
    chance: random.Random, policy: LinkedPolicy, table: DecisionTable
) -> tuple[str, DecisionTable]:
    """Widen or narrow: another set of values, another range, any value."""
    rule = chance.choice(table.rules)
    position = chance.randrange(len(rule.inputs))
    column = policy.by_name[table.name].columns[position]
    text = chance.choice(cell_texts(chance, column, {cell.text for cell in column.cells}))
    return f"{rule.id} {column.label} {text}", _with_text(table, rule, position, text)


def cell_texts(chance: random.Random, column: Column, said: set[str]) -> list[str]:
    """What a cell of a column might say instead; said: what its cells say."""
    texts = ["-", *said]
    values = () if column.allowed is None else column.allowed.values or ()
    if values:
        chosen = [value for value in values if chance.random() < 0.5] or [values[0]]
        shown = ", ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in chosen)
        texts += [shown, f"not({shown})"]
    elif column.type.name == "NUMBER":
        texts += _BOUNDS
    elif column.type.name == "BOOLEAN":
        texts += ["true", "false"]
    return sorted(texts)


def _drop_value(
    chance: random.Random, _policy: LinkedPolicy, table: DecisionTable
) -> tuple[str, DecisionTable]:
    """Leave one value out of a list."""
    lists = [
        (rule, position, cell)
        for rule in table.rules
        for position, cell in enumerate(rule.inputs)
        if ", " in cell.text and "(" not in cell.text
    ]
    if not lists:
        return "", table
    rule, position, cell = chance.choice(lists)
    items = cell.text.split(", ")
    items.remove(chance.choice(items))
    return f"{rule.id} {items}", _with_text(table, rule, position, ", ".join(items))


def _swap_hit_policy(
    chance: random.Random, _policy: LinkedPolicy, table: DecisionTable
) -> tuple[str, DecisionTable]:
    hit_policy = chance.choice(_HIT_POLICIES)
    return f"hit policy {hit_policy.value}", evolve(table, hit_policy=hit_policy)


def _with_text(table: DecisionTable, rule: Rule, position: int, text: str) -> DecisionTable:
    old = rule.inputs[position]
    cell = Cell(old.row, old.column, CellKind.TEXT, text)
    inputs = (*rule.inputs[:position], cell, *rule.inputs[position + 1 :])
    rules = tuple(evolve(each, inputs=inputs) if each is rule else each for each in table.rules)
    return evolve(table, rules=rules)


EDITS = (_delete_rule, _edit_cell, _edit_cell, _edit_cell, _drop_value)
"""Edits of a table: each is given the chance, the policy and the table, and says what it did."""
