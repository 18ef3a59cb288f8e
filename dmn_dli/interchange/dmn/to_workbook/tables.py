"""A linked table of a model as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve

from dmn_dli.feel import syntax
from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.expressions import Extension
from dmn_dli.interchange.dmn.model import Decision, Definitions
from dmn_dli.interchange.dmn.ours import all_of, as_written, attribute, one_of
from dmn_dli.interchange.dmn.policy.layout import rule_ids
from dmn_dli.interchange.dmn.to_workbook.cells import Speller, plain_text, row_4
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.dmn.to_workbook.inexpressible import Inexpressible
from dmn_dli.interchange.dmn.to_workbook.naming import Names
from dmn_dli.interchange.imported import Rows, Value
from dmn_dli.interchange.layouts.naming import numbered
from dmn_dli.model.repair import plain_word
from dmn_dli.model.to_fill_in import to_fill_in
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import (
    Column,
    Computed,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
    OutputColumn,
)

_ORDERED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
_DESCRIPTION = "Description"


@define
class Sheet:
    """Makes the rows of one decision's sheet.

    labels: what people call the facts, by the policy's names, where a cell may call them so.
    """

    decision: Decision
    table: LinkedTable
    names: Names
    speller: Speller
    guesses: Guesses
    labels: Mapping[str, str]

    def rows(self) -> Rows:
        """The sheet of a decision table: inputs, outputs, then notes."""
        boxes = self.decision.expression
        assert isinstance(boxes, boxed.DecisionTable), "asked of decision tables alone"
        name = self.table.name
        taken: set[str] = set()
        inputs = [
            self._input(column, boxes.inputs[place], place, taken)
            for place, column in enumerate(self.table.columns)
        ]
        outputs = []
        for place, output in enumerate(self.table.outputs):
            outputs.append(self._output(output, boxes, place))
            taken.add(plain_word(str(outputs[-1][0])))
        ids = rule_ids(boxes.rules)
        notes = list(self._notes(boxes, taken))
        columns = [*inputs, *outputs, *notes]
        rules: list[list[Value]] = [
            [ids[at], *(column[2 + at] for column in columns)] for at in range(len(self.table.rules))
        ]
        for each in all_of(boxes, "retired"):
            rules.insert(int(attribute(each, "at") or len(rules) + 1) - 1, self._retired(each))
        words = ["IF"] * len(inputs) + ["THEN"] * len(outputs) + ["NOTE"] * len(notes)
        return [
            [self.names.decisions[name], self.table.table.question or None],
            [self.table.hit_policy.value, *words],
            ["Rule", *(column[0] for column in columns)],
            ["values", *(column[1] or None for column in columns)],
            *rules,
        ]

    def _input(self, column: Column, clause: boxed.InputClause, place: int, taken: set[str]) -> list[Value]:
        text = self._clause(column, clause)
        while plain_word(text) in taken:
            text = f"({text})"
        taken.add(plain_word(text))
        cells: list[Value] = [text, self._input_row_4(column, clause)]
        written = [rule.inputs[place] for rule in self.boxed_rules()]
        for at, index in enumerate(column.rules):
            said = as_written(written[at], written[at].text) if at < len(written) else None
            cells.append(said if said is not None else self._tree(column.tests[index]))
        return cells

    def _clause(self, column: Column, clause: boxed.InputClause) -> str:
        expression = clause.expression
        said = as_written(expression, expression.text) if expression is not None else None
        if said is not None:
            return said
        match column.source:
            case FactSource(fact) if fact.name in self.labels:
                return self.labels[fact.name]
            case FactSource(fact):
                return self._tree(syntax.Name(fact.name))
            case DecisionSource() as source:
                return self._tree(syntax.Name(source.name))
            case ExpressionSource(tree):
                return self._tree(tree)

    def _input_row_4(self, column: Column, clause: boxed.InputClause) -> str | None:
        values = clause.values.text if clause.values is not None else ""
        own = one_of(clause, "row4")
        if own is not None and attribute(own, "of") == values:
            return own.text
        if isinstance(column.source, FactSource) or column.allowed is None or column.allowed.values is None:
            return None
        return self.speller.allowed(column.allowed)

    def _output(self, output: OutputColumn, boxes: boxed.DecisionTable, place: int) -> list[Value]:
        clause = boxes.outputs[place]
        values = clause.values.text if clause.values is not None else ""
        own = one_of(clause, "row4")
        ordered = place == 0 and self.table.hit_policy in _ORDERED
        kind = row_4(output.all_entries, output.allowed, ordered=ordered)
        texts = all(
            isinstance(each, Constant) and isinstance(each.value, str | None) for each in output.all_entries
        )
        if own is not None and attribute(own, "of") == values and (own.text.strip() or texts):
            kind = own.text
        if ordered and kind == "expression":
            text = f'The order of the results of "{self.table.name}" is not known; row 4 must list them.'
            self.guesses.add(self.decision.place, text)
        cells: list[Value] = [self.names.outputs[self.table.name][place], kind]
        if clause.default is not None and output.default is not None:
            cells[1] = f"{kind}\ndefault: {self._entry(output.default, clause.default, kind)}".strip()
        entries = [rule.outputs[place] for rule in self.boxed_rules()]
        cells += [self._entry(entry, entries[at], kind) for at, entry in enumerate(output.entries)]
        return cells

    def _entry(self, entry: Entry, text: boxed.LiteralExpression, kind: str) -> str:
        said = as_written(text, text.text)
        if said is not None:
            return said
        if isinstance(entry, Constant) and kind != "expression" and isinstance(entry.value, str | None):
            return plain_text(entry.value)
        return self.text(entry)

    def text(self, entry: Entry) -> str:
        """An output entry in FEEL."""
        return self._tree(entry.tree) if isinstance(entry, Computed) else self.speller.entry(entry)

    def _tree(self, tree: syntax.Node) -> str:
        """A tree's text; where there is none, what is to be filled in, and why."""
        try:
            return self.speller.tree(tree)
        except Inexpressible as reason:
            text = f'A cell of "{self.table.name}" is to be filled in. {reason}'
            self.guesses.add(self.decision.place, text)
            return to_fill_in(str(reason))

    def boxed_rules(self) -> Sequence[boxed.Rule]:
        """The rules as the model has them."""
        boxes = self.decision.expression
        return boxes.rules if isinstance(boxes, boxed.DecisionTable) else ()

    def _notes(self, boxes: boxed.DecisionTable, taken: set[str]) -> Iterator[list[Value]]:
        """The annotations, and the rules' descriptions where our export has not made these of the others."""
        ours = one_of(self.decision, "table") is not None
        width = max((len(boxes.annotations), *(len(rule.annotations) for rule in boxes.rules)), default=0)
        columns = [
            (
                boxes.annotations[place] if place < len(boxes.annotations) else "",
                [rule.annotations[place] if place < len(rule.annotations) else "" for rule in boxes.rules],
            )
            for place in range(width)
        ]
        if not ours and any(rule.description for rule in boxes.rules):
            columns.append((_DESCRIPTION, [rule.description for rule in boxes.rules]))
        for heading, texts in columns:
            name = heading or "Annotation"
            if not ours and plain_word(name) == "status":
                name = "Status in the model"
            name = numbered(name, taken, " {}", fold=True)
            taken.add(plain_word(name))
            yield [name, None, *(text or None for text in texts)]

    def _retired(self, rule: Extension) -> list[Value]:
        kinds = ("input", "output", "note")
        cells = [each.text or None for kind in kinds for each in all_of(rule, kind)]
        return [attribute(rule, "id"), *cells]


