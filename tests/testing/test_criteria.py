"""Cases drawn for tests meet criteria and fail them; a claim that does not hold is shown with a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dmn_dli.policy import Policy
from dmn_dli.testing import TableFailure, assert_claims, assert_determined, facts_for
from tests.linking import criteria_example
from tests.linking.books import kernel, table
from tests.linking.criteria_books import linked

EXAMPLE = Policy(kernel(criteria_example.policy(payer="acme")))


def statuses(decision: str | None = None, examples: int = 300) -> Counter[tuple[str, str]]:
    seen: Counter[tuple[str, str]] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(facts_for(EXAMPLE, decision))
    def collect(facts: Mapping[str, Any]) -> None:
        record = EXAMPLE.kernel.determine(facts)
        seen.update((row["id"], row["status"]) for row in record["criteria"])

    collect()
    return seen


def test_every_row_is_often_met_and_often_not_met() -> None:
    seen = statuses()
    for row in EXAMPLE.kernel.policy.criteria:
        for status in ("met", "not met"):
            assert seen[row.id, status] > 15, (row.id, status)


def test_facts_of_one_row_are_those_that_it_reads() -> None:
    @settings(max_examples=20, database=None, derandomize=True, deadline=None)
    @given(facts_for(EXAMPLE, "Criteria.2.b.1"))
    def collect(facts: Mapping[str, Any]) -> None:
        assert facts.keys() == {"service", "chimerism"}

    collect()


def test_claims_that_hold_pass() -> None:
    assert_claims(EXAMPLE, "Criteria")
    assert_determined(EXAMPLE)


def test_a_claim_that_does_not_hold_is_shown_with_the_simplest_case() -> None:
    wrong = table(
        "Answer",
        "F",
        ["IF Criteria.DLI", "IF age", "THEN Answer", "NOTE Citation"],
        [None, None, "medically necessary, criteria not met, not addressed", None],
        ["A-0", "-", "> 90", "criteria not met", "p. 1"],
        ["A-1", "true", "-", "medically necessary", "p. 1"],
        ["A-2", "false", "-", "criteria not met", "p. 1"],
        ["A-3", "-", "-", "not addressed", "p. 1"],
    )
    policy = Policy(kernel(linked(criteria_example.FACTS, [criteria_example.SHEET], wrong, payer="acme")))
    with pytest.raises(TableFailure) as caught:
        assert_claims(policy, "Criteria", examples=1000)
    said = str(caught.value).splitlines()
    assert said[0] == (
        'The group "DLI" (Criteria!A5) of book.xlsx claims to be met exactly if the determination is '
        '"medically necessary".'
    )
    assert said[-2] == 'The group is met, and the determination is "criteria not met".'
    assert caught.value.decision == "Criteria.DLI"
    assert caught.value.facts["age"] > 90


def test_a_sheet_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        assert_claims(EXAMPLE, "Criterias")
