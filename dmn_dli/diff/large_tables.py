"""Two versions of a table that is too large for a diagram, compared through one grid of their columns.

Both versions' rules stand in one grid. A part of the domain that no edited rule
touches is left aside: there both versions fire the same rules. A part in which
each version's outcome is the same all over is settled. Any other is split along
a column by a rule that does not cover it, edited rules first. So tables of
thousands of rules that differ in some of them take few splits; where two tables
have little in common the search may give up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, cached_property

from attrs import frozen

from dmn_dli.analysis.gaps import Budget
from dmn_dli.analysis.grid import Box, Grid, grid_of, within
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import FactSource, LinkedTable
from dmn_dli.tables.logic import Outcome, TableLogic
from dmn_dli.tables.masks import members
from dmn_dli.tables.traceable import column_tabulable


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

    def in_play(self, boxes: Sequence[Box], box: Box, alive: Sequence[int]) -> tuple[list[int], int | None]:
        """The rules that may decide in a box, and the first of them that does not cover it (None: all do).

        alive: the rules that touch it. Under hit policy F none counts behind the first that covers.
        """
        first = self.logic.table.hit_policy.first_wins
        found: list[int] = []
        partly: int | None = None
        for rule in alive:
            found.append(rule)
            for inside, accepted in zip(box, boxes[rule], strict=True):
                if inside & ~accepted:
                    if partly is None:
                        partly = rule
                    break
            else:
                if first:
                    break
        return found, partly

    def outcome(self, rules: Sequence[int]) -> Outcome:
        """The outcome where exactly these rules fire; under hit policy F the first of them decides."""
        return self.logic.outcome(sum(1 << rule - self.shift for rule in rules))

    def keys(self, grid: Grid) -> list[Hashable]:
        """For each rule all that it says: its box, its outputs, its notes."""
        table = self.logic.table
        return [
            (
                grid.rules[position + self.shift],
                freeze(self.logic.outcome(1 << position).value),
                tuple(
                    (each.name, cell.text)
                    for each, cell in zip(table.table.annotations, rule.annotations, strict=True)
                ),
            )
            for position, rule in enumerate(table.rules)
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
        grid, classes = self.grid
        boxes = grid.rules
        atoms = [_atoms_of(each) for each in classes]
        shift = len(self.old.table.rule_indexes)
        sides = _Side(self.old, 0), _Side(self.new, shift)
        edited = self._edited(grid, sides)
        waiting: list[tuple[Box, Sequence[int], Sequence[int]]] = [
            (grid.domain, range(shift), range(shift, len(boxes)))
        ]
        while waiting:
            box, before, after = waiting.pop()
            budget.spend()
            old, old_partly = sides[0].in_play(boxes, box, before)
            new, new_partly = sides[1].in_play(boxes, box, after)
            at_stake = [rule for rule in (*old, *new) if rule in edited]
            if not at_stake:
                continue
            if old_partly is None and new_partly is None:
                whole = tuple(each(chosen) for each, chosen in zip(atoms, box, strict=True))
                yield Part(whole, sides[0].outcome(old), sides[1].outcome(new))
                continue
            rule = next((each for each in at_stake if not within(box, boxes[each])), None)
            if rule is None:
                rule = new_partly if old_partly is None else old_partly
            assert rule is not None, "some rule does not cover the box"
            waiting += _split(boxes, box, old, new, rule)

    @cached_property
    def grid(self) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
        """The rules of both versions, the new ones behind the old ones, and the class of each atom."""
        shift = len(self.old.table.rule_indexes)
        pairs = zip(_masks(self.old, self.domains), _masks(self.new, self.domains), strict=True)
        columns = [[former | latter << shift for former, latter in zip(*pair, strict=True)] for pair in pairs]
        return grid_of(columns, shift + len(self.new.table.rule_indexes))

    def _edited(self, grid: Grid, sides: tuple[_Side, _Side]) -> frozenset[int]:
        """The rules of either version that the other one does not have, or not in the same order."""
        edited = set(range(len(grid.rules)))
        if _frame(self.old.table) != _frame(self.new.table):
            return frozenset(edited)
        before, after = (side.keys(grid) for side in sides)
        numbers: dict[Hashable, int] = {}
        sequences = [[numbers.setdefault(key, len(numbers)) for key in keys] for keys in (before, after)]
        matcher = SequenceMatcher(None, sequences[0], sequences[1], autojunk=False)
        for block in matcher.get_matching_blocks():
            edited -= {block.a + offset for offset in range(block.size)}
            edited -= {block.b + sides[1].shift + offset for offset in range(block.size)}
        return frozenset(edited)


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


def _split(
    boxes: Sequence[Box], box: Box, old: Sequence[int], new: Sequence[int], rule: int
) -> Iterator[tuple[Box, Sequence[int], Sequence[int]]]:
    """A box in two along the column in which a rule accepts least of it, with the rules that touch each."""
    narrowed = [
        (inside.bit_count() / classes.bit_count(), position)
        for position, classes in enumerate(box)
        if (inside := boxes[rule][position] & classes) != classes
    ]
    position = min(narrowed)[1]
    inside = boxes[rule][position] & box[position]
    for classes in (inside, box[position] & ~inside):
        yield (
            (*box[:position], classes, *box[position + 1 :]),
            [each for each in old if boxes[each][position] & classes],
            [each for each in new if boxes[each][position] & classes],
        )


def _atoms_of(classes: Sequence[int]) -> Callable[[int], int]:
    """The atoms of a set of classes, from the class of each atom."""
    of_class = [0] * (max(classes) + 1)
    for atom, number in enumerate(classes):
        of_class[number] |= 1 << atom
    return cache(lambda chosen: sum(of_class[number] for number in members(chosen)))


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
