"""Rules that a table could do without: equal ones, ones that change nothing, ones that could be one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from attrs import frozen

from dmn_dli.analysis.columns import Firing, TableView
from dmn_dli.analysis.grid import Box, volume
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.linked import Constant

_WORK = 300_000
"""Up to this many sets of rules times rules it is asked which rules change nothing."""


@frozen
class Merge:
    """Rules that differ in one input column only and could be one; `cell` is what it would hold there."""

    rules: tuple[int, ...]
    column: int
    cell: str


class Effects:
    """What each set of rules that fires comes to: result, conflict, and for single results the notes."""

    def __init__(self, seen: TableView) -> None:
        """Prepare for a table without computed outputs."""
        self.seen = seen
        self._known: dict[int, Hashable] = {}

    def of(self, mask: int) -> Hashable:
        """A key, equal for two masks exactly where nobody could tell the results apart."""
        if mask not in self._known:
            outcome = self.seen.logic.outcome(mask)
            spoken: Hashable = None
            if outcome.conflict is not None:
                spoken = outcome.rules
            elif self.seen.table.hit_policy.one_answer:
                # A winner's citation is part of its answer; in lists and sums no single rule speaks.
                spoken = frozenset(map(self._notes, outcome.rules))
            self._known[mask] = freeze(outcome.value), outcome.conflict, spoken
        return self._known[mask]

    def _notes(self, rule: int) -> tuple[str, ...]:
        return notes_of(self.seen, rule)


def notes_of(seen: TableView, rule: int) -> tuple[str, ...]:
    """The NOTE cells of a rule in force, as text."""
    return tuple(cell.text for cell in seen.table.rules[rule].annotations)


def redundant(seen: TableView, fired: Firing, idle: int) -> list[int]:
    """Rules that may be deleted, all of them together, without changing any result; the narrowest first.

    idle: the mask of the rules that never fire or never win, which are left out here.
    """
    rules = len(seen.grid.rules)
    if seen.table.computed or len(fired.masks) * rules > _WORK:
        return []
    effects = Effects(seen)
    found: list[int] = []
    left = seen.logic.all_rules
    asked = sorted(range(rules), key=lambda each: (volume(seen.grid.rules[each]), -each))
    waiting = [rule for rule in asked if not idle >> rule & 1]
    before = -1
    while len(found) > before:
        # Again, since what one rule adds may be nothing once another is gone.
        before = len(found)
        for rule in waiting:
            bit = 1 << rule
            if left & bit:
                masks = {mask & left for mask in fired.masks if mask & bit}
                if all(effects.of(mask) == effects.of(mask & ~bit) for mask in masks):
                    found.append(rule)
                    left &= ~bit
    return found


def duplicates(seen: TableView) -> Iterator[tuple[int, int]]:
    """Rules that accept the same and result in the same as an earlier one: (earlier, later)."""
    first: dict[Hashable, int] = {}
    for rule, box in enumerate(seen.grid.rules):
        if all(box):
            earlier = first.setdefault((box, _result(seen, rule, notes=False)), rule)
            if earlier != rule:
                yield earlier, rule


def mergeable(seen: TableView, idle: int) -> Iterator[Merge]:
    """Groups of rules with the same results and notes that differ in one column only."""
    taken = idle
    for position, column in enumerate(seen.columns):
        if column.atoms is None:
            continue
        alike: dict[Hashable, list[int]] = {}
        for rule, box in enumerate(seen.grid.rules):
            if all(box) and not taken >> rule & 1:
                rest = box[:position] + box[position + 1 :]
                alike.setdefault((rest, _result(seen, rule, notes=True)), []).append(rule)
        for rules in alike.values():
            merged = _merged(seen, rules, position)
            if len(rules) > 1 and merged is not None:
                taken |= sum(1 << rule for rule in rules)
                yield Merge(tuple(rules), position, seen.cell_words(merged)[position])


def _result(seen: TableView, rule: int, *, notes: bool) -> Hashable:
    entries = [output.entries[rule] for output in seen.table.outputs]
    values = tuple(
        freeze(entry.value) if isinstance(entry, Constant) else ("computed", entry.tree) for entry in entries
    )
    return (values, notes_of(seen, rule)) if notes else values


def _merged(seen: TableView, rules: list[int], position: int) -> Box | None:
    """The box of the one rule in the place of the first, or None where that would change results."""
    boxes = [seen.grid.rules[rule] for rule in rules]
    classes = 0
    for box in boxes:
        if classes & box[position] and not seen.table.hit_policy.one_answer:
            return None
        classes |= box[position]
    for rule, box in zip(rules[1:], boxes[1:], strict=True):
        between = sum(1 << each for each in range(rules[0] + 1, rule) if each not in rules)
        if seen.grid.touching(box, between):
            return None
    return (*boxes[0][:position], classes, *boxes[0][position + 1 :])
