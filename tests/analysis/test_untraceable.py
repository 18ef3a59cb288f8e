"""Random small policies with clauses that cannot be traced to facts: what is said of them is never wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.diagrams.build import build
from dmn_dli.tables.linked import LinkedPolicy
from tests.properties.policies import policies
from tests.reference.checks import complete, overlap_free, size, tried, witnessed
from tests.reference.policy import Oracle, known_as
from tests.reference.tables import fired_rules

_MOST_CASES = 4_000
_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def nothing_wrong_is_claimed(policy: LinkedPolicy) -> None:
    """Where conditions cannot be traced to facts the verdict may be unknown, but never wrong."""
    assume(size(policy) <= _MOST_CASES)
    reaching = tried(policy)
    diagrams = build(policy)
    for decision in diagrams.decisions:
        table = decision.logic.table
        proof, _ = prove(diagrams, table, decision.logic)
        event(f"complete {proof.complete} overlap-free {proof.overlap_free}")
        cases = reaching[table.name]
        # A certain finding may rest on a value between those that are tried; its witness shows it.
        assert not proof.complete or complete(table, cases)
        assert not proof.overlap_free or overlap_free(cases)
        certain = [*[gap.certain for gap in proof.gaps], *[each.certain for each in proof.overlaps]]
        doubtful = not all(certain)
        assert bool(proof.reason) is (doubtful or None in (proof.complete, proof.overlap_free))
        certain_is_real(policy, proof)


def certain_is_real(policy: LinkedPolicy, proof: Proof) -> None:
    """The tables, read naively, answer to the witness of each certain finding as the finding says."""
    oracle = Oracle(policy)
    table = policy.by_name[proof.decision]

    def fired(witness: dict[str, Any]) -> set[int]:
        facts = {name: values[0] for name, values in oracle.domains.items()}
        assert witness.keys() <= policy.dictionary.by_name.keys()
        facts |= witnessed(policy, witness)
        assert all(holds(facts) is not False for holds in oracle.conditions)
        answers = oracle.decide(facts)
        assert answers[table.name].trouble[:1] not in (("arrival",), ("upstream",))
        scope = dict(facts)
        for each in policy.tables:
            scope |= known_as(each, answers[each.name].value)
        return set(fired_rules(table, scope))

    for gap in proof.gaps:
        if gap.certain:
            assert not fired(gap.witness)
    for shared in proof.overlaps:
        if shared.certain:
            assert {shared.first, shared.second} <= fired(shared.witness)
    assert (proof.complete is False) is any(gap.certain for gap in proof.gaps)
    assert (proof.overlap_free is False) is any(each.certain for each in proof.overlaps)


@settings(_SETTINGS, max_examples=20)
@given(policies(opaque=True))
def test_what_cannot_be_traced_is_unknown_and_never_a_pass(policy: LinkedPolicy) -> None:
    nothing_wrong_is_claimed(policy)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=2_000)
@given(policies(opaque=True))
def test_what_cannot_be_traced_is_never_a_pass_at_length(policy: LinkedPolicy) -> None:
    nothing_wrong_is_claimed(policy)
