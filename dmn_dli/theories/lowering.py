"""A policy's conditions in terms of atoms: where facts are cut, and what stands as a term of its own.

Each clause, cell, entry and assumption is taken apart into questions. One that a single fact answers becomes
cuts of that fact's domain; one that several answer together becomes a term, and the tree reads its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, frozen

from dmn_dli.feel import FeelType, free_names, syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.model.facts import Fact
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import (
    Column,
    Computed,
    Constant,
    ExpressionSource,
    FactSource,
    LinkedPolicy,
    LinkedTable,
    OutputColumn,
)
from dmn_dli.tables.open_values import has_open
from dmn_dli.theories.agreement import EntryPair, entry_pairs
from dmn_dli.theories.behind import Behind
from dmn_dli.theories.questions import Questions, any_of
from dmn_dli.theories.scope import PolicyScope, domain_of_fact
from dmn_dli.theories.terms import Term

_ALWAYS = syntax.BooleanLiteral(value=True)


@frozen
class LoweredColumn:
    """A column whose cells can be told from atoms of facts and terms, and from values of decisions.

    value: the clause; None where row 4 or cells ask more of it than can be traced.
    conditions: for each of the column's distinct tests when it accepts, None where that cannot be traced;
    empty where all tests are asked of the value as they stand.
    """

    value: Node | None
    conditions: tuple[Node | None, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether all tests are asked of the value as they stand."""
        return not self.conditions


@frozen(slots=False)
class Lowered:
    """What lowering has found.

    domains: of each fact that some table reads, in the order in which tables first read them. terms: in the
    order in which they are first asked for. columns: by decision and position, those that can be traced, be
    it in part. tables: by decision, with entries rewritten, open as far as they cannot be traced.
    agreements: of decisions with open entries and hit policy A; not where they cannot be traced.
    """

    policy: LinkedPolicy
    constants: Mapping[str, frozenset[object]]
    marks: Mapping[str, frozenset[Mark]]
    domains: Mapping[str, Domain]
    terms: tuple[Term, ...]
    columns: Mapping[tuple[str, int], LoweredColumn]
    tables: Mapping[str, LinkedTable]
    agreements: Mapping[str, tuple[EntryPair, ...]]
    assumptions: tuple[Node | None, ...]
    """The policy's assumptions, in their order; None for one that cannot be traced."""
    askers: Mapping[str, tuple[tuple[str, int], ...]]
    """For each term the decisions that ask it, with the position of the column, -1 for their outputs; none
    where assumptions alone do."""
    behind: Mapping[str, Behind]
    """What the names that are put in for computed outputs, two of each output, stand for."""

    @cached_property
    def by_name(self) -> Mapping[str, Term]:
        """Each term under its name."""
        return {term.name: term for term in self.terms}

    def assumes(self, name: str) -> list[int]:
        """The positions of the assumptions that ask a term."""
        return [
            position
            for position, tree in enumerate(self.assumptions)
            if tree is not None and name in free_names(tree)
        ]

    def over_terms(self, position: int) -> bool:
        """Whether the assumption at a position asks terms."""
        tree = self.assumptions[position]
        return tree is not None and not self.by_name.keys().isdisjoint(free_names(tree))


def lower(policy: LinkedPolicy) -> Lowered:
    """The conditions of a policy in terms of atoms; worked out once for each policy."""
    known = policy.known
    if Lowered not in known:
        known[Lowered] = _Lowering(policy).lowered()
    found: Lowered = known[Lowered]
    return found


def fact_domains(policy: LinkedPolicy) -> Mapping[str, Domain]:
    """The domain of each fact that some table reads, in the order in which tables first read them."""
    return lower(policy).domains


def fact_domain(fact: Fact, policy: LinkedPolicy) -> Domain:
    """A fact's domain, cut wherever the answer of a table or an assumption changes."""
    found = lower(policy).domains.get(fact.name)
    return domain_of_fact(fact, policy, frozenset()) if found is None else found


