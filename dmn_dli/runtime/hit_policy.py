"""Hit policies: what each means, and what the rules that fire result in (DMN 1.5, 8.2.8 to 8.2.11).

Whatever differs between hit policies is a property of the enum, or stands in
`contributing` and `result`: nothing else asks for a hit policy by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from functools import reduce
from typing import Any, TypeAlias


class HitPolicy(Enum):
    """The value is the short form that row 2 may hold, `word` the long one."""

    UNIQUE = "U"
    ANY = "A"
    PRIORITY = "P"
    FIRST = "F"
    RULE_ORDER = "R"
    OUTPUT_ORDER = "O"
    COLLECT = "C"
    COLLECT_SUM = "C+"
    COLLECT_MIN = "C<"
    COLLECT_MAX = "C>"
    COLLECT_COUNT = "C#"

    @property
    def word(self) -> str:
        """The long form, in small letters: `rule order`, `collect sum`."""
        return self.name.replace("_", " ").lower()

    @property
    def reading(self) -> str:
        """What becomes of the rules that fire, in words."""
        return _READINGS[self]

    @property
    def one_answer(self) -> bool:
        """Whether one rule's output is the value: such a table must answer every case."""
        return self in (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)

    @property
    def one_rule(self) -> bool:
        """Whether a single rule decides: rules can be asked in the order in which they win."""
        return self.one_answer and not self.must_agree

    @property
    def gives_list(self) -> bool:
        """Whether the decision's value is a list of all that the rules gave."""
        return self in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)

    @property
    def order_counts(self) -> bool:
        """Whether the order of the list's items is part of the value."""
        return self in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)

    @property
    def forbids_overlap(self) -> bool:
        """Whether two rules must never fire together."""
        return self is HitPolicy.UNIQUE

    @property
    def must_agree(self) -> bool:
        """Whether rules that fire together must have equal outputs."""
        return self is HitPolicy.ANY

    @property
    def first_wins(self) -> bool:
        """Whether the first rule that fires decides, whatever fires below it."""
        return self is HitPolicy.FIRST

    @property
    def ranked(self) -> bool:
        """Whether row 4 of the outputs puts the rules in an order of weight."""
        return self in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)

    @property
    def aggregates(self) -> bool:
        """Whether the value is reckoned from the outputs of all rules that fire."""
        return self in (HitPolicy.COLLECT_SUM, HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX)

    @property
    def least_wins(self) -> bool:
        """Whether the smallest output is the value."""
        return self is HitPolicy.COLLECT_MIN

    @property
    def adds(self) -> bool:
        """Whether outputs are added up, so that they must be numbers."""
        return self is HitPolicy.COLLECT_SUM

    @property
    def counts(self) -> bool:
        """Whether the value is the number of rules that fire, whatever their outputs are."""
        return self is HitPolicy.COLLECT_COUNT

    @property
    def own_values(self) -> bool:
        """Whether the value may be none of the outputs': a sum or a number of rules."""
        return self.adds or self.counts


_READINGS = {
    HitPolicy.UNIQUE: "no two rules fire together",
    HitPolicy.ANY: "rules that fire together agree",
    HitPolicy.PRIORITY: "of the rules that fire the one with the weightiest output decides",
    HitPolicy.FIRST: "the first rule that fires decides",
    HitPolicy.RULE_ORDER: "every rule that fires adds its output, in the order of the rows",
    HitPolicy.OUTPUT_ORDER: "every rule that fires adds its output, the weightiest first",
    HitPolicy.COLLECT: "every rule that fires adds its output",
    HitPolicy.COLLECT_SUM: "the outputs of the rules that fire are added up",
    HitPolicy.COLLECT_MIN: "the smallest output of the rules that fire",
    HitPolicy.COLLECT_MAX: "the greatest output of the rules that fire",
    HitPolicy.COLLECT_COUNT: "the number of rules that fire",
}

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
    if hit_policy.forbids_overlap and len(rules) > 1:
        raise Conflict(rules, "Hit policy U allows one rule to fire")
    entries = [_entry(names, values[rule]) for rule in rules]
    match hit_policy:
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


# Explicit, since the thread's own context may be anybody's. FEEL's numbers have 34 digits (DMN 1.5, section
# 10.3.2.3.1) and exponents up to 6144: the other context holds every sum of them to the last digit.
_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=0, traps=[])
_EXACT = Context(prec=13_000, rounding=ROUND_HALF_EVEN, Emin=-13_000, Emax=13_000, traps=[])


def exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """What FEEL's numbers add up to, to the last digit, so that their order does not count."""
    return reduce(_EXACT.add, numbers, Decimal(0))


def rounded_sum(exact: Decimal) -> Decimal | None:
    """An exact sum in FEEL's 34 digits, or null where it is beyond all numbers."""
    total = _CONTEXT.plus(exact)
    return total if total.is_finite() else None


def _aggregate(hit_policy: HitPolicy, entries: list[Any]) -> object:
    if any(entry is None for entry in entries):
        return None
    if hit_policy is HitPolicy.COLLECT_SUM:
        return rounded_sum(exact_sum(entries))
    return min(entries) if hit_policy is HitPolicy.COLLECT_MIN else max(entries)
