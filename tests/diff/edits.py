"""Random edits of a policy, as somebody would make them in its workbook."""

from __future__ import annotations

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import errors
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import LinkedPolicy

_OTHER_POLICIES = {
    HitPolicy.UNIQUE: HitPolicy.FIRST,
    HitPolicy.FIRST: HitPolicy.ANY,
    HitPolicy.COLLECT: HitPolicy.RULE_ORDER,
}


@st.composite
def edited(draw: st.DrawFn, policy: LinkedPolicy, most: int = 3) -> LinkedPolicy:
    """The policy after one or more edits that leave it without errors."""
    tables = list(policy.workbook.tables)
    for _ in range(draw(st.integers(1, most))):
        number = draw(st.integers(0, len(tables) - 1))
        tables[number] = draw(_edited_table(tables[number]))
    changed = link(evolve(policy.workbook, tables=tuple(tables)), policy.dictionary)
    assume(not errors(changed.findings))
    return changed


@st.composite
def _edited_table(draw: st.DrawFn, table: DecisionTable) -> DecisionTable:
    rules = list(table.rules)
    if not rules:
        return table
    one, other = (draw(st.integers(0, len(rules) - 1)) for _ in range(2))
    match draw(
        st.sampled_from(["input", "input", "any", "output", "output", "remove", "swap", "hit policy"])
    ):
        case "input" if table.inputs:
            column = draw(st.integers(0, len(table.inputs) - 1))
            rules[one] = _with_input(rules[one], column, rules[other].inputs[column])
        case "any" if table.inputs:
            column = draw(st.integers(0, len(table.inputs) - 1))
            rules[one] = _with_input(rules[one], column, Cell(5, 2, CellKind.TEXT, "-"))
        case "output":
            rules[one] = evolve(rules[one], outputs=rules[other].outputs)
        case "remove" if len(rules) > 1:
            del rules[one]
        case "swap":
            rules[one], rules[other] = rules[other], rules[one]
        case "hit policy":
            return evolve(table, hit_policy=_OTHER_POLICIES.get(table.hit_policy, table.hit_policy))
    return evolve(table, rules=tuple(rules))


@st.composite
def edited_criteria(draw: st.DrawFn, policy: LinkedPolicy, most: int = 2) -> LinkedPolicy:
    """The policy after edits of its sheets of criteria, and perhaps of a table; it stays without errors."""
    sheets = list(policy.workbook.criteria)
    tables = list(policy.workbook.tables)
    for _ in range(draw(st.integers(1, most))):
        number = draw(st.integers(0, len(sheets) - 1))
        sheets[number] = draw(_edited_sheet(sheets[number]))
    if draw(st.integers(0, 3)) == 0:
        number = draw(st.integers(0, len(tables) - 1))
        tables[number] = draw(_edited_table(tables[number]))
    book = evolve(policy.workbook, criteria=tuple(sheets), tables=tuple(tables))
    changed = link(book, policy.dictionary)
    assume(not errors(changed.findings))
    return changed


@st.composite
def _edited_sheet(draw: st.DrawFn, sheet: CriteriaSheet) -> CriteriaSheet:
    rows = list(sheet.rows)
    one, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    match draw(st.sampled_from(["input", "input", "any", "needs", "needs", "remove", "swap", "retire"])):
        case "input" if sheet.inputs:
            column = draw(st.integers(0, len(sheet.inputs) - 1))
            rows[one] = _with_test(rows[one], column, rows[other].inputs[column])
        case "any" if sheet.inputs:
            column = draw(st.integers(0, len(sheet.inputs) - 1))
            rows[one] = _with_test(rows[one], column, Cell(5, 2, CellKind.TEXT, "-"))
        case "needs" if not rows[one].needs.blank:
            word = draw(st.sampled_from(("all", "any", "none", "at least 1", "at least 2")))
            needs = rows[one].needs
            rows[one] = evolve(rows[one], needs=Cell(needs.row, needs.column, CellKind.TEXT, word))
        case "remove" if len(rows) > 1:
            del rows[one]
        case "swap":
            rows[one], rows[other] = rows[other], rows[one]
        case "retire":
            rows[one] = evolve(rows[one], retired=not rows[one].retired)
    return evolve(sheet, rows=tuple(rows))


def _with_test(row: CriterionRow, column: int, cell: Cell) -> CriterionRow:
    return evolve(
        row, inputs=(*row.inputs[:column], _put(row.inputs[column], cell), *row.inputs[column + 1 :])
    )


def _with_input(rule: Rule, column: int, cell: Cell) -> Rule:
    put = _put(rule.inputs[column], cell)
    return evolve(rule, inputs=(*rule.inputs[:column], put, *rule.inputs[column + 1 :]))


def _put(kept: Cell, cell: Cell) -> Cell:
    """What a cell holds, in the place of another one."""
    return Cell(kept.row, kept.column, cell.kind, cell.text, cell.number_format)