def fact_constants(name: str, policy: LinkedPolicy) -> frozenset[object]:
    """The values of a fact at which the tables and assumptions of a policy may change their answer."""
    return lower(policy).constants.get(name, frozenset())


def fact_marks(name: str, policy: LinkedPolicy) -> frozenset[Mark]:
    """What the tables and assumptions of a policy ask of a text besides comparing it with constants."""
    return lower(policy).marks.get(name, frozenset())


class _Lowering:
    """One policy on its way."""

    def __init__(self, policy: LinkedPolicy) -> None:
        self.policy = policy
        self.scope = PolicyScope(policy)
        self.questions = Questions(self.scope)

    def lowered(self) -> Lowered:
        columns: dict[tuple[str, int], LoweredColumn] = {}
        tables: dict[str, LinkedTable] = {}
        agreements: dict[str, tuple[EntryPair, ...]] = {}
        for table in self.policy.decisions:
            for position, column in enumerate(table.columns):
                found = self._column(column)
                if found is not None:
                    columns[table.name, position] = found
            outputs = tables[table.name] = self._outputs(table)
            is_open = has_open(outputs) and not table.hit_policy.counts
            if is_open and table.hit_policy.must_agree:
                pairs = entry_pairs(table, self.scope.put_in, self.questions.of_tree)
                if pairs is not None:
                    agreements[table.name] = pairs
            self.scope.take(table, None if is_open else outputs)
        assumptions = tuple(self._assumption(each.tree) for each in self.policy.assumptions)
        domains = {
            name: domain_of_fact(
                self.scope.facts[name],
                self.policy,
                frozenset(self.scope.constants.get(name, ())),
                self.scope.marks.get(name, ()),
            )
            for name in self._facts_read()
        }
        askers = self._askers(columns, tables, agreements, assumptions)
        terms = tuple(
            Term(name, tree, self.scope.term_domain(tree, constants), tuple(sorted(free_names(tree))))
            for tree, (name, constants) in self.scope.terms.items()
            if name in askers
        )
        return Lowered(
            self.policy,
            {name: frozenset(found) for name, found in self.scope.constants.items()},
            self.scope.marks,
            domains,
            terms,
            columns,
            tables,
            agreements,
            assumptions,
            askers,
            {name: each for each in self.scope.behind.values() for name in (each.which, each.constant)},
        )

    def _column(self, column: Column) -> LoweredColumn | None:
        """None where nothing of the column can be traced."""
        own: frozenset[object] = frozenset()
        value: Node
        match column.source:
            case FactSource(fact):
                value = syntax.Name(fact.name)
            case ExpressionSource(tree):
                value = tree
            case source:
                value = syntax.Name(source.name)
        value = self.scope.put_in(value)
        try:
            if column.allowed is not None and not isinstance(column.source, FactSource):
                own = test_constants(column.allowed.tests)
            return LoweredColumn(self._value(column, value, own))
        except NotAnalysable:
            pass
        found = [self._condition(value, tests, column) for tests in column.tests]
        if None in found and column.all_constants is not None:
            return None  # the clause's own value as one variable tells more than a variable for each test
        admitted = self._admitted(column, value, own)
        if admitted is None and all(each is None for each in found):
            return None
        return LoweredColumn(admitted, tuple(found))

    def _value(self, column: Column, value: Node, own: frozenset[object]) -> Node:
        """The clause of a column whose tests compare it with constants. Raises NotAnalysable."""
        if not any(map(self.scope.is_wide, column.names)):
            return value
        if any(name in self.scope.behind for name in column.reads):
            raise NotAnalysable  # cells are asked of the value as they stand
        constants = column.all_constants
        if constants is None:
            tests = [test for tests in column.tests for test in tests.tests]
            constants = frozenset[object]().union(*map(self.questions.test_constants, tests))
        for each in column.tests:
            self.questions.unordered(value, each)
        return self.questions.of_value(value, constants | own)

    def _condition(self, value: Node, tests: syntax.UnaryTests, column: Column) -> Node | None:
        """When a cell accepts; None where that cannot be traced."""
        if not tests.tests:
            return _ALWAYS
        type_ = self.scope.type_of(value) if column.type is FeelType.ANY else column.type
        if type_ in (FeelType.BOOLEAN, FeelType.ANY):
            return None  # a condition may be compared with the value here
        try:
            each_test = map(self.scope.put_in_test, tests.tests)
            found = [self.questions.of_test(value, test, negated=tests.negated) for test in each_test]
        except NotAnalysable:
            return None
        return any_of(found, negated=tests.negated)

    def _admitted(self, column: Column, value: Node, own: frozenset[object]) -> Node | None:
        """The clause as far as row 4 asks of it; None where that cannot be traced."""
        if isinstance(column.source, FactSource) or column.allowed is None:
            return syntax.NullLiteral()
        try:
            return self.questions.of_value(value, own)
        except NotAnalysable:
            return None

    def _outputs(self, table: LinkedTable) -> LinkedTable:
        """The table with its entries over terms, open where they have more values than can be traced."""
        outputs = tuple(map(self._output, table.outputs))
        return table if outputs == table.outputs else evolve(table, outputs=outputs)

    def _output(self, output: OutputColumn) -> OutputColumn:
        entries = tuple(map(self._entry, output.entries))
        default = None if output.default is None else self._entry(output.default)
        if entries == output.entries and default == output.default:
            return output
        return evolve(output, entries=entries, default=default)

    def _entry(self, entry: Constant | Computed) -> Constant | Computed:
        if isinstance(entry, Constant):
            return entry
        tree = self.questions.of_output(self.scope.put_in(entry.tree))
        return entry if tree is entry.tree else Computed(tree, free_names(tree))

    def _assumption(self, tree: Node) -> Node | None:
        try:
            return self.questions.of_tree(tree)
        except NotAnalysable:
            return None

    def _facts_read(self) -> list[str]:
        names: dict[str, None] = {}
        for table in self.policy.decisions:
            for column in table.columns:
                names.update(dict.fromkeys(_in_order(column)))
            names.update(dict.fromkeys(sorted(table.reads)))
        for assumption in self.policy.assumptions:
            names.update(dict.fromkeys(sorted(assumption.names)))
        return [name for name in names if name in self.scope.facts]

    def _askers(
        self,
        columns: Mapping[tuple[str, int], LoweredColumn],
        tables: Mapping[str, LinkedTable],
        agreements: Mapping[str, tuple[EntryPair, ...]],
        assumptions: Iterable[Node | None],
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """The terms that lowered trees read, with those who read them, in the order of need."""
        names = {name for name, _ in self.scope.terms.values()}
        found: dict[str, tuple[tuple[str, int], ...]] = {}
        trees: dict[tuple[str, int], tuple[Node | None, ...]] = {
            place: (column.value, *column.conditions) for place, column in columns.items()
        }
        trees |= {
            (name, -1): (
                *(each.tree for each in table.computed_entries),
                *(each.condition for each in agreements.get(name, ())),
            )
            for name, table in tables.items()
        }
        for place, each in trees.items():
            read = frozenset[str]().union(*[free_names(tree) for tree in each if tree is not None])
            for name in sorted(read & names):
                found[name] = (*found.get(name, ()), place)
        assumed = frozenset[str]().union(*[free_names(tree) for tree in assumptions if tree is not None])
        return found | dict.fromkeys(sorted(assumed & names - found.keys()), ())


def _in_order(column: Column) -> list[str]:
    """The names that a column reads, the clause's first."""
    match column.source:
        case FactSource(fact):
            clause = [fact.name]
        case ExpressionSource(names=names):
            clause = sorted(names)
        case _:
            clause = []
    return [*clause, *sorted(column.reads)]
