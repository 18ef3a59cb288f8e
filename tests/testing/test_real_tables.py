"""Every table of the five policies: what Hypothesis finds and what the exact check proves must agree."""

from __future__ import annotations

import pytest

from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.diagrams.build import build
from dmn_dli.policy import Policy
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.testing import (
    TableFailure,
    assert_complete,
    assert_determined,
    assert_hit_policy,
    assert_no_overlap,
)
from tests import payers
from tests.analysis.volumes import proven_by_volume

EXAMPLES = 60
"""Fewer than by default, since the exact check says the same of every table."""

POLICIES = {name.removesuffix(".xlsx"): Policy(payers.kernel(name)) for name in payers.WORKBOOKS}
TABLES = [
    pytest.param(name, decision, id=f"{name}: {decision}")
    for name, policy in POLICIES.items()
    for decision in policy.decisions
]
ONE_ANSWER = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)


@pytest.fixture(scope="module")
def proofs() -> dict[tuple[str, str], tuple[Proof, bool | None, bool]]:
    """What the exact check says of every table, what adding up volumes says of its completeness, and whether
    its inputs may take their values together in every way: a table that reads criteria leaves open what never
    arrives, of which volumes prove nothing."""
    found = {}
    for name, policy in POLICIES.items():
        diagrams = build(policy.linked)
        for decision in diagrams.decisions:
            proof, seen = prove(diagrams, decision.logic.table, decision.logic)
            assert seen is not None
            found[name, decision.name] = (proof, proven_by_volume(seen), seen.independent)
    return found


def complete_by_cases(policy: Policy, decision: str) -> bool:
    try:
        assert_complete(policy, decision, examples=EXAMPLES)
    except TableFailure:
        return False
    return True


def overlap_free_by_cases(policy: Policy, decision: str) -> bool:
    try:
        assert_no_overlap(policy, decision, examples=EXAMPLES)
    except TableFailure:
        return False
    return True


def test_there_are_five_policies() -> None:
    assert {policy.payer for policy in POLICIES.values()} == {
        "bcbsms",
        "centene",
        "cigna",
        "molina",
        "regence",
    }


@pytest.mark.parametrize(("name", "decision"), TABLES)
def test_every_table_is_by_both_ways_what_its_hit_policy_demands(
    name: str, decision: str, proofs: dict[tuple[str, str], tuple[Proof, bool | None, bool]]
) -> None:
    policy = POLICIES[name]
    proof, by_volume, independent = proofs[name, decision]
    hit_policy = policy.linked.by_name[decision].hit_policy
    assert proof.complete is complete_by_cases(policy, decision)
    assert proof.overlap_free is overlap_free_by_cases(policy, decision)
    if hit_policy in ONE_ANSWER:
        assert proof.complete is True
        assert by_volume is not False
    if hit_policy is HitPolicy.UNIQUE:
        assert proof.overlap_free is True
        assert by_volume is True or not independent
    if hit_policy is HitPolicy.ANY:
        assert_hit_policy(policy, decision, examples=EXAMPLES)


@pytest.mark.parametrize("name", POLICIES)
def test_every_case_gets_a_determination_or_a_question(name: str) -> None:
    assert_determined(POLICIES[name], examples=EXAMPLES)
