"""The payers' own policies: no smaller set of facts settles a determination, and answers take few steps."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.explainer import NEGATIVE, WANTED, Explainer
from dmn_dli.explain.near_changes import SETTLED
from dmn_dli.runtime.record import NEEDS_INFORMATION
from tests import payers
from tests.steps import AtMost

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "docs" / "examples" / "cases.json").read_text(encoding="utf-8"))
_MOST_SUBSETS = 3_000
_SOME_SUBSETS = 150
_MOST_STEPS = 250_000
"""Steps in which each explanation is there: ten times as many as it takes."""


def _facts(case: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in case.items()
        if key not in ("case_id", "date_of_service") and not key.startswith("_")
    }


@pytest.fixture(params=payers.WORKBOOKS)
def kernel(request: pytest.FixtureRequest) -> PolicyKernel:
    """Each policy in turn."""
    return payers.kernel(request.param)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_no_smaller_set_of_facts_settles_the_determination(
    kernel: PolicyKernel, case: dict[str, Any]
) -> None:
    """Of some of the smaller sets, drawn at random; the long run tries all."""
    _settles_alone(kernel, case, _SOME_SUBSETS)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_no_smaller_set_of_facts_settles_the_determination_at_length(
    kernel: PolicyKernel, case: dict[str, Any]
) -> None:
    _settles_alone(kernel, case, _MOST_SUBSETS)


def _settles_alone(kernel: PolicyKernel, case: dict[str, Any], most: int) -> None:
    facts = _facts(case)
    with AtMost(_MOST_STEPS):
        explained = Explainer(kernel).explain(facts)
    determination = explained.record["determination"]
    if determination == NEEDS_INFORMATION:
        assert explained.question is not None
        return
    reason = explained.reason
    assert reason is not None
    for each in (reason.facts, *reason.others):
        relied = {fact.fact: facts[fact.fact] for fact in each}
        assert kernel.determine(relied)["determination"] == determination
    asked = [name for name in facts if kernel.case_reader.facts[name].variable]
    subsets = list(combinations(asked, len(reason.facts) - 1))
    assert len(subsets) <= _MOST_SUBSETS
    for chosen in random.Random(case["case_id"]).sample(subsets, min(most, len(subsets))):
        fewer = {name: facts[name] for name in chosen}
        assert kernel.determine(fewer)["determination"] != determination


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_each_change_leads_to_medical_necessity(kernel: PolicyKernel, case: dict[str, Any]) -> None:
    """Tried with the values as they are written, one of each list, and the middle of each range."""
    facts = _facts(case)
    explained = Explainer(kernel).explain(facts, across=True)
    if explained.record["determination"] not in NEGATIVE:
        assert explained.changes is None
        return
    assert explained.changes is not None
    assert explained.changes or explained.otherwise
    for change in (*explained.changes, *explained.otherwise):
        for way in change.ways:
            tried = facts | {setting.fact: _value(setting.values) for setting in way}
            assert kernel.determine(tried)["determination"] == WANTED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_no_change_is_to_another_service_malignancy_or_transplant_unless_asked_for(
    kernel: PolicyKernel, case: dict[str, Any]
) -> None:
    explained = Explainer(kernel).explain(_facts(case))
    told = [*(explained.changes or ()), *explained.otherwise]
    told += [each for remedy in explained.remedies for each in (*remedy.changes, *remedy.otherwise)]
    assert not any(each.given.fact in SETTLED for change in told for each in change.facts)


def _value(values: str) -> Any:
    first = values.split(", ", maxsplit=1)[0]
    known = {"true": True, "false": False, "(0..100)": 50, "[0..100)": 50, "< 100": 50}
    return known.get(first, int(first) if first.isdecimal() else first)


def test_nothing_known_is_explained_in_as_few_steps(kernel: PolicyKernel) -> None:
    with AtMost(_MOST_STEPS):
        explained = Explainer(kernel).explain({})
    assert explained.question is not None
    assert explained.question.fact == "service"
