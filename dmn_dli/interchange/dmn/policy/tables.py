"""A lowered decision as a linked table: columns and outputs where it is one, else one rule that computes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from dmn_dli.feel import FeelType, constant_value, infer, is_constant, syntax, type_of
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.unparse import unparse
from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.expressions import Expression
from dmn_dli.interchange.dmn.policy.conversions import (
    Types,
    converted,
    entry_of,
    names_read,
    output_types,
    unwrapped,
)
from dmn_dli.interchange.dmn.policy.facts import Facts, as_allowed
from dmn_dli.interchange.dmn.policy.layout import single_cells, table_cells
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.linked import (
    AllowedValues,
    Column,
    Computed,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
    OutputColumn,
    Source,
)

# What has an order among all values of its kind; of times and dates with times some have a zone, some none.
_IN_ORDER = frozenset({
    FeelType.STRING, FeelType.DATE, FeelType.DAYS_DURATION, FeelType.YEARS_DURATION,
})  # fmt: skip


@frozen
class Logic:
    """A decision on its way to a table: its tree over the policy's names, and its logic in the file."""

    name: str
    tree: syntax.Node
    expression: Expression | None
    question: str = ""


@define
class Tables:
    """Makes tables of a model's decisions, each after those that it reads.

    facts, allowed: the model's facts, and what each may be. types: of all names known so far.
    """

    facts: Mapping[str, Fact]
    allowed: Mapping[str, AllowedValues]
    types: dict[str, FeelType]
    tables: dict[str, LinkedTable] = field(factory=dict)
    outputs: dict[str, str] = field(factory=dict)
    """Names such as `Decision.output`, to the decision."""

    @classmethod
    def of(cls, facts: Facts) -> Tables:
        """No tables yet, over these facts."""
        types = {each.name: FEEL_TYPES[each.type] for each in facts.facts}
        return cls({each.name: each for each in facts.facts}, facts.allowed, types)

    def add(self, logic: Logic) -> LinkedTable:
        """The table of a decision, whose values those that follow may read."""
        table = self._table(logic) or self._single(logic)
        self.tables[logic.name] = table
        self.types[logic.name] = _value_type(table)
        if len(table.outputs) > 1 and not table.hit_policy.counts:
            for output in table.outputs:
                name = f"{logic.name}.{output.name}"
                self.outputs[name] = logic.name
                self.types[name] = FeelType.LIST if table.hit_policy.gives_list else output.type
        return table

    def output_names(self, decision: str) -> dict[str, str]:
        """The outputs of a table with several, each with the name that stands for its value."""
        table = self.tables[decision]
        names = {output.name: f"{decision}.{output.name}" for output in table.outputs}
        return {output: name for output, name in names.items() if self.outputs.get(name) == decision}

    def _single(self, logic: Logic) -> LinkedTable:
        tree = logic.tree
        output = OutputColumn(logic.name, self._type(tree), None, (entry_of(tree, self.types),))
        return LinkedTable(single_cells(logic.name, logic.question, logic.expression), (), (output,), (0,))

    def _table(self, logic: Logic) -> LinkedTable | None:
        """A decision table with its columns; None where the logic is none, or its value is made over."""
        node, due = unwrapped(logic.tree)
        if not isinstance(node, syntax.DecisionTable) or not isinstance(
            logic.expression, boxed.DecisionTable
        ):
            return None
        hit_policy = HitPolicy(node.hit_policy)
        types = output_types(hit_policy, [each.name for each in node.outputs], due)
        if types is None:
            return None
        cells = table_cells(logic.name, logic.question, logic.expression, hit_policy)
        columns = [
            self._column(clause, cells.inputs[position].cell, node.rules, position, cells.rules)
            for position, clause in enumerate(node.inputs)
        ]
        defaults = any(output.default is not None for output in node.outputs)
        outputs = tuple(
            self._output(
                output,
                cells.outputs[position].name,
                types[position],
                node.rules,
                position,
                defaults=defaults,
            )
            for position, output in enumerate(node.outputs)
        )
        if hit_policy.aggregates and not _aggregated(hit_policy, outputs):
            return None
        return LinkedTable(cells, tuple(columns), outputs, tuple(range(len(node.rules))))

    def _column(
        self,
        clause: syntax.TableInput,
        cell: Cell,
        rules: Sequence[syntax.TableRule],
        position: int,
        rows: Sequence[Rule],
    ) -> Column:
        tree, type_ = self._clause(clause.expression)
        source = self._source(tree, clause.allowed)
        allowed = (
            None if clause.allowed is None else as_allowed(clause.allowed) or _untraceable(clause.allowed)
        )
        if isinstance(source, FactSource):
            allowed = self.allowed.get(source.fact.name)
        tests: dict[syntax.UnaryTests, int] = {}
        indexes = tuple(tests.setdefault(rule.tests[position], len(tests)) for rule in rules)
        reads = frozenset[str]().union(*[names_read(test, self.types) for test in tests])
        return Column(
            cell,
            source.fact.label if isinstance(source, FactSource) else cell.text,
            source,
            type_,
            allowed,
            tuple(tests),
            indexes,
            tuple(row.inputs[position] for row in rows),
            reads,
        )

    def _clause(self, tree: syntax.Node) -> tuple[syntax.Node, FeelType]:
        """A clause without a conversion that changes nothing, and its type."""
        match tree:
            case Conversion(syntax.Name(name), type_) if self._is(name, type_):
                return tree.value, type_.basic
        return tree, self._type(tree)

    def _is(self, name: str, type_: ItemType) -> bool:
        """Whether a name's values are of a type, as far as its kind is all that the type says."""
        bare = type_.allowed is None and type_.constraint is None and type_.fields is None
        return bare and type_.item is None and self.types.get(name) is type_.basic

    def _source(self, tree: syntax.Node, allowed: syntax.UnaryTests | None) -> Source:
        match tree:
            case syntax.Name(name) if name in self.facts and self._repeats(name, allowed):
                return FactSource(self.facts[name])
            case syntax.Name(name) if name in self.tables:
                return DecisionSource(name)
            case syntax.Name(name) if name in self.outputs:
                decision = self.outputs[name]
                return DecisionSource(decision, name[len(decision) + 1 :])
        return ExpressionSource(tree, names_read(tree, self.types))

    def _repeats(self, fact: str, allowed: syntax.UnaryTests | None) -> bool:
        """Whether what a clause allows is what its fact may be anyway."""
        if allowed is None:
            return True
        own, stated = self.allowed.get(fact), as_allowed(allowed)
        if own is None or stated is None:
            return False
        if own.values is None or stated.values is None:
            return own.tests == stated.tests
        return set(own.values) <= set(stated.values)

    def _output(
        self,
        output: syntax.TableOutput,
        name: str,
        types: Types,
        rules: Sequence[syntax.TableRule],
        position: int,
        *,
        defaults: bool,
    ) -> OutputColumn:
        entries = tuple(entry_of(converted(rule.entries[position], types), self.types) for rule in rules)
        default = None
        if defaults:
            # Of several outputs one may have a default; the others are null then.
            given = output.default or syntax.NullLiteral()
            default = entry_of(converted(given, types), self.types)
        return OutputColumn(
            name, self._entries_type(entries, default), _ordered(output.values), entries, default
        )

    def _entries_type(self, entries: Sequence[Entry], default: Entry | None) -> FeelType:
        kinds = {
            self._type(each.tree) if isinstance(each, Computed) else type_of(each.value)
            for each in (*entries, *([] if default is None else [default]))
        } - {FeelType.NULL}
        return kinds.pop() if len(kinds) == 1 else FeelType.ANY

    def _type(self, tree: syntax.Node) -> FeelType:
        return infer(tree, self.types).type


def _aggregated(hit_policy: HitPolicy, outputs: Sequence[OutputColumn]) -> bool:
    """Whether the outputs can be added up or put in order, whatever fires."""
    if len(outputs) != 1:
        return False
    return outputs[0].type is FeelType.NUMBER or (not hit_policy.adds and outputs[0].type in _IN_ORDER)


def _value_type(table: LinkedTable) -> FeelType:
    if table.hit_policy.gives_list:
        return FeelType.LIST
    if table.hit_policy.own_values:
        return FeelType.NUMBER
    return table.outputs[0].type if len(table.outputs) == 1 else FeelType.CONTEXT


def _ordered(values: Sequence[syntax.Node]) -> AllowedValues | None:
    """An output's values in priority order; None where there are none, or some are not constant."""
    if not values or not all(is_constant(each) for each in values):
        return None
    tests = syntax.UnaryTests(tuple(syntax.ValueTest(each) for each in values))
    return AllowedValues(unparse(tests), tests, tuple(constant_value(each) for each in values))


def _untraceable(tests: syntax.UnaryTests) -> AllowedValues:
    """What a clause allows by more than constants: values are held to it, and not parted by it."""
    return AllowedValues("a condition", tests, None)
