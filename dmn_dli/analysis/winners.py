"""Rules that never fire, and in F and P tables rules that never win: others beat them on every case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cmp_to_key

from attrs import frozen

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView
from dmn_dli.analysis.gaps import Budget, SearchLimitError, uncovered
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.tables.masks import members

PARTS = 10_000
"""How many parts of a table are looked at to tell which of its rules never win."""

SPARED = 8
"""Up to this many rules that beat another together it is tried which of them can be spared."""


@frozen
class Idle:
    """A rule (its position among those in force) that no case is decided by.

    by: rules that together beat it on every case it accepts; () where no case leads to it at all.
    column: the input column whose cell accepts no value that can arrive; None where only the
    combination cannot arrive.
    """

    rule: int
    by: tuple[int, ...] = ()
    column: int | None = None


@frozen
class IdleRules:
    """The rules of a table that decide no case: silent ones never fire, beaten ones never win.

    settled: false where it took too many steps to tell which these are.
    """

    silent: tuple[Idle, ...]
    beaten: tuple[Idle, ...]
    settled: bool = True

    @property
    def mask(self) -> int:
        """The rules that are known to decide nothing."""
        return sum(1 << each.rule for each in (*self.silent, *self.beaten))


def idle_rules(seen: TableView) -> IdleRules:
    """Which rules decide no case."""
    silent: tuple[Idle, ...] = ()
    try:
        silent = tuple(never_fire(seen))
        beaten = tuple(never_win(seen, sum(1 << each.rule for each in silent)))
    except (TooLarge, SearchLimitError):
        return IdleRules(silent, (), settled=False)
    return IdleRules(silent, beaten)


def never_fire(seen: TableView) -> Iterator[Idle]:
    """The rules that no case leads to, whatever the hit policy. Raises TooLarge."""
    store = seen.diagrams.store
    fired = None if seen.independent else seen.firing
    store.allow(FEASIBILITY_STEPS)
    reached = 0
    for mask in fired.masks if fired is not None else ():
        reached |= mask
    for rule, box in enumerate(seen.grid.rules):
        if not all(box):
            yield Idle(rule, column=box.index(0))
        elif fired is not None:
            if not reached >> rule & 1:
                yield Idle(rule)
        elif not seen.reachable(box):
            yield Idle(rule)


def never_win(seen: TableView, silent: int) -> Iterator[Idle]:
    """The rules of an F or P table that fire, but only together with rules that come before them.

    silent: the mask of the rules that never fire. Raises TooLarge, SearchLimitError.
    """
    order = precedence(seen)
    if order is None:
        return
    store = seen.diagrams.store
    fired = None if seen.independent else seen.firing
    store.allow(FEASIBILITY_STEPS)
    budget = Budget(PARTS)
    higher = 0
    for rule in order:
        if not silent >> rule & 1:
            if fired is not None:
                masks = [mask & higher for mask in fired.masks if mask >> rule & 1]
                if all(masks):
                    yield Idle(rule, _hitting(masks))
            else:
                by = _beaten_by(seen, rule, higher, budget)
                if by is not None:
                    yield Idle(rule, by)
        higher |= 1 << rule


def precedence(seen: TableView) -> list[int] | None:
    """The rules of an F or P table, the one that beats all others first; None where that is not fixed."""
    rules = list(range(len(seen.grid.rules)))
    if seen.table.hit_policy.first_wins:
        return rules
    if not (seen.table.hit_policy.ranked and seen.table.hit_policy.one_answer) or seen.table.computed:
        return None

    def compare(first: int, second: int) -> int:
        if first == second:
            return 0
        (winner,) = seen.logic.outcome(1 << first | 1 << second).rules
        return -1 if winner == first else 1

    return sorted(rules, key=cmp_to_key(compare))


def _beaten_by(seen: TableView, rule: int, higher: int, budget: Budget) -> tuple[int, ...] | None:
    """The higher rules that beat a rule together, less those that can easily be spared; None if it wins."""
    budget.relied_on = 0
    if _wins(seen, rule, higher, budget):
        return None
    needed = members(budget.relied_on)
    if len(needed) <= SPARED:
        for each in reversed(needed.copy()):
            fewer = [other for other in needed if other != each]
            if fewer and not _wins(seen, rule, sum(1 << other for other in fewer), budget):
                needed = fewer
    return tuple(needed)


def _wins(seen: TableView, rule: int, higher: int, budget: Budget) -> bool:
    parts = uncovered(seen.grid, seen.grid.rules[rule], higher, budget)
    return any(map(seen.reachable, parts))


def _hitting(masks: Sequence[int]) -> tuple[int, ...]:
    """Few rules of which every mask holds one: the commonest first."""
    chosen = []
    left = list(masks)
    while left:
        counts: dict[int, int] = {}
        for mask in left:
            for rule in members(mask):
                counts[rule] = counts.get(rule, 0) + 1
        best = min(counts, key=lambda rule: (-counts[rule], rule))
        chosen.append(best)
        left = [mask for mask in left if not mask >> best & 1]
    return tuple(sorted(chosen))
