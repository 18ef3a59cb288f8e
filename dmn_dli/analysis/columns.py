"""A table's columns as the analysis sees them: atoms with their masks, and which combinations can arrive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from attrs import field, frozen

from dmn_dli.analysis.grid import Box, Grid, grid_of
from dmn_dli.analysis.words import in_words, plain_fact
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.cases import a_case, both, certain, everywhere, share, shares, where
from dmn_dli.diagrams.columns import meeting
from dmn_dli.diagrams.composition import IMPOSSIBLE
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.feel import FeelType, to_feel
from dmn_dli.tables.admission import admission
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import Column, FactSource, LinkedTable
from dmn_dli.tables.logic import TableLogic
from dmn_dli.tables.masks import members
from dmn_dli.tables.traceable import orders_strings

COLUMN_STEPS = 300_000
"""How many steps the diagram of one column may take."""

FEASIBILITY_STEPS = 300_000
"""How many steps one question about a table may take to tell which combinations can arrive."""

FIRING_STEPS = 60_000
"""How many steps the diagram of the rules that fire together may take."""


class Untraceable(Exception):
    """The values of a column cannot be parted into classes."""


@frozen
class ColumnView:
    """One column.

    label: its heading. root: the diagram of its masks over the policy's variables.
    atoms: the values that can arrive, with the mask of each; for a column whose
    cells read other names there is no single value, and the atoms are None.
    quoted: whether text must stand in quotes in its cells. sure: whether every case gets a mask here.
    """

    label: str
    root: int
    masks: tuple[int, ...]
    atoms: tuple[Atom, ...] | None
    quoted: bool
    sure: bool


@frozen
class Witness:
    """A case that shows something: `facts` by name, or by heading for clauses that are no facts.

    certain: false where it hangs on a clause that cannot be traced to facts.
    """

    facts: dict[str, Any]
    certain: bool


@frozen
class Firing:
    """Which sets of rules fire together, over all cases: each mask of rules that some case leads to.

    root: the diagram of the masks. Exact, or too wide where free variables are among its own.
    """

    root: int
    masks: tuple[int, ...]


@frozen(slots=False)
class TableView:
    """A table with its grid."""

    table: LinkedTable
    logic: TableLogic
    diagrams: PolicyDiagrams
    columns: tuple[ColumnView, ...]
    _selections: dict[tuple[int, int], int] = field(factory=dict, eq=False, repr=False)

    @cached_property
    def _grid(self) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
        return grid_of([column.masks for column in self.columns], len(self.table.rule_indexes))

    @property
    def grid(self) -> Grid:
        """The table over the classes of its columns' atoms."""
        return self._grid[0]

    @cached_property
    def free(self) -> tuple[DerivedVariable, ...]:
        """The variables that no fact settles and that the columns depend on."""
        store = self.diagrams.store
        support = frozenset[int]().union(*[store.support(column.root) for column in self.columns])
        return tuple(variable for variable in self.diagrams.derived if variable.number in support)

    @cached_property
    def independent(self) -> bool:
        """Whether all combinations can arrive: no two columns share a variable, no assumption binds any."""
        if self.diagrams.admissible != everywhere(self.diagrams.store):
            return False
        supports = [self.diagrams.store.support(column.root) for column in self.columns]
        return sum(map(len, supports)) == len(frozenset[int]().union(*supports))

    @cached_property
    def firing(self) -> Firing | None:
        """Which rules fire together; None where that takes too many steps to tell."""
        store = self.diagrams.store
        store.allow(FIRING_STEPS)
        try:
            root = self.meeting(range(len(self.columns)))
        except TooLarge:
            return None
        return Firing(root, tuple(sorted(mask for mask in store.reached(root) if isinstance(mask, int))))

    def meeting(self, positions: Sequence[int]) -> int:
        """The diagram of the rules whose cells in these columns all accept. Raises TooLarge."""
        store = self.diagrams.store
        columns = [self.columns[position].root for position in positions]
        root = meeting(store, self.logic.all_rules, columns)
        return store.if_then_else(self.diagrams.admissible, root, store.terminal(IMPOSSIBLE))

    def words(self, box: Box) -> tuple[tuple[str, str], ...]:
        """For each column that a box narrows, its heading and the values in words."""
        entries = zip(self.columns, self.cell_words(box), strict=True)
        return tuple((column.label, text) for column, text in entries if text != "-")

    def cell_words(self, box: Box) -> tuple[str, ...]:
        """For each column what an input cell that accepts a box's values would hold."""
        found = []
        for column, classes, of_atom in zip(self.columns, box, self._grid[1], strict=True):
            chosen = [bool(classes >> number & 1) for number in of_atom]
            if all(chosen):
                found.append("-")
            elif column.atoms is None:
                found.append("some combination of what its cells read")
            else:
                found.append(in_words(column.atoms, chosen, quoted=column.quoted))
        return tuple(found)

    def cases(self, box: Box) -> int:
        """The diagram of the possible cases that lead into a box. Raises TooLarge."""
        store = self.diagrams.store
        root = self.diagrams.admissible
        for position, classes in enumerate(box):
            if classes != self.grid.domain[position] or not self.columns[position].sure:
                root = both(store, root, self._selected(position, classes))
        return root

    def witness(self, box: Box) -> Witness | None:
        """A case that leads into a box; None if none does.

        Raises TooLarge where that cannot be told; the caller grants the store its steps.
        """
        if not all(box):
            return None
        if not self.independent:
            return self.witness_of(self.cases(box))
        path: dict[int, int] = {}
        for position, classes in enumerate(box):
            if classes != self.grid.domain[position] or not self.columns[position].sure:
                first = classes & -classes
                path |= a_case(self.diagrams.store, self._selected(position, first)) or {}
        return Witness(self._facts(path), not path.keys() & {each.number for each in self.free})

    def witness_of(self, root: int) -> Witness | None:
        """One of the cases of a diagram; a certain one where there is any."""
        store = self.diagrams.store
        if self.free:
            path = a_case(store, certain(store, root, len(self.diagrams.facts)))
            if path is not None:
                return Witness(self._facts(path), certain=True)
        path = a_case(store, root)
        return None if path is None else Witness(self._facts(path), not self.free)

    def share(self, box: Box) -> float:
        """How much of all possible cases, counted by their classes, a box holds, 0 to 1. Raises TooLarge."""
        store = self.diagrams.store
        if not self.independent:
            return share(store, self.cases(box)) / share(store, self.diagrams.admissible)
        found = 1.0
        for of_class, classes in zip(self._shares, box, strict=True):
            found *= sum(of_class[each] for each in members(classes))
        return found

    @cached_property
    def _shares(self) -> tuple[tuple[float, ...], ...]:
        """For each column, for each class, how much of what its diagram asks for leads to it."""
        store = self.diagrams.store
        found = []
        for column, accepting in zip(self.columns, self.grid.accepting, strict=True):
            of_mask = {store.results[~number]: part for number, part in shares(store, column.root).items()}
            found.append(tuple(of_mask[mask] for mask in accepting))
        return tuple(found)

    def _selected(self, position: int, classes: int) -> int:
        """The cases whose value in a column is of one of the classes."""
        key = position, classes
        if key not in self._selections:
            wanted = frozenset(self.grid.accepting[position][each] for each in members(classes))
            store = self.diagrams.store
            self._selections[key] = where(store, self.columns[position].root, wanted.__contains__)
        return self._selections[key]

    def _facts(self, path: dict[int, int]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for variable in self.diagrams.facts:
            if variable.number in path:
                atom = variable.domain.atoms[path[variable.number]]
                found[variable.fact.name] = plain_fact(atom.representative)
        for derived in self.free:
            if derived.number in path:
                column = self.diagrams.policy.by_name[derived.decision].columns[derived.column]
                atom = derived.domain.atoms[path[derived.number]]
                found[column.label] = plain_fact(atom.representative)
        return found


def view(diagrams: PolicyDiagrams, table: LinkedTable, logic: TableLogic) -> TableView:
    """A table as the analysis sees it. Raises Untraceable, and TooLarge for a column of too many steps."""
    columns = tuple(_column(diagrams, table, position, logic) for position in range(len(table.columns)))
    return TableView(table, logic, diagrams, columns)


def _column(diagrams: PolicyDiagrams, table: LinkedTable, position: int, logic: TableLogic) -> ColumnView:
    column = table.columns[position]
    store = diagrams.store
    store.allow(COLUMN_STEPS)
    root = diagrams.columns.column(table, position, logic.columns[position])
    reached = store.reached(root)
    masks = tuple(sorted(found for found in reached if isinstance(found, int)))
    sure = len(masks) == len(reached)
    quoted = column.allowed is None or column.allowed.values is None
    listed = None if column.reads else _atoms(diagrams, table, position, logic)
    admits = admission(column)
    pairs = [(atom, mask) for atom, mask in listed or () if mask in masks and admits(atom.representative)]
    if {mask for _, mask in pairs} != set(masks):
        # No list of values explains every mask: an upstream result may be computed, and so be anything.
        return ColumnView(column.label, root, masks, None, quoted, sure)
    return ColumnView(
        column.label,
        root,
        tuple(mask for _, mask in pairs),
        tuple(atom for atom, _ in pairs),
        quoted,
        sure,
    )


def _atoms(
    diagrams: PolicyDiagrams, table: LinkedTable, position: int, logic: TableLogic
) -> list[tuple[Atom, int]] | None:
    """The values of a clause that can arrive, each with its mask."""
    column = table.columns[position]
    column_logic = logic.columns[position]
    for variable in diagrams.derived:
        if (variable.decision, variable.column) == (table.name, position):
            if variable.test is not None:
                return None
            if variable.domain.type is FeelType.STRING and any(map(orders_strings, column.tests)):
                raise Untraceable
            return list(zip(variable.domain.atoms, atom_masks(column_logic, variable.domain), strict=True))
    if isinstance(column.source, FactSource):
        domain = diagrams.columns.domains[column.source.fact.name]
        return list(zip(domain.atoms, atom_masks(column_logic, domain), strict=True))
    values = _clause_values(diagrams, column)
    return [(Atom(value), column_logic.mask(value, {})) for value in values]


def _clause_values(diagrams: PolicyDiagrams, column: Column) -> list[object]:
    """The distinct values of a clause over decisions or an expression, sorted as FEEL text."""
    found = {to_feel(value): value for value in diagrams.columns.clause_values(column)}
    return [found[text] for text in sorted(found)]
