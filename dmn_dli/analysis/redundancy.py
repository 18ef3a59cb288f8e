"""Rules that a table could do without: equal ones, and ones that change nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from dmn_dli.analysis.columns import Firing, TableView
from dmn_dli.analysis.grid import volume
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.linked import Constant, LinkedTable

_WORK = 3_000_000
"""Up to so many rules in all sets that fire together, times rules, it is asked which change nothing."""


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
        return notes_of(self.seen.table, rule)


def notes_of(table: LinkedTable, rule: int) -> tuple[str, ...]:
    """The NOTE cells of a rule in force, as text."""
    return tuple(cell.text for cell in table.rules[rule].annotations)


def redundant(seen: TableView, fired: Firing, told: int) -> list[int]:
    """Rules that may be deleted, each alone and all together, and no result changes; the narrowest first.

    told: the mask of the rules that other advice tells to delete (never fire, never win, say the same as
    an earlier one). No rule is spare on account of one of them.
    """
    rules = len(seen.grid.rules)
    if seen.table.computed or sum(mask.bit_count() for mask in fired.masks) * rules > _WORK:
        return []
    effects = Effects(seen)
    found: list[int] = []
    left = seen.logic.all_rules & ~told
    asked = sorted(range(rules), key=lambda each: (volume(seen.grid.rules[each]), -each))
    waiting = [rule for rule in asked if left >> rule & 1]
    before = -1
    while len(found) > before:
        # Again, since what one rule adds may be nothing once another is gone.
        before = len(found)
        for rule in waiting:
            bit = 1 << rule
            if left & bit:
                masks = {each for mask in fired.masks if mask & bit for each in (mask, mask & left)}
                if all(effects.of(mask) == effects.of(mask & ~bit) for mask in masks):
                    found.append(rule)
                    left &= ~bit
    return found


def duplicates(seen: TableView) -> Iterator[tuple[int, int]]:
    """Rules that accept the same and result in the same as an earlier one: (later, earlier)."""
    first: dict[Hashable, int] = {}
    for rule, box in enumerate(seen.grid.rules):
        if all(box):
            earlier = first.setdefault((box, results_of(seen, rule)), rule)
            if earlier != rule:
                yield rule, earlier


def results_of(seen: TableView, rule: int) -> Hashable:
    """A key, equal for two rules exactly where their outputs are the same."""
    entries = [output.entries[rule] for output in seen.table.outputs]
    return tuple(
        freeze(entry.value) if isinstance(entry, Constant) else ("computed", entry.tree) for entry in entries
    )
