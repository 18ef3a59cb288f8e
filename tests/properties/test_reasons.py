"""The payers' policies, case by case: why is always said, and each criterion stands as in all completions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.runtime.record import NEEDS_INFORMATION, NO_POLICY
from tests import payers
from tests.payers import WORKBOOKS
from tests.reference.policy import Oracle
from tests.reference.statuses import EveryStatus

MOST_UNKNOWN = 8
_EMPTY = frozenset(
    re.findall(
        r"[a-z]+",
        "a an and are as be been by can cannot case considered criteria criterion does for has have in is it "
        "its met no none not of on or plan policy request requested service that the therefore these this "
        "those to under was were with",
    )
)
"""Words that say nothing of a case."""


@cache
def _statuses(name: str) -> EveryStatus:
    return EveryStatus(Oracle(payers.linked(name)))


def cases(oracle: Oracle, number: int, seed: str) -> Iterator[dict[str, Any]]:
    """Random cases in which none to eight of the facts that a policy reads are unknown."""
    chance = random.Random(seed)
    for _ in range(number):
        unknown = {*chance.sample(oracle.names, chance.randint(0, min(MOST_UNKNOWN, len(oracle.names))))}
        yield {name: chance.choice(values) for name, values in oracle.domains.items() if name not in unknown}


def is_circular(text: str) -> bool:
    """Whether a text says no more than a determination does: without its words, only empty ones are left."""
    said = {*re.findall(r"[a-z]+", text.casefold())}
    return said <= _EMPTY.union(*(each.split() for each in (*DETERMINATIONS, "medical necessity")))


def objections(record: Mapping[str, Any]) -> list[str]:
    """What is wrong with the reasons of a payer's record."""
    found = []
    if record["determination"] not in (NEEDS_INFORMATION, NO_POLICY):
        found += [f"no {key}" for key in ("reason", "citation") if not record[key]]
        found += ["a circular reason"] if record["reason"] and is_circular(record["reason"]) else []
    if record["criteria"]:
        found += [f"nothing given: {each}" for each in record["unmet_criteria"] if "given: " not in each]
    for row in record["criteria"]:
        if row["means"] is None and is_circular(row["requirement"]):
            found.append(f"a circular requirement: {row['requirement']}")
        if row["needs"] is None and "given: " not in row["finding"]:
            found.append(f"a criterion that names no fact: {row['finding']}")
    return found


def is_sound(name: str, number: int) -> None:
    """Each of so many random cases; the message of a failure holds the case."""
    every, compiled = _statuses(name), payers.kernel(name)
    for facts in cases(every.oracle, number, f"{name} {number}"):
        record = compiled.determine(facts)
        assert not objections(record), (facts, objections(record))
        stands = {
            f"{row['sheet']}.{row['id']}": (row["applies"], row["status"]) for row in record["criteria"]
        }
        assert stands == every.stands(facts), facts


def test_no_determination_is_without_its_reason_and_each_status_is_exact() -> None:
    """Of one payer with few combinations of facts, all worked out first; the long run tries all five."""
    is_sound("cigna-2024-05-15.xlsx", 300)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKBOOKS)
def test_no_determination_is_without_its_reason_and_each_status_is_exact_at_length(name: str) -> None:
    is_sound(name, 20_000)


@pytest.mark.parametrize(
    "text",
    [
        "Not medically necessary",
        "The criteria are not met.",
        "The service is investigational under this policy.",
        "Criteria not met: the medical necessity criteria of the policy are not met",
    ],
)
def test_a_text_that_repeats_the_determination_is_circular(text: str) -> None:
    assert is_circular(text)


@pytest.mark.parametrize(
    "text",
    [
        "2.a: The disease has relapsed (given: Disease status remission)",
        "The transplant was determined medically necessary",
    ],
)
def test_a_text_that_says_what_was_found_is_not_circular(text: str) -> None:
    assert not is_circular(text)
