"""A table's columns as the analysis sees them: atoms with their masks, and which combinations can arrive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from attrs import frozen

from dmn_dli.analysis.grid import Box, Grid, grid_of
from dmn_dli.analysis.words import in_words
from dmn_dli.compiler.build import PolicyDiagrams
from dmn_dli.compiler.composition import Arrival
from dmn_dli.compiler.diagram import Diagrams
from dmn_dli.compiler.domain import Atom
from dmn_dli.compiler.index import atom_masks
from dmn_dli.compiler.linked import Column, FactSource, LinkedTable
from dmn_dli.compiler.table_logic import TableLogic
from dmn_dli.feel import to_feel

FEASIBILITY_STEPS = 300_000
"""How many steps it may take to tell whether a combination of a table's columns can arrive."""


@frozen
class ColumnView:
    """One column.

    label: its heading. root: the diagram of its masks over the policy's variables.
    atoms: the values that can arrive, with the mask of each; for a column whose
    cells read other names there is no single value, and the atoms are None.
    """

    label: str
    root: int
    masks: tuple[int, ...]
    atoms: tuple[Atom, ...] | None


@frozen(slots=False)
class TableView:
    """A table with its grid."""

    table: LinkedTable
    logic: TableLogic
    diagrams: PolicyDiagrams
    columns: tuple[ColumnView, ...]
    arrivals: tuple[Arrival, ...]

    @cached_property
    def _grid(self) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
        return grid_of([column.masks for column in self.columns], len(self.table.rule_indexes))

    @property
    def grid(self) -> Grid:
        """The table over the classes of its columns' atoms."""
        return self._grid[0]

    @cached_property
    def free(self) -> frozenset[int]:
        """The derived variables that the columns depend on: with any of them an answer may be too wide."""
        derived = {variable.number for variable in self.diagrams.derived}
        return frozenset(derived & self._support(range(len(self.columns))))

    def _support(self, positions: Sequence[int]) -> frozenset[int]:
        store = self.diagrams.store
        return frozenset().union(*[store.support(self.columns[position].root) for position in positions])

    @cached_property
    def independent(self) -> bool:
        """Whether no two columns depend on one variable, so that every combination can arrive."""
        supports = [self.diagrams.store.support(column.root) for column in self.columns]
        return sum(map(len, supports)) == len(frozenset().union(*supports))

    def words(self, box: Box) -> tuple[tuple[str, str], ...]:
        """For each column that a box narrows, its heading and the values in words."""
        found = []
        for column, classes, of_atom in zip(self.columns, box, self._grid[1], strict=True):
            chosen = [bool(classes >> number & 1) for number in of_atom]
            if all(chosen):
                continue
            if column.atoms is None:
                found.append((column.label, "some combination of what its cells read"))
            else:
                found.append((column.label, in_words(column.atoms, chosen)))
        return tuple(found)

    def witness(self, box: Box) -> dict[str, Any] | None:
        """Facts (or, for clauses that are none, headings) with values that lead into a box; None if none do.

        Raises TooLarge where that cannot be told within FEASIBILITY_STEPS.
        """
        store = self.diagrams.store
        store.allow(FEASIBILITY_STEPS)
        true, false = store.terminal(result=True), store.terminal(result=False)
        root = true
        for column, classes, accepting in zip(self.columns, box, self.grid.accepting, strict=True):
            wanted = {mask: true for number, mask in enumerate(accepting) if classes >> number & 1}
            chosen = store.map(column.root, partial(_lookup, wanted, false))
            root = store.combine(root, chosen, _both(store), false)
        path = _path_to(store, root, true)
        return None if path is None else self._facts(path)

    def _facts(self, path: dict[int, int]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for variable in self.diagrams.facts:
            if variable.number in path:
                found[variable.fact.name] = variable.domain.atoms[path[variable.number]].representative
        for derived in self.diagrams.derived:
            if derived.number in path:
                column = self.diagrams.policy.by_name[derived.decision].columns[derived.column]
                found[column.label] = derived.domain.atoms[path[derived.number]].representative
        return found


def view(diagrams: PolicyDiagrams, table: LinkedTable, logic: TableLogic) -> TableView:
    """A table as the analysis sees it. Raises TooLarge where a column is too large for a diagram."""
    arrivals: list[Arrival] = []
    columns = tuple(
        _column(diagrams, table, position, logic, arrivals) for position in range(len(table.columns))
    )
    return TableView(table, logic, diagrams, columns, tuple(arrivals))


def _column(
    diagrams: PolicyDiagrams,
    table: LinkedTable,
    position: int,
    logic: TableLogic,
    arrivals: list[Arrival],
) -> ColumnView:
    column = table.columns[position]
    store = diagrams.store
    store.allow(FEASIBILITY_STEPS)
    root = diagrams.columns.column(table, position, logic.columns[position])
    reached = list(store.reached(root))
    arrivals += [found for found in reached if isinstance(found, Arrival)]
    masks = tuple(found for found in reached if isinstance(found, int))
    listed = None if column.reads else _atoms(diagrams, table, position, logic)
    if listed is None:
        return ColumnView(column.label, root, masks, None)
    pairs = [(atom, mask) for atom, mask in listed if mask in masks]
    return ColumnView(column.label, root, tuple(mask for _, mask in pairs), tuple(atom for atom, _ in pairs))


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


def _lookup(wanted: dict[Any, int], otherwise: int, mask: Any) -> int:
    return wanted.get(mask, otherwise)


def _both(store: Diagrams) -> Any:
    return lambda left, right: store.terminal(left and right)


def _path_to(store: Diagrams, root: int, goal: int) -> dict[int, int] | None:
    """A way from a root to a terminal: variable to atom; None where there is none."""
    dead: set[int] = set()

    def visit(number: int) -> list[tuple[int, int]] | None:
        if number == goal:
            return []
        if number < 0 or number in dead:
            return None
        variable, children = store.nodes[number]
        for atom, child in enumerate(children):
            way = visit(child)
            if way is not None:
                return [(variable, atom), *way]
        dead.add(number)
        return None

    way = visit(root)
    return None if way is None else dict(way)
