"""What of an old list corresponds to what of a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from attrs import frozen

from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.runtime.words import folded

Item = TypeVar("Item")
Sheet = TypeVar("Sheet", DecisionTable, CriteriaSheet)

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


def sheets(old: Sequence[Sheet], new: Sequence[Sheet]) -> Matched[Sheet]:
    """Decisions of one name correspond; else of one sheet, else those that share half of their rule ids.

    Sheets of criteria likewise.
    """
    matched = by_key(old, new, lambda table: table.name.casefold())
    for alike in (_same_sheet, _same_rules):
        pairs = list(matched.pairs)
        removed = list(matched.removed)
        added: list[Sheet] = []
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


def criterion_rows(old: CriteriaSheet, new: CriteriaSheet) -> Matched[CriterionRow]:
    """Rows of one number correspond; else those that require the same, in words or by their cells.

    These were renumbered. Of several that require the same none is taken for another.
    """
    matched = by_key(old.rows, new.rows, lambda row: row.id)
    for key in (_required, _tested):
        before, after = (
            [key(sheet, row) for row in rows]
            for sheet, rows in ((old, matched.removed), (new, matched.added))
        )
        counts = Counter(before), Counter(after)
        only = {each for each in before if each and counts[0][each] == counts[1][each] == 1}
        former = {each: row for each, row in zip(before, matched.removed, strict=True) if each in only}
        latter = {each: row for each, row in zip(after, matched.added, strict=True) if each in only}
        pairs = [*matched.pairs, *((former[each], row) for each, row in latter.items())]
        taken = {id(row) for pair in pairs for row in pair}
        matched = Matched(
            tuple(pairs),
            tuple(row for row in matched.removed if id(row) not in taken),
            tuple(row for row in matched.added if id(row) not in taken),
        )
    return matched


def criteria_in_force(
    old: Sequence[CriteriaSheet], new: Sequence[CriteriaSheet]
) -> Sequence[tuple[str, str]]:
    """The names of rows that correspond and are in force on both sides, in the new order."""
    found = {
        id(row): (before.name_of(former.id), after.name_of(row.id))
        for before, after in sheets(old, new).pairs
        for former, row in criterion_rows(before, after).pairs
        if not (former.retired or row.retired)
    }
    return [found[id(row)] for sheet in new for row in sheet.rows if id(row) in found]


def _required(_: CriteriaSheet, row: CriterionRow) -> Hashable:
    """What a row says that it requires, None where it says nothing; a group is no criterion."""
    said = folded(row.requirement.text)
    return (row.needs.blank, said) if said else None


def _tested(sheet: CriteriaSheet, row: CriterionRow) -> Hashable:
    """The cells of a criterion other than `-` with their clauses; None of a group."""
    cells = zip(sheet.inputs, row.inputs, strict=True)
    tested = [(folded(clause.cell.text), cell.text) for clause, cell in cells if cell.text != "-"]
    return tuple(sorted(tested)) if tested and row.needs.blank else None


def _same_sheet(old: Sheet, new: Sheet) -> bool:
    return old.sheet.casefold() == new.sheet.casefold()


def _same_rules(old: Sheet, new: Sheet) -> bool:
    before, after = ({row.id for row in _rows(each)} for each in (old, new))
    return len(before & after) >= _ALIKE * max(len(before | after), 1)


def _rows(sheet: Sheet) -> Sequence[Rule] | Sequence[CriterionRow]:
    return sheet.rules if isinstance(sheet, DecisionTable) else sheet.rows
