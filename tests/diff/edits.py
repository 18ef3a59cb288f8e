"""Random edits of a policy, as somebody would make them in its workbook."""

from __future__ import annotations

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
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


def _with_input(rule: Rule, column: int, cell: Cell) -> Rule:
    kept = rule.inputs[column]
    put = Cell(kept.row, kept.column, cell.kind, cell.text, cell.number_format)
    return evolve(rule, inputs=(*rule.inputs[:column], put, *rule.inputs[column + 1 :]))
