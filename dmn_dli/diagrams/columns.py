"""Diagrams of columns: which rules' cells accept, as a function of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dmn_dli.diagrams.composition import Arrival, Composition
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.feel import FeelType, to_feel
from dmn_dli.tables.admission import admission, clause_value, restriction
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.domain import Domain, domain_of, enumerated_domain
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import Column, DecisionSource, FactSource, LinkedTable
from dmn_dli.tables.logic import ColumnLogic
from dmn_dli.tables.traceable import column_tabulable, orders_strings


class ColumnDiagrams:
    """The columns of a policy's tables as diagrams of masks."""

    def __init__(self, composition: Composition) -> None:
        """Number the variables that columns may need beside the facts."""
        self.composition = composition
        self.policy = composition.policy
        self.store = composition.store
        self.domains = composition.domains
        self.derived: dict[int, DerivedVariable] = {}
        self._numbers = self._number_derived()

    def column(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        """The diagram of a column's masks; an Arrival where a value comes that row 4 does not list."""
        column = logic.column
        names = column.names
        composition = self.composition
        is_open = composition.is_open(names)
        traced = not is_open and column_tabulable(column, self.domains) and composition.affordable(names)
        if not traced:
            return self._derive(table, position, logic)
        if isinstance(column.source, FactSource) and not column.reads:
            return self._fact_column(column.source.fact.name, logic)
        clause = clause_value(column)
        admits = admission(column)
        store = self.store

        def mask(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            scope = dict(zip(names, values, strict=True))
            value = clause(scope)
            if not admits(value):
                return store.terminal(Arrival(table.name, column.clause.reference, to_feel(value)))
            return store.terminal(logic.mask(value, scope))

        return store.map(composition.tuples(names), mask)

    def clause_values(self, column: Column) -> list[object]:
        """The values that can arrive at a clause over decisions or an expression."""
        names = tuple(name for name in column.names if name not in column.reads)
        clause = clause_value(column)
        reached = self.store.reached(self.composition.tuples(names))
        tuples = [values for values in reached if isinstance(values, tuple)]
        return [clause(dict(zip(names, values, strict=True))) for values in tuples]

    def _fact_column(self, name: str, logic: ColumnLogic) -> int:
        store = self.store
        masks = atom_masks(logic, self.domains[name])
        fixed = self.composition.fixed
        if name in fixed:
            return store.terminal(masks[fixed[name]])
        return store.node(self.composition.facts[name].number, [store.terminal(mask) for mask in masks])

    def _derive(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        column = logic.column
        reads = frozenset(column.names)
        domain = None if column.reads else _clause_domain(column)
        if domain is not None:
            variable = self._new_variable(table, position, None, domain, reads)
            masks = atom_masks(logic, domain)
            admits = admission(column)
            terminals: list[Any] = [
                Arrival(table.name, column.clause.reference, atom.text)
                if not admits(atom.representative)
                else mask
                for atom, mask in zip(domain.atoms, masks, strict=True)
            ]
            return self.store.node(variable, [self.store.terminal(each) for each in terminals])
        root = self.store.terminal(0)
        truth = enumerated_domain(FeelType.BOOLEAN, (False, True), nullable=False, other=False)
        for test, rules in enumerate(logic.test_masks):
            if column.tests[test].tests:
                variable = self._new_variable(table, position, test, truth, reads)
                bits = self.store.node(variable, [self.store.terminal(0), self.store.terminal(rules)])
            else:
                bits = self.store.terminal(rules)
            root = self.store.apply(root, bits, lambda left, right: self.store.terminal(left | right))
        if restriction(column) is None:
            return root
        variable = self._new_variable(table, position, len(column.tests), truth, reads)
        unlisted = self.store.terminal(Arrival(table.name, column.clause.reference, ""))
        admitted = self.store.node(variable, [unlisted, self.store.terminal(None)])
        return self.store.apply(
            admitted, root, lambda left, right: self.store.terminal(right if left is None else left)
        )

    def _new_variable(
        self, table: LinkedTable, position: int, test: int | None, domain: Domain, reads: frozenset[str]
    ) -> int:
        number = self._numbers[table.name, position] + (0 if test is None else 1 + test)
        self.derived[number] = DerivedVariable(number, table.name, position, test, domain, reads)
        return number

    def _number_derived(self) -> dict[tuple[str, int], int]:
        """Numbers for the variables that a column may need, the same whatever is fixed."""
        numbers: dict[tuple[str, int], int] = {}
        following = len(self.composition.facts) + 1
        for table in self.policy.decisions:
            for position, column in enumerate(table.columns):
                if not self._traceable(column):
                    numbers[table.name, position] = following
                    following += 2 + len(column.tests)
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


def meeting(store: Diagrams, rules: int, columns: Iterable[int]) -> int:
    """The diagram of the rules among `rules` (a mask) whose cells in all columns accept. Raises TooLarge.

    columns: the diagrams of their masks, each asked for when those before it have met. What is no mask,
    a value that row 4 does not admit or a problem upstream, stays what it is.
    """

    def meet(left: Any, right: Any) -> int:
        for mask in (left, right):
            if not isinstance(mask, int):
                return store.terminal(mask)
        return store.terminal(left & right)

    root = store.terminal(rules)
    # Where no rule is left nothing more need be asked, unless a problem may still turn up.
    absorbing: int | None = store.terminal(0)
    for masks in columns:
        reached = store.reached(masks)
        if not all(isinstance(mask, int) for mask in reached):
            absorbing = None
        if store.support(root).isdisjoint(store.support(masks)):
            # Every mask meets every other then: where that is too much, it is known before the work is done.
            store.afford((len(store.reached(root)) - 1) * (len(reached) - 1))
        root = store.apply(root, masks, meet, absorbing)
    return root


def derived_atom(column: Column, test: int | None, scope: Mapping[str, object]) -> int:
    """The atom (0-based) of a column's derived variable, once all that the column reads is known."""
    value = clause_value(column)(scope)
    if test == len(column.tests):
        return int(admission(column)(value))
    if test is not None:
        return int(ColumnLogic(column).test(test)(value, scope) is True)
    domain = _clause_domain(column)
    assert domain is not None
    return domain.locate(value)


def _clause_domain(column: Column) -> Domain | None:
    """Atoms of a clause's own value, where its tests compare it with constants only.

    Null is among them, which arithmetic may give, and so are values that row 4 does not list.
    """
    if column.type is FeelType.STRING and any(orders_strings(test) for test in column.tests):
        return None
    constants = column.all_constants
    if constants is None:
        return None
    try:
        if column.allowed is not None:
            constants |= test_constants(column.allowed.tests)
        return domain_of(column.type, None, constants, nullable=True, computed=True)
    except (NotAnalysable, ValueError):
        return None
