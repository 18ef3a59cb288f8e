"""A decision table inside an expression, at run time (DMN 1.5, sections 8.2 and 10.3.4).

Which rules count and what they make is the hit policy's business; here rules are asked whether they fire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from dmn_dli.feel.budget import charge
from dmn_dli.feel.comparison import feel_less_or_equal
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.feel.reasons import note
from dmn_dli.runtime.hit_policy import Conflict, HitPolicy, Values, contributing, priority_ranks, result

Rule = tuple[Callable[..., bool], Callable[..., Values]]
"""Whether the rule fires for the inputs' values, and the values of its output entries."""


def decision_table(
    hit_policy: str,
    names: tuple[str, ...],
    orders: Callable[[], tuple[Values, ...]],
    default: Callable[[], Values] | None,
    admitted: Callable[..., bool],
    rules: tuple[Rule, ...],
    *inputs: object,
) -> object:
    """The table's value.

    names: of the outputs. orders: each output's allowed values, the weightiest first. default: the
    outputs where no rule fires. admitted: whether each input is one of its allowed values.

    Null where an input is none of its allowed values, where rules disagree that must not, and where what
    fires cannot be aggregated.
    """
    policy = HitPolicy(hit_policy)
    if not admitted(*inputs):
        note("the table's inputs are {}, which their allowed values forbid", list(inputs))
        return None
    fired = _fired(policy, rules, inputs)
    outputs = {place: rules[place][1](*inputs) for place in fired}
    ranked = _ranks(orders(), outputs) if policy.ranked and fired else None
    chosen = contributing(policy, fired, ranked or _unranked)
    if not chosen and default is None:
        note("no rule of the table fires for {}", list(inputs))
    if not _can_aggregate(policy, [outputs[place] for place in chosen]):
        return None
    try:
        return result(policy, names, chosen, outputs, default() if default and not chosen else None)
    except Conflict as conflict:
        note(f"rules {_listed(conflict.rules)} of the table fire together: {conflict.reason}")
        return None


def _fired(policy: HitPolicy, rules: tuple[Rule, ...], inputs: tuple[object, ...]) -> list[int]:
    fired = []
    for place, (fires, _) in enumerate(rules):
        charge()
        if fires(*inputs):
            fired.append(place)
            if policy.first_wins:
                break
    return fired


def _listed(rules: Iterable[int]) -> str:
    return ", ".join(str(place + 1) for place in rules)


def _unranked(_place: int) -> tuple[int, ...]:
    return ()


def _ranks(orders: tuple[Values, ...], outputs: Mapping[int, Values]) -> Callable[[int], tuple[int, ...]]:
    places: list[Mapping[object, int] | None] = []
    for values in orders:
        order: dict[object, int] = {}
        for value in values:
            order.setdefault(freeze(value), len(order))
        places.append(order or None)
    rank = priority_ranks(places)
    return lambda rule: rank(tuple(freeze(value) for value in outputs[rule]))


def _can_aggregate(policy: HitPolicy, outputs: list[Values]) -> bool:
    """Whether the outputs can be added up, or are all of one kind that has an order."""
    if not policy.aggregates or not outputs:
        return True
    values = [row[0] for row in outputs]
    if len(outputs[0]) > 1:
        note(f"{policy.word} is of one output, and the table has several")
        return False
    if policy.adds:
        alike = all(type(value) is Decimal for value in values)
    else:
        alike = all(feel_less_or_equal(value, values[0]) is not None for value in values)
    if not alike:
        note("the outputs of the rules that fire, {}, make no " + policy.word.split()[-1], values)
    return alike
