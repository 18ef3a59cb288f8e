"""Each decision's diagram: its outcome as a function of the facts alone, upstream decisions composed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any

from attrs import frozen

from dmn_dli.compiler.constants import NotAnalysable, test_constants
from dmn_dli.compiler.diagram import Diagrams, TooLarge
from dmn_dli.compiler.domain import Domain, domain_of, enumerated_domain
from dmn_dli.compiler.frozen_values import freeze
from dmn_dli.compiler.linked import (
    Column,
    Computed,
    DecisionSource,
    ExpressionSource,
    FactSource,
    LinkedPolicy,
    LinkedTable,
)
from dmn_dli.compiler.table_logic import ColumnLogic, Outcome, TableLogic
from dmn_dli.compiler.variables import (
    DerivedVariable,
    FactVariable,
    column_tabulable,
    fact_domains,
    tabulable,
)
from dmn_dli.feel import FeelType, compile_expression, compile_unary_tests, to_feel

NODE_LIMIT = 20_000
"""How much one decision may add to the store before it is left to the evaluation of single cases."""

TABULATION_LIMIT = 4_096
"""How many combinations of atoms and outcomes an expression is tabulated over."""


@frozen
class OpenOutcome:
    """Rules `mask` fire, but the outputs are computed from facts that have no atoms."""

    mask: int


@frozen
class Arrival:
    """A value arrived at an input clause that its row 4 does not list."""

    decision: str
    clause: str
    value: str


UNDEFINED = Outcome((), None, "")
"""The outcome of a decision one of whose required decisions has none."""


@frozen
class DecisionDiagram:
    """A decision as a diagram over the policy's variables; `root` is None where it would be too large."""

    name: str
    logic: TableLogic
    root: int | None


@frozen
class PolicyDiagrams:
    """All decisions of a policy, in the order of the linked tables."""

    policy: LinkedPolicy
    store: Diagrams
    facts: tuple[FactVariable, ...]
    derived: tuple[DerivedVariable, ...]
    variables: int
    decisions: tuple[DecisionDiagram, ...]


def build(
    policy: LinkedPolicy, limit: int = NODE_LIMIT, fixed: Mapping[str, int] | None = None
) -> PolicyDiagrams:
    """Build the diagrams of a policy that has no errors.

    fixed: facts whose atom (0-based) is known beforehand; the diagrams then speak of the others alone.
    """
    builder = _Builder(policy, limit, fixed or {})
    decisions = tuple(builder.decision(table) for table in policy.tables)
    return PolicyDiagrams(
        policy,
        builder.store,
        tuple(builder.facts.values()),
        tuple(builder.derived[number] for number in sorted(builder.derived)),
        builder.variables,
        decisions,
    )


