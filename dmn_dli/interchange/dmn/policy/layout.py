"""Where a model's tables would stand in a workbook: the cells that findings and records name.

A DMN file has no cells. Its decisions are laid out as `dmn-dli import` lays them out: a sheet a decision,
inputs, outputs and annotations side by side from column B, rules from row 5.
"""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.expressions import Element, Expression
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import Annotation, InputClause, ModelTable, OutputClause, Rule
from dmn_dli.runtime.hit_policy import HitPolicy

HEADINGS, VALUES, FIRST_RULE = 3, 4, 5

_SHOWN = 80
"""How many characters of a text that is no cell's a message quotes."""


def table_cells(name: str, question: str, table: boxed.DecisionTable, hit_policy: HitPolicy) -> ModelTable:
    """A decision table of a model as a sheet has it."""
    width = len(table.inputs)
    inputs = tuple(
        InputClause(
            _cell(HEADINGS, column, _input_text(clause)),
            _cell(VALUES, column, clause.values.text) if clause.values else None,
        )
        for column, clause in enumerate(table.inputs, 2)
    )
    outputs = tuple(
        _output(clause, column, output_name(name, table, column - 2 - width))
        for column, clause in enumerate(table.outputs, 2 + width)
    )
    annotations = tuple(
        Annotation(text, _cell(HEADINGS, column, text))
        for column, text in enumerate(table.annotations, 2 + width + len(table.outputs))
    )
    ids = rule_ids(table.rules)
    rules = tuple(
        _rule(rule, id_, row, table) for row, (rule, id_) in enumerate(zip(table.rules, ids, strict=True), 5)
    )
    return ModelTable(name, name, question, hit_policy, inputs, outputs, annotations, rules)


def single_cells(name: str, question: str, expression: Expression | None) -> ModelTable:
    """Any other logic as a table of one rule: `F`, no input, one output."""
    value = _cell(FIRST_RULE, 2, logic_text(expression))
    rule = Rule("1", _cell(FIRST_RULE, 1, "1"), (), (value,))
    output = OutputClause(name, _cell(HEADINGS, 2, name), "expression", _cell(VALUES, 2, "expression"))
    return ModelTable(name, name, question, HitPolicy.FIRST, (), (output,), (), (rule,))


def rule_ids(rules: Sequence[boxed.Rule]) -> tuple[str, ...]:
    """The rules' labels where each has one of its own, else their numbers: ids of a tool say nothing."""
    labels = [rule.label or rule.name for rule in rules]
    if all(labels) and len(set(labels)) == len(labels):
        return tuple(labels)
    return tuple(str(number) for number in range(1, len(rules) + 1))


def output_name(name: str, table: boxed.DecisionTable, position: int) -> str:
    """An output clause's name; the only one's may be missing, and is then the decision's."""
    clause = table.outputs[position]
    return clause.name or clause.label or (name if len(table.outputs) == 1 else str(position + 1))


def logic_text(expression: Expression | None) -> str:
    """A decision's logic in short: FEEL as it is written, else what kind of box it is."""
    match expression:
        case None:
            return ""
        case boxed.LiteralExpression(text=text):
            line = " ".join(text.split())
            return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return f"a boxed {_BOXES[type(expression)]}"


_BOXES: dict[type[Element], str] = {
    boxed.Invocation: "invocation",
    boxed.Context: "context",
    boxed.ListExpression: "list",
    boxed.Relation: "relation",
    boxed.FunctionDefinition: "function",
    boxed.Conditional: "conditional",
    boxed.Filter: "filter",
    boxed.Iteration: "iterator",
    boxed.DecisionTable: "decision table",
}


def _input_text(clause: boxed.InputClause) -> str:
    text = "" if clause.expression is None else " ".join(clause.expression.text.split())
    return text or clause.label or clause.name


def _output(clause: boxed.OutputClause, column: int, name: str) -> OutputClause:
    values = clause.values.text if clause.values else ""
    default = clause.default.text if clause.default and clause.default.text.strip() else None
    shown = "\n".join(filter(None, (values, None if default is None else f"default: {default}")))
    return OutputClause(
        name,
        _cell(HEADINGS, column, name),
        values,
        _cell(VALUES, column, shown) if shown else None,
        default,
    )


def _rule(rule: boxed.Rule, id_: str, row: int, table: boxed.DecisionTable) -> Rule:
    inputs = _texts([each.text for each in rule.inputs], len(table.inputs), "-")
    outputs = _texts([each.text for each in rule.outputs], len(table.outputs), "null")
    notes = _texts(rule.annotations, len(table.annotations), "")
    cells = [_cell(row, column, text) for column, text in enumerate((*inputs, *outputs, *notes), 2)]
    ends = len(inputs), len(inputs) + len(outputs)
    return Rule(
        id_,
        _cell(row, 1, id_),
        tuple(cells[: ends[0]]),
        tuple(cells[ends[0] : ends[1]]),
        tuple(cells[ends[1] :]),
    )


def _texts(texts: Sequence[str], width: int, absent: str) -> list[str]:
    """As many texts as there are clauses; what is missing or blank means what the standard says."""
    found = [text.strip() or absent for text in texts[:width]]
    return found + [absent] * (width - len(found))


def _cell(row: int, column: int, text: str) -> Cell:
    return Cell(row, column, CellKind.TEXT if text else CellKind.BLANK, text)
