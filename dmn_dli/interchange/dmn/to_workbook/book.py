"""A whole model as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from attrs import define, evolve, field, frozen

from dmn_dli.feel import FeelType, syntax
from dmn_dli.feel.item_types import ItemType
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import Decision, Definitions
from dmn_dli.interchange.dmn.policy.clauses import stated_values, typed
from dmn_dli.interchange.dmn.policy.conversions import unwrapped
from dmn_dli.interchange.dmn.policy.facts import Facts, facts_of
from dmn_dli.interchange.dmn.policy.implied import with_implied_inputs
from dmn_dli.interchange.dmn.policy.logics import Logics
from dmn_dli.interchange.dmn.policy.structures import Part, part_of
from dmn_dli.interchange.dmn.policy.tables import Tables
from dmn_dli.interchange.dmn.to_workbook.cells import Speller
from dmn_dli.interchange.dmn.to_workbook.facts import FactSheet, fact_sheet
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.dmn.to_workbook.inexpressible import Inexpressible
from dmn_dli.interchange.dmn.to_workbook.inlining import Inliner
from dmn_dli.interchange.dmn.to_workbook.kept import KeptBook, criterion_of, kept_book
from dmn_dli.interchange.dmn.to_workbook.naming import Names, names_of
from dmn_dli.interchange.dmn.to_workbook.notes import tell_left_out
from dmn_dli.interchange.dmn.to_workbook.plain import Plainer
from dmn_dli.interchange.dmn.to_workbook.sheets import all_sheets
from dmn_dli.interchange.dmn.to_workbook.tables import Sheet, logic_rows, table_of_function
from dmn_dli.interchange.imported import ImportedBook, Rows
from dmn_dli.runtime.input_error import InputError
from dmn_dli.tables.linked import LinkedTable

MOST_SHEETS = 490
"""Decisions that a workbook can hold: it is read with 500 sheets at most, and some are no tables."""

_NOTHING = syntax.NullLiteral()


def workbook_of(definitions: Definitions, imported: Mapping[str, Definitions] | None = None) -> ImportedBook:
    """The workbook of a model that has no errors.

    What our export wrote comes back as it was; all else is laid out as tables: decisions become sheets, input
    data facts. imported: the models that it may import, by namespace. What a workbook cannot say becomes a
    cell that is to be filled in, and a guess. Raises InputError where there is no decision, or there are too
    many for the sheets of a workbook.
    """
    definitions, implied = with_implied_inputs(definitions)
    model = lower(definitions, imported)
    models = (definitions, *(imported or {}).values())
    converter = _Converter(definitions, model, models, Logics.of(models))
    for finding in (*implied, *model.findings):
        converter.guesses.add("", finding.message)
    return converter.book()


@frozen
class _Logic:
    """A decision on its way to a sheet: as the file has it, as a table, and why it has no logic to show."""

    decision: Decision
    table: LinkedTable
    reason: str = ""


@define
class _Converter:
    definitions: Definitions
    model: LoweredModel
    models: Sequence[Definitions]
    logics: Logics
    guesses: Guesses = field(factory=Guesses)

    def book(self) -> ImportedBook:
        """The sheets and the guesses."""
        elements = self.model.of_kind("decision")
        if not elements:
            raise InputError(
                f"{_shown(self.definitions)} has no decision, so that there is no table to make."
            )
        if len(elements) > MOST_SHEETS:
            raise InputError(
                f"{_shown(self.definitions)} has {len(elements):,} decisions, and a workbook is read with at "
                f"most {MOST_SHEETS} sheets of tables."
            )
        kept = kept_book(self.definitions)
        facts, parts = self._facts(elements)
        tables = Tables.of(facts)
        inliner = Inliner(self.model, parts, tables)
        made = {each.name: self._logic(each, inliner) for each in elements}
        decisions = {name: each.decision for name, each in made.items()}
        decisions = _in_order(decisions, self.definitions, kept)
        names = names_of(self.definitions, [each.name for each in facts.facts], decisions, kept, self.guesses)
        sheet = fact_sheet(self.definitions, facts.facts, names.facts, self.guesses)
        names = evolve(names, nodes={**names.nodes, **sheet.nodes_of(names.facts)})
        held = {**facts.types, **{each.name: each.type for each in elements}}
        tables_only = [name for name, each in decisions.items() if criterion_of(each, kept) is None]
        rows = {name: self._rows(made[name], tables.types, held, names, sheet) for name in tables_only}
        tell_left_out(self.definitions, self.guesses, ours=kept is not None)
        last = self._last() if kept is None or not kept.holds("policy") else ""
        sheets = all_sheets(self.definitions, kept, decisions, names, rows, sheet.rows, last, self.guesses)
        name = kept.name if kept is not None and kept.name else f"{_stem(self.definitions)}.xlsx"
        return ImportedBook(name, sheets, self.guesses.all)

    def _facts(self, elements: Sequence[LoweredElement]) -> tuple[Facts, Mapping[str, Part]]:
        """The facts of the inputs, those without a type by what the tables say of them."""
        inputs = {each.name: each for each in self.model.of_kind("input")}
        parts: Mapping[str, Part] = {name: part_of(name, each.type) for name, each in inputs.items()}
        inliner = Inliner(self.model, parts, Tables({}, {}, {}))
        trees = [tree for each in elements if (tree := _tree(inliner, each)[0]) != _NOTHING]
        parts = {name: typed(part, trees) for name, part in parts.items()}
        found = [self.logics.input(inputs[name], part) for name, part in parts.items()]
        return facts_of(found, stated_values(trees)), parts

    def _logic(self, element: LoweredElement, inliner: Inliner) -> _Logic:
        """A decision as a table; one that only calls a function which is a table is that table."""
        tables = inliner.tables
        tree, reason = _tree(inliner, element)
        root, types = unwrapped(tree)
        decision = _decision(element, self.models)
        if isinstance(root, syntax.DecisionTable):
            decision = table_of_function(decision, root, self.definitions, self.guesses)
        logic = evolve(self.logics.logic(element), tree=tree, expression=decision.expression)
        table = tables.add(logic)
        if isinstance(root, syntax.DecisionTable) and types and len(table.columns) != len(root.inputs):
            # The type asks something of the value as a whole: the table is of more use without it.
            self.guesses.add(decision.place, f'The value of "{element.name}" is not held to its type.')
            table = tables.add(evolve(logic, tree=root))
        return _Logic(decision, table, reason)

    def _rows(
        self,
        logic: _Logic,
        types: Mapping[str, FeelType],
        held: Mapping[str, ItemType],
        names: Names,
        sheet: FactSheet,
    ) -> Rows:
        name, decision = logic.table.name, logic.decision
        plainer = Plainer(types, sheet.lost, held)
        speller = Speller(names.nodes, plainer)
        made = Sheet(decision, logic.table, names, speller, self.guesses, sheet.labels)
        rows = logic_rows(made, logic.reason)
        if plainer.dropped:
            kinds = ", ".join(plainer.dropped)
            said = f'In "{name}" values are not held to the types {kinds}, nor made null by them.'
            self.guesses.add(decision.place, said)
        for why in plainer.missing:
            self.guesses.add(decision.place, f'In "{name}" null stands for what has no value: {why}.')
        if plainer.first:
            said = f'In "{name}" a table within an expression became conditions; the first rule counts.'
            self.guesses.add(decision.place, said)
        if plainer.eased:
            said = f'In "{name}" a filter, some or every is no longer null where a condition is no boolean.'
            self.guesses.add(decision.place, said)
        return rows

    def _last(self) -> str:
        """The decision that the workbook decides: the last that no other reads."""
        order = {each.name: place for place, each in enumerate(self.definitions.decisions)}
        ends = sorted(self.model.unread(self.definitions.namespace), key=lambda name: order.get(name, 0))
        if len(ends) > 1:
            others = ", ".join(f'"{each}"' for each in ends[:-1])
            said = f'The final decision is taken to be "{ends[-1]}"; no other decision reads {others} either.'
            self.guesses.add("the model", said)
        return ends[-1] if ends else ""


def _tree(inliner: Inliner, element: LoweredElement) -> tuple[syntax.Node, str]:
    """A decision's logic, or null and why there is none."""
    try:
        return inliner.tree(element), ""
    except Inexpressible as reason:
        return _NOTHING, str(reason)


def _in_order(
    decisions: Mapping[str, Decision], definitions: Definitions, kept: KeptBook | None
) -> dict[str, Decision]:
    """The decisions in the order of the sheets that they were, else of the file; those of others behind."""
    order = {each.id: place for place, each in enumerate(definitions.decisions) if each.id}
    if kept is not None:
        order |= {sheet.decision: place - len(kept.sheets) for place, sheet in enumerate(kept.sheets)}
    ranked = sorted(decisions.items(), key=lambda pair: order.get(pair[1].id, len(decisions)))
    return dict(ranked)


def _decision(element: LoweredElement, models: Sequence[Definitions]) -> Decision:
    """A decision as its file has it."""
    for model in models:
        if model.namespace != element.namespace:
            continue
        for each in model.decisions:
            if element.own_name == ((each.variable.name if each.variable is not None else "") or each.name):
                return each
    return Decision(name=element.own_name)


def _shown(definitions: Definitions) -> str:
    return f'"{definitions.file or definitions.name}"'


def _stem(definitions: Definitions) -> str:
    return PurePath(definitions.file).stem or definitions.name or "model"
