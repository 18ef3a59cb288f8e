"""A linked table as a boxed decision table (DMN 1.5, chapter 8)."""

from __future__ import annotations

from attrs import evolve, frozen

from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.from_policy.facts import Facts
from dmn_dli.interchange.dmn.from_policy.names import Ids
from dmn_dli.interchange.dmn.from_policy.texts import Speller, type_ref
from dmn_dli.interchange.dmn.hit_policies import written_as
from dmn_dli.interchange.dmn.ours import ours, written
from dmn_dli.model.table import InputClause, Rule
from dmn_dli.tables.linked import (
    Column,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
    OutputColumn,
)


@frozen
class LogicWriter:
    """Writes boxed tables with the names, types and ids of one model."""

    speller: Speller
    facts: Facts
    ids: Ids

    def table(self, table: LinkedTable) -> boxed.DecisionTable:
        """The rules in force; of a table of the workbook also what it says in other words, and its notes."""
        name = self.speller.names.decisions[table.name]
        own = table.criterion is None
        policy, aggregation = written_as(table.hit_policy)
        made = boxed.DecisionTable(
            id=self.ids.new("table", name),
            hit_policy=policy,
            aggregation=aggregation,
            inputs=tuple(
                self._input(name, column, clause, own=own)
                for column, clause in zip(table.columns, table.table.inputs, strict=True)
            ),
            outputs=tuple(self._output(table, place, output) for place, output in enumerate(table.outputs)),
            rules=tuple(self._rule(table, place, rule) for place, rule in enumerate(table.rules)),
        )
        return self._with_notes(table, made) if own else made

    def _input(self, name: str, column: Column, clause: InputClause, *, own: bool) -> boxed.InputClause:
        text, type_, values = self._source(column)
        row_4 = () if clause.allowed is None else (ours("row4", {"of": values}, clause.allowed.text),)
        return boxed.InputClause(
            id=self.ids.new("input", name, column.label),
            label=column.label if isinstance(column.source, FactSource) and column.label != text else "",
            expression=boxed.LiteralExpression(
                id=self.ids.new("expression", name, column.label),
                text=text,
                type_ref=type_,
                extensions=written(clause.cell.text, text) if own else (),
            ),
            values=self._texts(values, "values", name, column.label),
            extensions=row_4,
        )

    def _source(self, column: Column) -> tuple[str, str | None, str]:
        """An input clause's expression, its type, and the values that may arrive.

        Those of a fact are its type's. Elsewhere null may arrive whatever row 4 says: it is the value of what
        is not known.
        """
        match column.source:
            case FactSource(fact):
                return self.speller.name(fact.name), self.facts.types[fact.name], ""
            case DecisionSource() as source:
                text = self.speller.name(source.name)
            case ExpressionSource(tree):
                text = self.speller.tree(tree)
        values = self.speller.allowed(column.allowed, null=True) if column.allowed else ""
        return text, type_ref(column.type), values

    def _output(self, table: LinkedTable, place: int, output: OutputColumn) -> boxed.OutputClause:
        name = self.speller.names.decisions[table.name]
        clause = table.table.outputs[place]
        values = self.speller.allowed(output.allowed, null=False) if output.allowed else ""
        called = self.speller.names.outputs.get((table.name, output.name), "")
        default = None
        if output.default is not None:
            default = self._entry(("default", name, output.name), output.default, clause.default)
        own = table.criterion is None
        return boxed.OutputClause(
            id=self.ids.new("output", name, output.name),
            name=called,
            label=_heading(table, output) if _heading(table, output) != called else "",
            type_ref=type_ref(output.type),
            values=self._texts(values, "values", name, output.name),
            default=default,
            extensions=(ours("row4", {"of": values}, clause.values),) if own else (),
        )

    def _texts(self, text: str, *called: str) -> boxed.Texts | None:
        return boxed.Texts(id=self.ids.new(*called), text=text) if text else None

    def _rule(self, table: LinkedTable, place: int, rule: Rule) -> boxed.Rule:
        name = self.speller.names.decisions[table.name]
        own = table.criterion is None
        inputs = []
        for column, cell in zip(table.columns, rule.inputs, strict=True):
            text = self.speller.tree(column.tests[column.rules[place]])
            said = written(cell.text, text) if own else ()
            inputs.append(boxed.Texts(id=self.ids.new("test", name, rule.id), text=text, extensions=said))
        outputs = tuple(
            self._entry(("entry", name, rule.id), output.entries[place], cell.text if own else None)
            for output, cell in zip(table.outputs, rule.outputs, strict=True)
        )
        return boxed.Rule(
            id=self.ids.new("rule", name, rule.id), label=rule.id, inputs=tuple(inputs), outputs=outputs
        )

    def _entry(self, called: tuple[str, ...], entry: Entry, said: str | None) -> boxed.LiteralExpression:
        """said: what the workbook holds there; None where it holds nothing of its own."""
        text = self.speller.entry(entry)
        plain = said is None or (isinstance(entry, Constant) and entry.value == said)
        return boxed.LiteralExpression(
            id=self.ids.new(*called), text=text, extensions=() if plain else written(said or "", text)
        )

    def _with_notes(self, table: LinkedTable, made: boxed.DecisionTable) -> boxed.DecisionTable:
        """The table with its NOTE columns, and the rules that are out of force."""
        headings = tuple(annotation.name for annotation in table.table.annotations)
        rules = []
        for rule, each in zip(table.rules, made.rules, strict=True):
            notes = tuple(cell.text for cell in rule.annotations)
            said = described(rule.id, headings, notes)
            rules.append(evolve(each, annotations=notes, description=said))
        retired = tuple(
            ours(
                "retired",
                {"at": str(place), "id": rule.id},
                children=[
                    *(ours("input", text=cell.text) for cell in rule.inputs),
                    *(ours("output", text=cell.text) for cell in rule.outputs),
                    *(ours("note", text=cell.text) for cell in rule.annotations),
                ],
            )
            for place, rule in enumerate(table.table.rules, 1)
            if rule.retired
        )
        return evolve(made, rules=tuple(rules), annotations=headings, extensions=retired)


def _heading(table: LinkedTable, output: OutputColumn) -> str:
    """What stands above an output column."""
    if table.criterion is None:
        return output.name
    return "members met" if table.hit_policy.counts else "met"


def described(rule: str, headings: tuple[str, ...], notes: tuple[str, ...]) -> str:
    """A rule's id and notes in one text, for tools that show nothing else: `M-04. Citation: criterion 2`."""
    said = [f"{heading}: {note}" for heading, note in zip(headings, notes, strict=True) if note]
    return ". ".join([rule, "; ".join(said)]) if said else rule
