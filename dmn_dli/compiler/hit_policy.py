"""Hit policies: which of the rules that fire make the result, and which (DMN 1.5, 8.2.8 to 8.2.11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from dmn_dli.model.table import HitPolicy

Values: TypeAlias = tuple[object, ...]
"""One rule's output values, in the order of the output clauses."""


class Conflict(Exception):
    """The rules that fire disagree: a U table in which two fire, or an A table with different outputs."""

    def __init__(self, rules: Sequence[int], reason: str) -> None:
        super().__init__(reason)
        self.rules = tuple(rules)
        self.reason = reason


def contributing(
    hit_policy: HitPolicy, fired: Sequence[int], ranks: Callable[[int], tuple[int, ...]]
) -> tuple[int, ...]:
    """The rules that make the result, in the order in which they stand in it.

    fired: positions of the rules whose conditions all hold, ascending.
    ranks: a rule's place in the priority order, smaller first (P and O only).
    """
    match hit_policy:
        case HitPolicy.FIRST:
            return tuple(fired[:1])
        case HitPolicy.PRIORITY:
            return (min(fired, key=ranks),) if fired else ()
        case HitPolicy.OUTPUT_ORDER:
            return tuple(sorted(fired, key=ranks))
        case _:
            return tuple(fired)


def result(
    hit_policy: HitPolicy,
    names: Sequence[str],
    rules: Sequence[int],
    values: Mapping[int, Values],
    default: Values | None,
) -> object:
    """The decision's value.

    rules: those that contribute, from `contributing`; values: the outputs of
    each. One output gives its value, several give a context. Without a rule the
    default is the value, in a list where the policy gives one; without a
    default null, `[]` or 0. Raises Conflict.
    """
    if not rules:
        return _nothing_fires(hit_policy, names, default)
    entries = [_entry(names, values[rule]) for rule in rules]
    match hit_policy:
        case HitPolicy.UNIQUE if len(rules) > 1:
            raise Conflict(rules, "Hit policy U allows one rule to fire")
        case HitPolicy.ANY if any(not _same(values[rule], values[rules[0]]) for rule in rules):
            raise Conflict(rules, "Hit policy A requires that all rules that fire agree")
        case HitPolicy.UNIQUE | HitPolicy.ANY | HitPolicy.FIRST | HitPolicy.PRIORITY:
            return entries[0]
        case HitPolicy.RULE_ORDER | HitPolicy.OUTPUT_ORDER | HitPolicy.COLLECT:
            return entries
        case HitPolicy.COLLECT_COUNT:
            return Decimal(len(rules))
    return _aggregate(hit_policy, entries)


def priority_ranks(
    orders: Sequence[Mapping[object, int] | None],
) -> Callable[[Values], tuple[int, ...]]:
    """How P and O rank outputs: by place in each output's allowed values, first output first.

    orders: value to place for each output, None where row 4 lists none. A value
    that is not listed (null) comes last.
    """

    def rank(values: Values) -> tuple[int, ...]:
        return tuple(
            order.get(value, len(order))
            for order, value in zip(orders, values, strict=True)
            if order is not None
        )

    return rank


def _nothing_fires(hit_policy: HitPolicy, names: Sequence[str], default: Values | None) -> object:
    if default is not None:
        entry = _entry(names, default)
        return [entry] if hit_policy.gives_list else entry
    if hit_policy.gives_list:
        return []
    return Decimal(0) if hit_policy is HitPolicy.COLLECT_COUNT else None


def _entry(names: Sequence[str], values: Values) -> object:
    return values[0] if len(names) == 1 else dict(zip(names, values, strict=True))


def _same(left: Values, right: Values) -> bool:
    return left == right and [type(value) for value in left] == [type(value) for value in right]


def _aggregate(hit_policy: HitPolicy, entries: list[Any]) -> object:
    if any(entry is None for entry in entries):
        return None
    if hit_policy is HitPolicy.COLLECT_SUM:
        return sum(entries, Decimal(0))
    return min(entries) if hit_policy is HitPolicy.COLLECT_MIN else max(entries)
