"""A column as the analysis sees it: the values that can arrive, with the rules whose cells accept each."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.cases import everywhere
from dmn_dli.diagrams.composition import IMPOSSIBLE, Impossible
from dmn_dli.diagrams.derived import clause_domain
from dmn_dli.feel import FeelType, free_names, to_feel
from dmn_dli.tables.admission import admission
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import FactSource, LinkedTable
from dmn_dli.tables.logic import TableLogic
from dmn_dli.tables.traceable import orders_strings

COLUMN_STEPS = 300_000
"""How many steps the diagram of one column may take."""


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


def column_view(diagrams: PolicyDiagrams, table: LinkedTable, position: int, logic: TableLogic) -> ColumnView:
    """A column of a table. Raises Untraceable, and TooLarge for a column of too many steps."""
    column = table.columns[position]
    store = diagrams.store
    store.allow(COLUMN_STEPS)
    root = diagrams.columns.column(table, position, logic.columns[position])
    reached = possible_results(diagrams, root)
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


def possible_results(diagrams: PolicyDiagrams, root: int) -> list[Any]:
    """What a column's diagram, or its clause's, comes to in some possible case. Raises TooLarge."""
    store = diagrams.store
    if diagrams.admissible == everywhere(store):
        return store.reached(root)
    guarded = store.if_then_else(diagrams.admissible, root, store.terminal(IMPOSSIBLE))
    return [each for each in store.reached(guarded) if not isinstance(each, Impossible)]


def _atoms(
    diagrams: PolicyDiagrams, table: LinkedTable, position: int, logic: TableLogic
) -> list[tuple[Atom, int]] | None:
    """The values of a clause that can arrive, each with its mask."""
    column = table.columns[position]
    column_logic = logic.columns[position]
    for variable in diagrams.derived:
        if variable.term is None and (variable.decisions, variable.column) == ((table.name,), position):
            if variable.test is not None:
                return None
            if variable.domain.type is FeelType.STRING and any(map(orders_strings, column.tests)):
                raise Untraceable
            return list(zip(variable.domain.atoms, atom_masks(column_logic, variable.domain), strict=True))
    composition = diagrams.columns.composition
    if isinstance(column.source, FactSource):
        domain = composition.domains[column.source.fact.name]
        return list(zip(domain.atoms, atom_masks(column_logic, domain), strict=True))
    lowered = composition.lowered.columns[table.name, position]
    if not lowered.plain or lowered.value is None:
        return None
    found = possible_results(diagrams, diagrams.columns.clause(table, position))
    values = {to_feel(each[0]): each[0] for each in found if isinstance(each, tuple)}
    domain_of_clause = clause_domain(column)
    domains = [composition.domain(name) for name in free_names(lowered.value)]
    if domain_of_clause is not None and any(each is not None and not each.finite for each in domains):
        # Each value stands for others: those that the cells do not tell from it.
        atoms = sorted({domain_of_clause.locate(value) for value in values.values()})
        masks = atom_masks(column_logic, domain_of_clause)
        return [(domain_of_clause.atoms[atom], masks[atom]) for atom in atoms]
    return [(Atom(values[text]), column_logic.mask(values[text], {})) for text in sorted(values)]
