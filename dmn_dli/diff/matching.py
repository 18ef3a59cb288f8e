"""What of an old list corresponds to what of a new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from attrs import frozen

from dmn_dli.model.table import DecisionTable

Item = TypeVar("Item")

_ALIKE = 0.5
"""From this share of common rule ids on two tables of different names are one that was renamed."""


@frozen
class Matched(Generic[Item]):
    """Pairs that correspond, in the new order, and what only one side has."""

    pairs: tuple[tuple[Item, Item], ...]
    removed: tuple[Item, ...]
    added: tuple[Item, ...]


def by_key(old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], Hashable]) -> Matched[Item]:
    """Items with equal keys correspond; of several with one key the first to the first, and so on."""
    waiting: dict[Hashable, list[Item]] = {}
    for item in old:
        waiting.setdefault(key(item), []).append(item)
    pairs: list[tuple[Item, Item]] = []
    added: list[Item] = []
    for item in new:
        same = waiting.get(key(item))
        if same:
            pairs.append((same.pop(0), item))
        else:
            added.append(item)
    left = {id(item) for items in waiting.values() for item in items}
    return Matched(tuple(pairs), tuple(item for item in old if id(item) in left), tuple(added))


def decisions(old: Sequence[DecisionTable], new: Sequence[DecisionTable]) -> Matched[DecisionTable]:
    """Decisions of one name correspond; else of one sheet, else those that share half of their rule ids."""
    matched = by_key(old, new, lambda table: table.name.casefold())
    for alike in (_same_sheet, _same_rules):
        pairs = list(matched.pairs)
        removed = list(matched.removed)
        added: list[DecisionTable] = []
        for table in matched.added:
            former = next((each for each in removed if alike(each, table)), None)
            if former is None:
                added.append(table)
            else:
                removed.remove(former)
                pairs.append((former, table))
        matched = Matched(tuple(pairs), tuple(removed), tuple(added))
    return matched


def moved(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Of the ids that both lists hold those that stand in another order, as few as explain it."""
    both = set(old) & set(new)
    before = [each for each in old if each in both]
    after = [each for each in new if each in both]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {after[block.b + offset] for block in blocks for offset in range(block.size)}
    return tuple(each for each in after if each not in kept)


def _same_sheet(old: DecisionTable, new: DecisionTable) -> bool:
    return old.sheet.casefold() == new.sheet.casefold()


def _same_rules(old: DecisionTable, new: DecisionTable) -> bool:
    before, after = {rule.id for rule in old.rules}, {rule.id for rule in new.rules}
    return len(before & after) >= _ALIKE * max(len(before | after), 1)