class _Builder:
    def __init__(self, policy: LinkedPolicy, limit: int, fixed: Mapping[str, int]) -> None:
        self.policy = policy
        self.fixed = fixed
        self.limit = limit
        self.store = Diagrams(limit)
        self.domains = fact_domains(policy)
        self.facts = {
            name: FactVariable(number, policy.dictionary.by_name[name], domain)
            for number, (name, domain) in enumerate(self.domains.items(), 1)
        }
        self.derived: dict[int, DerivedVariable] = {}
        self.derived_numbers = self._number_derived()
        self.roots: dict[str, int | None] = {}
        self.open: set[str] = set()
        self.logic: dict[str, TableLogic] = {}

    def decision(self, table: LinkedTable) -> DecisionDiagram:
        logic = self.logic[table.name] = TableLogic(table)
        self.store.limit = max(len(self.store.nodes), len(self.store.results)) + self.limit
        try:
            root: int | None = self._outcomes(table, logic, self._masks(table, logic))
        except TooLarge:
            root = None
        self.roots[table.name] = root
        return DecisionDiagram(table.name, logic, root)

    def _masks(self, table: LinkedTable, logic: TableLogic) -> int:
        store = self.store
        root = store.terminal(logic.all_rules)

        def meet(left: Any, right: Any) -> int:
            for mask in (left, right):
                if not isinstance(mask, int):
                    return store.terminal(mask)
            return store.terminal(left & right)

        for position, column in enumerate(logic.columns):
            root = store.combine(root, self._column(table, position, column), meet)
        return root

    def _column(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        column = logic.column
        names = self._sources(column)
        decisions = [name for name in names if name not in self.facts]
        if self._is_open(decisions) or not (
            column_tabulable(column, self.domains) and self._affordable(names)
        ):
            return self._derive(table, position, logic)
        clause = _clause_value(column)
        admits = None
        if column.allowed is not None and not isinstance(column.source, FactSource):
            admits = compile_unary_tests(column.allowed.tests)
        store = self.store

        def mask(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            scope = dict(zip(names, values, strict=True))
            value = clause(scope)
            if admits is not None and value is not None and admits(value, {}) is not True:
                return store.terminal(Arrival(table.name, column.clause.reference, to_feel(value)))
            return store.terminal(logic.mask(value, scope))

        return store.map(self._tuples(names), mask)

    def _sources(self, column: Column) -> tuple[str, ...]:
        match column.source:
            case FactSource(fact):
                clause = {fact.name}
            case DecisionSource() as source:
                clause = {source.name}
            case ExpressionSource(names=names):
                clause = set(names)
        return tuple(sorted(clause | column.reads))

    def _is_open(self, names: Iterable[str]) -> bool:
        decisions = {self.policy.decision_names[name] for name in names}
        if any(self.roots[decision] is None for decision in decisions):
            raise TooLarge
        return bool(decisions & self.open)

    def _affordable(self, names: Sequence[str]) -> bool:
        if len(names) < 2:
            return True
        sizes = [
            len(self.domains[name].atoms)
            if name in self.domains
            else sum(1 for _ in self.store.reached(self._root(name)))
            for name in names
        ]
        return prod(sizes) <= TABULATION_LIMIT

    def _root(self, name: str) -> int:
        root = self.roots[self.policy.decision_names[name]]
        assert root is not None
        return root

    def _tuples(self, names: Sequence[str]) -> int:
        """The diagram of the values of all names together, as tuples; a problem upstream as itself."""
        store = self.store

        def pair(left: Any, right: Any) -> int:
            if not isinstance(left, tuple):
                return store.terminal(left)
            if not isinstance(right, tuple):
                return store.terminal(right)
            both = left + right
            return store.terminal(both, freeze(both))

        root = store.terminal((), freeze(()))
        for name in names:
            root = store.combine(root, self._values(name), pair)
        return root

    def _values(self, name: str) -> int:
        store = self.store
        if name in self.facts:
            variable = self.facts[name]
            values = [(atom.representative,) for atom in variable.domain.atoms]
            if name in self.fixed:
                value_known = values[self.fixed[name]]
                return store.terminal(value_known, freeze(value_known))
            return store.node(variable.number, [store.terminal(value, freeze(value)) for value in values])
        decision = self.policy.decision_names[name]
        output = name[len(decision) + 1 :]

        def value(outcome: Any) -> int:
            if not isinstance(outcome, Outcome) or outcome.conflict is not None:
                return store.terminal(UNDEFINED)
            found = (output_value(outcome.value, output),)
            return store.terminal(found, freeze(found))

        return store.map(self._root(name), value)

    def _derive(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        column = logic.column
        reads = frozenset(self._sources(column))
        domain = None if column.reads else _clause_domain(column)
        if domain is not None:
            variable = self._new_variable(table, position, None, domain, reads)
            masks = [logic.mask(atom.representative, {}) for atom in domain.atoms]
            return self.store.node(variable, [self.store.terminal(mask) for mask in masks])
        root = self.store.terminal(0)
        truth = enumerated_domain(FeelType.BOOLEAN, (False, True), nullable=False, other=False)
        for test, rules in enumerate(logic.test_masks):
            if column.tests[test].tests:
                variable = self._new_variable(table, position, test, truth, reads)
                bits = self.store.node(variable, [self.store.terminal(0), self.store.terminal(rules)])
            else:
                bits = self.store.terminal(rules)
            root = self.store.combine(root, bits, lambda left, right: self.store.terminal(left | right))
        return root

    def _new_variable(
        self, table: LinkedTable, position: int, test: int | None, domain: Domain, reads: frozenset[str]
    ) -> int:
        number = self.derived_numbers[table.name, position] + (0 if test is None else 1 + test)
        self.derived[number] = DerivedVariable(number, table.name, position, test, domain, reads)
        return number

    def _number_derived(self) -> dict[tuple[str, int], int]:
        """Numbers for the variables that a column may need, the same whatever is fixed."""
        numbers: dict[tuple[str, int], int] = {}
        following = len(self.facts) + 1
        for table in self.policy.tables:
            for position, column in enumerate(table.columns):
                if not self._traceable(column):
                    numbers[table.name, position] = following
                    following += 1 + len(column.tests)
        self.variables = following - 1
        return numbers

    def _traceable(self, column: Column) -> bool:
        """Whether a column surely needs no derived variable."""
        if column.reads:
            return False
        match column.source:
            case FactSource():
                return column_tabulable(column, self.domains)
            case DecisionSource(decision):
                return not any(self.policy.by_name[name].computed for name in self.policy.requires(decision))
        return False

    def _outcomes(self, table: LinkedTable, logic: TableLogic, masks: int) -> int:
        store = self.store
        names = tuple(sorted(_computed_names(table)))
        decisions = [name for name in names if name not in self.facts]
        is_open = table.computed and (
            self._is_open(decisions) or not self._tabulable_outputs(table) or not self._affordable(names)
        )
        if is_open:
            self.open.add(table.name)

        def outcome(mask: Any) -> int:
            if not isinstance(mask, int):
                return store.terminal(mask)
            if is_open:
                return store.terminal(OpenOutcome(mask), (table.name, mask))
            return settled(logic.outcome(mask))

        def settled(found: Outcome) -> int:
            return store.terminal(found, (table.name, found.rules, freeze(found.value), found.conflict))

        def computed(mask: Any, values: Any) -> int:
            for problem in (mask, values):
                if not isinstance(problem, int | tuple):
                    return store.terminal(problem)
            return settled(logic.outcome(mask, dict(zip(names, values, strict=True))))

        if table.computed and not is_open:
            return store.combine(masks, self._tuples(names), computed)
        return store.map(masks, outcome)

    def _tabulable_outputs(self, table: LinkedTable) -> bool:
        return all(tabulable(entry.tree, entry.names, self.domains) for entry in _computed_entries(table))


def output_value(value: object, output: str) -> object:
    """A decision's value, or the named output of a compound one (of each entry of a list)."""
    if not output:
        return value
    if isinstance(value, list):
        return [output_value(item, output) for item in value]
    return value.get(output) if isinstance(value, dict) else None


def _clause_value(column: Column) -> Any:
    match column.source:
        case FactSource(fact):
            return lambda scope: scope[fact.name]
        case DecisionSource() as source:
            return lambda scope: scope[source.name]
        case ExpressionSource(tree):
            return compile_expression(tree)


def _clause_domain(column: Column) -> Domain | None:
    """Atoms of a clause's own value, where its tests compare it with constants only."""
    try:
        constants = {constant for test in column.tests for constant in test_constants(test)}
        return domain_of(column.type, column.allowed, constants)
    except (NotAnalysable, ValueError):
        return None


def _computed_entries(table: LinkedTable) -> Iterable[Computed]:
    for output in table.outputs:
        for entry in (*output.entries, output.default):
            if isinstance(entry, Computed):
                yield entry


def _computed_names(table: LinkedTable) -> set[str]:
    return {name for entry in _computed_entries(table) for name in entry.names}
