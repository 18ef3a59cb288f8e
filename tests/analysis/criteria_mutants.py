"""Random edits of the payers' criteria, and of what decides, as a hand that slips would make them."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.linked import LinkedPolicy
from tests.analysis.mutants import EDITS, cell_texts, real_policies

_NEEDS = ("all", "any", "none", "at least 2")


def with_criteria() -> tuple[LinkedPolicy, ...]:
    """The payers' policies that have a sheet of criteria."""
    return tuple(policy for policy in real_policies() if policy.workbook.criteria)


def criteria_mutant(policy: LinkedPolicy, seed: int) -> tuple[str, LinkedPolicy] | None:
    """What was done, and the policy after it, linked; None where the edit changes nothing."""
    chance = random.Random(seed)
    what, workbook = (_edited_table if chance.random() < 0.3 else _edited_sheet)(chance, policy)
    if workbook == policy.workbook:
        return None
    return what, link(workbook, policy.dictionary)


def _edited_table(chance: random.Random, policy: LinkedPolicy) -> tuple[str, Workbook]:
    """An edit of a table that the final decision requires."""
    required = policy.requires(policy.workbook.policy.final_decision or "")
    table = chance.choice([each for each in policy.workbook.tables if each.name in required])
    what, changed = chance.choice(EDITS)(chance, policy, table)
    tables = tuple(changed if each is table else each for each in policy.workbook.tables)
    return f"{table.name}: {what}", evolve(policy.workbook, tables=tables)


def _edited_sheet(chance: random.Random, policy: LinkedPolicy) -> tuple[str, Workbook]:
    """An edit of a row of a sheet of criteria."""
    sheet = chance.choice(policy.workbook.criteria)
    row = chance.choice(sheet.in_force)
    edit = chance.choice((_retire, _edit_cell, _edit_cell, _edit_cell, _edit_needs))
    what, changed = edit(chance, policy, sheet, row)
    rows = tuple(changed if each is row else each for each in sheet.rows)
    sheets = tuple(evolve(each, rows=rows) if each is sheet else each for each in policy.workbook.criteria)
    return f"{sheet.name}.{row.id}: {what}", evolve(policy.workbook, criteria=sheets)


Edited = tuple[str, CriterionRow]
_RowEdit = Callable[[random.Random, LinkedPolicy, CriteriaSheet, CriterionRow], Edited]


def _retire(
    _chance: random.Random, _policy: LinkedPolicy, _sheet: CriteriaSheet, row: CriterionRow
) -> Edited:
    return "retired", evolve(row, retired=True)


def _edit_cell(
    chance: random.Random, policy: LinkedPolicy, sheet: CriteriaSheet, row: CriterionRow
) -> Edited:
    """Widen, narrow or turn a condition of the row; a group's say where it applies."""
    tested = [position for position, cell in enumerate(row.inputs) if cell.text != "-"]
    position = chance.choice(tested or range(len(row.inputs)))
    clause = sheet.inputs[position].cell
    columns = (column for table in policy.criteria for column in table.columns if column.clause == clause)
    column = next(columns, None)
    if column is None:
        return "", row
    text = chance.choice(cell_texts(chance, column, {each.inputs[position].text for each in sheet.in_force}))
    old = row.inputs[position]
    cell = Cell(old.row, old.column, CellKind.TEXT, text)
    inputs = (*row.inputs[:position], cell, *row.inputs[position + 1 :])
    return f"{clause.text} {old.text} is {text}", evolve(row, inputs=inputs)


def _edit_needs(
    chance: random.Random, _policy: LinkedPolicy, _sheet: CriteriaSheet, row: CriterionRow
) -> Edited:
    if row.needs.blank:
        return "", row
    word = chance.choice([each for each in _NEEDS if each != row.needs.text])
    return f"needs {word}", evolve(row, needs=evolve(row.needs, text=word))
