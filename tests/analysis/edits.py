"""Tables less some parts, or with rules more, as those make them who follow a finding's advice."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable


def without_rules(table: LinkedTable, rules: Iterable[int]) -> LinkedTable:
    """A linked table less some of its rules."""
    dropped = set(rules)
    kept = [rule for rule in range(len(table.rule_indexes)) if rule not in dropped]
    return evolve(
        table,
        columns=tuple(
            evolve(
                column,
                rules=tuple(column.rules[rule] for rule in kept),
                cells=tuple(column.cells[rule] for rule in kept),
            )
            for column in table.columns
        ),
        outputs=tuple(
            evolve(output, entries=tuple(output.entries[rule] for rule in kept)) for output in table.outputs
        ),
        rule_indexes=tuple(table.rule_indexes[rule] for rule in kept),
    )


def without_column(table: LinkedTable, position: int) -> LinkedTable:
    """A linked table less one of its inputs."""
    return evolve(table, columns=table.columns[:position] + table.columns[position + 1 :])


def relinked(policy: LinkedPolicy, table: DecisionTable) -> LinkedPolicy:
    """The policy with one of its tables exchanged, read anew from the cells."""
    tables = tuple(table if each.name == table.name else each for each in policy.workbook.tables)
    changed = link(evolve(policy.workbook, tables=tables), policy.dictionary)
    assert not [finding.text for finding in changed.findings if finding.is_error]
    return changed


def with_cell(cell: Cell, text: str) -> Cell:
    """The cell with a text typed into it."""
    return Cell(cell.row, cell.column, CellKind.TEXT, text)


def with_rules(table: DecisionTable, rows: Iterable[tuple[str, ...]]) -> DecisionTable:
    """The sheet with rules added whose input cells hold these texts; their results are the first rule's."""
    model = table.rules[0]
    added: list[Rule] = []
    for number, texts in enumerate(rows, 1):
        inputs = tuple(with_cell(cell, text) for cell, text in zip(model.inputs, texts, strict=True))
        added.append(evolve(model, id=f"added {number}", inputs=inputs, retired=False))
    return evolve(table, rules=(*table.rules, *added))
