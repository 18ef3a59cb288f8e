"""`policy.decide` beside the naive reading, on whatever values a caller may hand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli import HitPolicyError
from dmn_dli.feel import from_python
from dmn_dli.policy import Policy
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import kernel
from tests.properties.policies import policies
from tests.reference.policy import Oracle
from tests.reference.tables import answer_of, part

_ODD: list[Any] = [
    None, True, False, 0, 1, 2, -1, 0.1, 2.5, 50, 50.0, 1e300, float("nan"), float("inf"), 2**70,
    Decimal("0.1"), Decimal(10), "", "a", "A", "red", "nobody wrote this", date(2024, 3, 1),
    datetime(2024, 3, 1, 12, 0, tzinfo=UTC), [], ["a"], [1, 2], {"a": 1},
]  # fmt: skip


class _Conflict(Exception):
    """The rules that contradict the hit policy, by decision and ids."""


def naive(policy: LinkedPolicy, decision: str, facts: Mapping[str, Any]) -> Any:
    """A decision's value: facts and decisions taken as supplied, the rest computed, absent ones null."""
    scope: dict[str, Any] = {}
    for name in policy.by_name[decision].reads:
        required = policy.decision_names.get(name)
        if required is None:
            scope[name] = from_python(facts.get(name))
            continue
        value = from_python(facts[required]) if required in facts else naive(policy, required, facts)
        scope[name] = value if name == required else part(value, name.removeprefix(f"{required}."))
    answer = answer_of(policy.by_name[decision], scope, validated=False)
    if answer.trouble:
        raise _Conflict(answer.trouble[1:])
    return answer.value


def _or_conflict(decide: Callable[[], Any]) -> Any:
    """The value, or the decision and the rules that contradict its hit policy."""
    try:
        return decide()
    except _Conflict as conflict:
        return conflict.args[0]
    except HitPolicyError as error:
        named = error.rules if all(cell in str(error) for cell in error.cells) else "cells are not named"
        return error.decision, named


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(opaque=True), st.data())
def test_decide_is_the_naive_reading(linked: LinkedPolicy, data: st.DataObject) -> None:
    oracle = Oracle(linked)
    policy = Policy(kernel(linked))
    for _ in range(6):
        facts = {
            name: data.draw(st.sampled_from([*oracle.domains[name], *oracle.domains[name], *_ODD]))
            for name in oracle.names
            if data.draw(st.integers(0, 5))
        }
        decision = data.draw(st.sampled_from(policy.decisions))
        for other in policy.decisions:
            if other != decision and data.draw(st.integers(0, 4)) == 0:
                facts[other] = data.draw(st.sampled_from(_ODD))
        want = _or_conflict(lambda: naive(linked, decision, facts))  # noqa: B023 - called at once
        for _ in ("a case that is new", "one that is known"):
            got = _or_conflict(lambda: policy.decide(decision, facts))  # noqa: B023 - called at once
            assert got == want
            assert type(got) is type(want)
