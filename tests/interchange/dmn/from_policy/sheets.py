"""The sheets of a workbook that was made in memory, as rows: what a file of it would hold."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy

Rows = list[list[Any]]


def sheets_of(policy: LinkedPolicy) -> dict[str, Rows]:
    """A generic workbook with facts of its own, as the policy's."""
    workbook = policy.workbook
    sheets: dict[str, Rows] = {
        "Policy": [["Field", "Value"], ["Final decision", workbook.policy.final_decision]]
    }
    for table in workbook.tables:
        sheets[table.sheet] = _table(table)
    for sheet in workbook.criteria:
        sheets[sheet.sheet] = _criteria(sheet)
    if policy.assumptions:
        conditions = [[each.cell.text, each.reason] for each in policy.assumptions]
        sheets["Assumptions"] = [["condition", "reason"], *conditions]
    sheets["Facts"] = _facts(policy.dictionary)
    return sheets


def _table(table: DecisionTable) -> Rows:
    headings = [
        *(clause.cell.text for clause in table.inputs),
        *(clause.cell.text for clause in table.outputs),
        *(note.cell.text for note in table.annotations),
    ]
    kinds = ["IF"] * len(table.inputs) + ["THEN"] * len(table.outputs) + ["NOTE"] * len(table.annotations)
    row_4 = [
        *(clause.allowed.text if clause.allowed else None for clause in table.inputs),
        *(clause.values_cell.text if clause.values_cell else None for clause in table.outputs),
        *(None for _ in table.annotations),
    ]
    rules = [[rule.id, *_values([*rule.inputs, *rule.outputs, *rule.annotations])] for rule in table.rules]
    return [
        [table.name, table.question],
        [table.hit_policy.value, *kinds],
        ["Rule", *headings],
        ["values", *row_4],
        *rules,
    ]


def _criteria(sheet: CriteriaSheet) -> Rows:
    rows = [
        [
            row.id,
            *_values(
                [
                    row.part_of,
                    row.needs,
                    row.means,
                    *row.inputs,
                    row.requirement,
                    row.evidence,
                    *row.annotations,
                ]
            ),
        ]
        for row in sheet.rows
    ]
    inputs = [clause.cell.text for clause in sheet.inputs]
    notes = [annotation.name for annotation in sheet.annotations]
    row_4 = [clause.allowed.text if clause.allowed else None for clause in sheet.inputs]
    kinds = ["GROUP"] * 3 + ["IF"] * len(inputs) + ["THEN"] * 2 + ["NOTE"] * len(notes)
    return [
        [sheet.name, sheet.question],
        ["Criteria", *kinds],
        ["Criterion", "Part of", "Needs", "Means", *inputs, "Requirement", "Evidence", *notes],
        ["values", None, None, None, *row_4],
        *rows,
    ]


def _facts(dictionary: Dictionary) -> Rows:
    head = ["fact", "label", "type", "allowed values", "unit", "nullable", "question"]
    return [
        head,
        *(
            [
                fact.name,
                fact.label,
                fact.type.value,
                fact.allowed.text if fact.allowed else None,
                fact.unit or None,
                "Yes" if fact.nullable else None,
                fact.question or None,
            ]
            for fact in dictionary.facts
        ),
    ]


def _values(cells: Iterable[Cell]) -> list[Any]:
    return [_value(cell) for cell in cells]


def _value(cell: Cell) -> Any:
    match cell.kind:
        case CellKind.BLANK:
            return None
        case CellKind.NUMBER:
            return Decimal(cell.text)
        case CellKind.BOOLEAN:
            return cell.text == "true"
    return cell.text
