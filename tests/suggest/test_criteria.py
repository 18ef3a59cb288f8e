"""Suggested cases meet each criterion and fail it, stand at the boundaries of its cells, show each cell."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings

from dmn_dli.cases.rows import KnownCase
from dmn_dli.policy import Policy
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.suggest.suggest import suggest
from dmn_dli.suggest.suggestion import Aim, SuggestedCase
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking import criteria_example
from tests.linking.books import kernel
from tests.properties.criteria_policies import criteria_policies
from tests.reference.policy import Oracle

KNOWN = KnownCase(
    "adult with relapse",
    {
        "service": "infusion",
        "disease": "relapsed",
        "chimerism": 20,
        "age": 40,
        "aim": False,
        "risk": True,
        "cells": "none",
    },
)


@cache
def example() -> Policy:
    return Policy(kernel(criteria_example.policy(payer="acme")))


def standings(policy: Policy, cases: Iterable[Any]) -> set[tuple[str, str]]:
    records = [policy.kernel.determine(case.facts) for case in cases]
    return {(f"{row['sheet']}.{row['id']}", row["status"]) for each in records for row in each["criteria"]}


def wanted(policy: Policy) -> set[tuple[str, str]]:
    return {(row.decision, status) for row in policy.kernel.policy.criteria for status in (MET, NOT_MET)}


def of(aim: Aim, cases: Iterable[SuggestedCase]) -> dict[str, SuggestedCase]:
    return {case.name: case for case in cases if case.aim is aim}


def test_with_the_suggestions_each_row_is_met_and_not_met() -> None:
    found = suggest(example(), ())
    assert not found.unreached
    assert wanted(example()) <= standings(example(), found.cases)


def test_what_a_known_case_tries_is_not_suggested_again() -> None:
    found = of(Aim.CRITERION, suggest(example(), [KNOWN]).cases)
    assert "Criteria.2.a: met" not in found
    case = found["Criteria.2.b: met"]
    assert case.why == "No case has the group 2.b (Criteria!A9) met yet."
    assert case.decision == "Criteria.2.b"
    assert case.facts == {**KNOWN.facts, "aim": True}, "it is as near to the known case as can be"


def test_numbers_in_cells_of_criteria_are_tried_on_both_sides() -> None:
    found = of(Aim.BOUNDARY, suggest(example(), [KNOWN]).cases)
    assert {"Criteria.1: Age 17", "Criteria.1: Age 18"} <= found.keys()
    assert found["Criteria.1: Age 17"].why.startswith("Age (Criteria!H6) between 17 and 18")


def test_a_cell_of_a_criterion_is_shown_by_a_pair_of_cases() -> None:
    found = of(Aim.PAIR, suggest(example(), [KNOWN], mcdc=True).cases)
    assert found["Criteria.3.b: not met and Risk no"].why == (
        'As "adult with relapse", but Risk is no instead of yes: criterion 3.b is then not met, '
        "because of Risk `true` (Criteria!J14) alone."
    )


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(criteria_policies())
def test_of_random_sheets_no_row_is_left_untried_that_some_case_could_try(linked: LinkedPolicy) -> None:
    policy = Policy(kernel(linked))
    found = suggest(policy, (), mcdc=True)
    lacking = wanted(policy) - standings(policy, found.cases)
    told = {each.decision for each in found.unreached if each.aim is Aim.CRITERION}
    assert {name for name, _ in lacking} == told
    for facts in Oracle(linked).completions({}):
        with suppress(EvaluationError):
            assert not lacking & standings(policy, [KnownCase("", facts)])
