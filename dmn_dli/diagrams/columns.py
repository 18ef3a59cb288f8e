"""Diagrams of columns: which rules' cells accept, as a function of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dmn_dli.diagrams.composition import Arrival, Composition
from dmn_dli.diagrams.expressions import Expressions
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.feel import FeelType, compile_expression, free_names, syntax, to_feel
from dmn_dli.model.cell import cell_name
from dmn_dli.tables.admission import admission, clause_value, restriction
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.domain import Domain, domain_of, enumerated_domain
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.limits import placed
from dmn_dli.tables.linked import Column, Computed, DecisionSource, FactSource, LinkedTable
from dmn_dli.tables.logic import ColumnLogic
from dmn_dli.tables.traceable import orders_strings
from dmn_dli.theories.lowering import LoweredColumn

_TRUTH = enumerated_domain(FeelType.BOOLEAN, (False, True), nullable=False, other=False)


class ColumnDiagrams:
    """The columns of a policy's tables as diagrams of masks."""

    def __init__(self, composition: Composition) -> None:
        """Number the variables that columns may need beside the facts."""
        self.composition = composition
        self.policy = composition.policy
        self.store = composition.store
        self.expressions = Expressions(composition)
        self.domains = composition.domains
        self.derived: dict[int, DerivedVariable] = self._of_terms()
        self._numbers = self._number_derived()
        self.untraced: set[tuple[str, int]] = set()
        """The columns, by decision and position, of which nothing is traced."""

    def column(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        """The diagram of a column's masks; an Arrival where a value comes that row 4 does not list."""
        column = logic.column
        composition = self.composition
        lowered = composition.lowered.columns.get((table.name, position))
        if lowered is None or self._reads_open(lowered, column):
            return self._derive(table, position, logic)
        if lowered.plain:
            assert lowered.value is not None, "what is plain has a value"
            read = tuple(sorted(free_names(lowered.value) | column.reads))
            if not column.reads and self.expressions.affords(lowered.value):
                read = ()
            elif not composition.affordable(read):
                return self._derive(table, position, logic)
            if (
                isinstance(column.source, FactSource)
                and isinstance(lowered.value, syntax.Name)
                and not column.reads
            ):
                return self._fact_column(lowered.value.name, logic)
            return self._tabulated(table, logic, lowered.value, read)
        return self._by_tests(table, position, logic, lowered)

    def _tabulated(
        self, table: LinkedTable, logic: ColumnLogic, tree: syntax.Node, names: tuple[str, ...]
    ) -> int:
        """The column's masks by the value of its clause; names: those read by cells too, none if none are."""
        store, column, composition = self.store, logic.column, self.composition
        clause = placed(tree, compile_expression(tree), column.clause) if names else None
        admits = admission(column)

        def mask(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            scope = {} if clause is None else dict(zip(names, values, strict=True))
            value = values[0] if clause is None else clause(scope)
            if not admits(value):
                return store.terminal(Arrival(table.name, column.clause.reference, to_feel(value)))
            return store.terminal(logic.mask(value, scope))

        return store.map(
            composition.tuples(names) if names else self.expressions.results(tree, column.clause), mask
        )

    def _reads_open(self, lowered: LoweredColumn, column: Column) -> bool:
        """Whether the column hangs on computed outputs that cannot be told."""
        trees = (lowered.value, *lowered.conditions)
        names = frozenset[str]().union(*[free_names(tree) for tree in trees if tree is not None])
        return self.composition.is_open(names | column.reads if lowered.plain else names)

    def _by_tests(self, table: LinkedTable, position: int, logic: ColumnLogic, lowered: LoweredColumn) -> int:
        """The column's masks test by test, each as far as it can be traced; then what row 4 admits."""
        store, column = self.store, logic.column
        root = store.terminal(0)
        for test, (condition, rules) in enumerate(zip(lowered.conditions, logic.test_masks, strict=True)):
            if condition is None or not self.expressions.affords(condition):
                bits = self._untraced_test(table, position, test, logic)
            else:
                bits = self._accepting(condition, rules)
            root = store.apply(root, bits, self._united)
        value = lowered.value
        if value is None or not self.expressions.affords(value):
            return self._beside_row_4(table, position, column, root)
        if restriction(column) is None:
            return root
        admits = admission(column)

        def arriving(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            if admits(values[0]):
                return store.terminal(None)
            return store.terminal(Arrival(table.name, column.clause.reference, to_feel(values[0])))

        admitted = store.map(self.expressions.results(value, column.clause), arriving)
        return store.apply(
            admitted, root, lambda left, right: store.terminal(right if left is None else left)
        )

    def _accepting(self, condition: syntax.Node, rules: int) -> int:
        """The rules of a test where its condition holds; a problem upstream as itself."""
        store = self.store

        def bits(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            return store.terminal(rules if values[0] is True else 0)

        return store.map(self.expressions.results(condition), bits)

    def _united(self, left: Any, right: Any) -> int:
        for mask in (left, right):
            if not isinstance(mask, int):
                return self.store.terminal(mask)
        return self.store.terminal(left | right)

    def _untraced_test(self, table: LinkedTable, position: int, test: int, logic: ColumnLogic) -> int:
        """The rules of a test that is a variable of its own."""
        rules = logic.test_masks[test]
        if not logic.column.tests[test].tests:
            return self.store.terminal(rules)
        variable = self._new_variable(table, position, test, _TRUTH)
        return self.store.node(variable, [self.store.terminal(0), self.store.terminal(rules)])

    def clause(self, table: LinkedTable, position: int) -> int:
        """The diagram of the values of a clause over decisions or an expression, one for all alike."""
        lowered = self.composition.lowered.columns[table.name, position]
        assert lowered.value is not None, "a column that is tabulated has a value"
        return self.expressions.results(lowered.value)

    def _fact_column(self, name: str, logic: ColumnLogic) -> int:
        store = self.store
        masks = atom_masks(logic, self.domains[name])
        fixed = self.composition.fixed
        if name in fixed:
            return store.terminal(masks[fixed[name]])
        return store.node(self.composition.facts[name].number, [store.terminal(mask) for mask in masks])

    def _derive(self, table: LinkedTable, position: int, logic: ColumnLogic) -> int:
        self.untraced.add((table.name, position))
        column = logic.column
        domain = None if column.reads else clause_domain(column)
        if domain is not None:
            variable = self._new_variable(table, position, None, domain)
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
        for test in range(len(column.tests)):
            root = self.store.apply(root, self._untraced_test(table, position, test, logic), self._united)
        return self._beside_row_4(table, position, column, root)

    def _beside_row_4(self, table: LinkedTable, position: int, column: Column, root: int) -> int:
        """A column's masks, or that something arrives that row 4 does not list, which nothing settles."""
        if restriction(column) is None:
            return root
        variable = self._new_variable(table, position, len(column.tests), _TRUTH)
        unlisted = self.store.terminal(Arrival(table.name, column.clause.reference, ""))
        admitted = self.store.node(variable, [unlisted, self.store.terminal(None)])
        return self.store.apply(
            admitted, root, lambda left, right: self.store.terminal(right if left is None else left)
        )

    def _new_variable(self, table: LinkedTable, position: int, test: int | None, domain: Domain) -> int:
        number = self._numbers[table.name, position] + (0 if test is None else 1 + test)
        column = table.columns[position]
        self.derived[number] = DerivedVariable(
            number,
            (table.name,),
            column.label,
            column.clause.reference,
            cell_name(table.table.sheet, column.clause.reference),
            domain,
            frozenset(column.names),
            position,
            test,
        )
        return number

    def _number_derived(self) -> dict[tuple[str, int], int]:
        """Numbers for the variables that a column may need, the same whatever is fixed."""
        numbers: dict[tuple[str, int], int] = {}
        following = len(self.composition.facts) + len(self.composition.terms) + 1
        for table in self.policy.decisions:
            for position, column in enumerate(table.columns):
                if not self._traceable(table.name, position, column):
                    numbers[table.name, position] = following
                    following += 2 + len(column.tests)
        self.variables = following - 1
        return numbers

    def _of_terms(self) -> dict[int, DerivedVariable]:
        lowered = self.composition.lowered
        found = {}
        for term in lowered.terms:
            number, askers = self.composition.terms[term.name], lowered.askers[term.name]
            assumptions = lowered.assumes(term.name)
            asking = [decision for decision, _ in askers]
            if assumptions:  # they guard the diagrams of all
                asking += [table.name for table in self.policy.decisions]
            found[number] = DerivedVariable(
                number,
                tuple(dict.fromkeys(asking)),
                *(self._clause(*askers[0]) if askers else self._assumption(assumptions[0])),
                term.domain,
                frozenset(term.reads),
                term=term,
            )
        return found

    def _assumption(self, position: int) -> tuple[str, str, str]:
        """The condition of an assumption, and where it stands."""
        assumption = self.policy.assumptions[position]
        return assumption.cell.text, assumption.place, assumption.place

    def _clause(self, decision: str, position: int) -> tuple[str, str, str]:
        """The heading of an asker's column, or of its first computed output, and where that stands."""
        table = self.policy.by_name[decision]
        label, cell = self._asking(table, position)
        return label, cell, cell_name(table.table.sheet, cell)

    def _asking(self, table: LinkedTable, position: int) -> tuple[str, str]:
        if position >= 0:
            column = table.columns[position]
            return column.label, column.clause.reference
        output = next(
            place
            for place, each in enumerate(table.outputs)
            if any(isinstance(entry, Computed) for entry in each.all_entries)
        )
        return table.outputs[output].name, table.table.outputs[output].cell.reference

    def _traceable(self, decision: str, position: int, column: Column) -> bool:
        """Whether a column surely needs no derived variable."""
        if column.reads:
            return False
        match column.source:
            case FactSource():
                lowered = self.composition.lowered.columns.get((decision, position))
                return lowered is not None and lowered.plain
            case DecisionSource(read):
                return not any(self.policy.by_name[name].computed for name in self.policy.requires(read))
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
    domain = clause_domain(column)
    assert domain is not None
    return domain.locate(value)


def clause_domain(column: Column) -> Domain | None:
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