def single_rows(sheet: Sheet, reason: str) -> Rows:
    """The sheet of any other logic: one rule that computes its value; reason: why there is none."""
    name = sheet.names.decisions[sheet.table.name]
    if reason:
        sheet.guesses.add(sheet.decision.place, f'"{sheet.table.name}" is to be filled in. {reason}')
        text = to_fill_in(reason)
    else:
        text = sheet.text(sheet.table.outputs[0].entries[0])
    return [
        [name, sheet.table.table.question or None],
        [HitPolicy.FIRST.value, "THEN"],
        ["Rule", name],
        ["values", None if reason else "expression"],
        ["1", text],
    ]


def logic_rows(sheet: Sheet, reason: str) -> Rows:
    """The sheet of a decision, whatever its logic; reason: why no workbook can say it, "" if one can."""
    is_table = isinstance(sheet.decision.expression, boxed.DecisionTable) and not reason
    if is_table and (sheet.table.columns or len(sheet.table.rules) == len(sheet.boxed_rules())):
        return sheet.rows()
    return single_rows(sheet, reason)


def table_of_function(
    decision: Decision, table: syntax.DecisionTable, definitions: Definitions, guesses: Guesses
) -> Decision:
    """The decision with the table of the function that it calls as its own, where that is all it does."""
    expression = decision.expression
    if isinstance(expression, boxed.DecisionTable):
        return decision
    for knowledge in definitions.knowledge:
        body = knowledge.logic.body if knowledge.logic is not None else None
        if not isinstance(body, boxed.DecisionTable) or not _same_shape(body, table):
            continue
        if knowledge.name in _called(expression):
            said = f'The table of "{knowledge.name}" stands in "{decision.name}", its parameters replaced.'
            guesses.add(decision.place, said)
            return evolve(decision, expression=body)
    return decision


def _same_shape(body: boxed.DecisionTable, table: syntax.DecisionTable) -> bool:
    widths = len(body.inputs), len(body.outputs), len(body.rules)
    return widths == (len(table.inputs), len(table.outputs), len(table.rules))


def _called(expression: boxed.Expression | None) -> str:
    """The text that says which function an expression calls."""
    if isinstance(expression, boxed.Invocation) and isinstance(expression.called, boxed.LiteralExpression):
        return expression.called.text
    return expression.text if isinstance(expression, boxed.LiteralExpression) else ""
