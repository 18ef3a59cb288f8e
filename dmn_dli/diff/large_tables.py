"""Two versions of a table that is too large for a diagram, compared through one grid of their columns.

Both versions' rules stand in one grid. A part of the domain that no edited rule
touches is left aside: there both versions fire the same rules. A part in which
each version's outcome is the same all over is settled. Any other is split along
a column by a rule that does not cover it, edited rules first. So tables of
thousands of rules that differ in some of them take few splits; where two tables
have little in common the search may give up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from attrs import frozen

from dmn_dli.analysis.gaps import Budget
from dmn_dli.analysis.grid import Box, Grid, grid_of, union
from dmn_dli.compiler.domain import Domain
from dmn_dli.compiler.frozen_values import freeze
from dmn_dli.compiler.index import atom_masks
from dmn_dli.compiler.linked import FactSource, LinkedTable
from dmn_dli.compiler.table_logic import Outcome, TableLogic
from dmn_dli.compiler.variables import column_tabulable
from dmn_dli.model.hit_policy import HitPolicy


class UnsuitableTableError(Exception):
    """A table whose columns are not facts, each a fact of its own, or whose outputs are computed."""


@frozen
class Part:
    """A box of atoms, a set for each fact, with the outcome that each version has all over it."""

    box: Box
    old: Outcome
    new: Outcome


@frozen(slots=False)
class _Side:
    """One version: its rules are those of the grid from `shift` on."""

    logic: TableLogic
    shift: int

    @property
    def rules(self) -> int:
        """The mask of its rules in the grid."""
        return self.logic.all_rules << self.shift

    def settled(self, grid: Grid, box: Box, alive: int) -> Outcome | None:
        """The outcome all over a box; None where there are several. alive: the rules that touch it."""
        mine = alive & self.rules
        if self.logic.table.hit_policy is HitPolicy.FIRST:
            mine &= -mine
        if mine and grid.covering(box, mine) != mine:
            return None
        return self.logic.outcome(mine >> self.shift)

    def splitter(self, grid: Grid, box: Box, alive: int) -> int:
        """The first of its rules that touches a box without covering it."""
        mine = alive & self.rules
        partly = mine & ~grid.covering(box, mine)
        return (partly & -partly).bit_length() - 1

    def keys(self, grid: Grid) -> list[Hashable]:
        """For each rule all that it says: its box, its outputs, its notes."""
        table = self.logic.table
        source = [table.table.rules[index] for index in table.rule_indexes]
        return [
            (
                grid.rules[position + self.shift],
                freeze(self.logic.outcome(1 << position).value),
                tuple(
                    (each.name, cell.text)
                    for each, cell in zip(table.table.annotations, rule.annotations, strict=True)
                ),
            )
            for position, rule in enumerate(source)
        ]


@frozen(slots=False)
class LargeTables:
    """Two versions of a table over the same facts, each with a domain."""

    old: TableLogic
    new: TableLogic
    domains: dict[str, Domain]

    def parts(self, budget: Budget) -> Iterator[Part]:
        """Disjoint parts that hold all combinations in which the outcomes may differ.

        Raises SearchLimitError, UnsuitableTableError.
        """
        grid, classes = self._grid
        sides = _Side(self.old, 0), _Side(self.new, len(self.old.table.rule_indexes))
        edited = self._edited(grid, sides)
        waiting = [(grid.domain, grid.all_rules)]
        while waiting:
            box, alive = waiting.pop()
            budget.spend()
            if not alive & edited:
                continue
            old, new = (side.settled(grid, box, alive) for side in sides)
            if old is not None and new is not None:
                yield Part(_of_atoms(box, classes), old, new)
                continue
            partly = alive & edited & ~grid.covering(box, alive & edited)
            if partly:
                rule = (partly & -partly).bit_length() - 1
            else:
                rule = sides[0 if old is None else 1].splitter(grid, box, alive)
            waiting += _split(grid, box, alive, rule)

    @cached_property
    def _grid(self) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
        """The rules of both versions, the new ones behind the old ones, and the class of each atom."""
        shift = len(self.old.table.rule_indexes)
        pairs = zip(_masks(self.old, self.domains), _masks(self.new, self.domains), strict=True)
        columns = [[former | latter << shift for former, latter in zip(*pair, strict=True)] for pair in pairs]
        return grid_of(columns, shift + len(self.new.table.rule_indexes))

    def _edited(self, grid: Grid, sides: tuple[_Side, _Side]) -> int:
        """The rules of either version that the other one does not have, or not in the same order."""
        if _frame(self.old.table) != _frame(self.new.table):
            return grid.all_rules
        before, after = (side.keys(grid) for side in sides)
        numbers: dict[Hashable, int] = {}
        sequences = [[numbers.setdefault(key, len(numbers)) for key in keys] for keys in (before, after)]
        edited = grid.all_rules
        matcher = SequenceMatcher(None, sequences[0], sequences[1], autojunk=False)
        for block in matcher.get_matching_blocks():
            run = (1 << block.size) - 1
            edited &= ~(run << block.a) & ~(run << block.b + sides[1].shift)
        return edited


def _masks(logic: TableLogic, domains: dict[str, Domain]) -> list[Sequence[int]]:
    """For each fact, for each atom, the rules that accept it. Raises UnsuitableTableError."""
    table = logic.table
    found: dict[str, Sequence[int]] = {}
    for column in logic.columns:
        source = column.column.source
        suitable = isinstance(source, FactSource) and not column.column.reads
        if table.computed or not suitable or not column_tabulable(column.column, domains):
            raise UnsuitableTableError
        assert isinstance(source, FactSource)
        if source.fact.name in found:
            raise UnsuitableTableError
        found[source.fact.name] = atom_masks(column, domains[source.fact.name])
    return [found.get(name, [logic.all_rules] * len(domain.atoms)) for name, domain in domains.items()]


def _frame(table: LinkedTable) -> tuple[object, ...]:
    """What rules depend on besides themselves."""
    outputs = [(each.name, each.default, each.allowed) for each in table.outputs]
    return table.hit_policy, outputs


def _split(grid: Grid, box: Box, alive: int, rule: int) -> Iterator[tuple[Box, int]]:
    """A box in two along the column in which a rule accepts least of it, with the rules that touch each."""
    narrowed = [
        (inside.bit_count() / classes.bit_count(), position)
        for position, classes in enumerate(box)
        if (inside := grid.rules[rule][position] & classes) != classes
    ]
    position = min(narrowed)[1]
    inside = grid.rules[rule][position] & box[position]
    for classes in (inside, box[position] & ~inside):
        part = (*box[:position], classes, *box[position + 1 :])
        yield part, alive & union(grid.accepting[position], classes)


def _of_atoms(box: Box, classes: tuple[tuple[int, ...], ...]) -> Box:
    """A box of classes as a box of atoms."""
    return tuple(
        sum(1 << atom for atom, number in enumerate(of_atom) if chosen >> number & 1)
        for chosen, of_atom in zip(box, classes, strict=True)
    )


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Disjoint boxes as fewer and larger ones: those that differ in one column are one."""
    left = list(boxes)
    while True:
        before = len(left)
        for position in range(len(left[0]) if left else 0):
            joined: dict[Box, int] = {}
            for box in left:
                rest = (*box[:position], 0, *box[position + 1 :])
                joined[rest] = joined.get(rest, 0) | box[position]
            left = [(*rest[:position], atoms, *rest[position + 1 :]) for rest, atoms in joined.items()]
        if len(left) == before:
            return tuple(left)
