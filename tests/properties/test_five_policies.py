"""The payers' own policies: records are those that brute force over all completions of the facts gives."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli.evaluate.kernel import PolicyKernel
from tests import payers
from tests.payers import WORKBOOKS
from tests.properties.cases import answered, expected, partial_facts
from tests.reference.policy import Oracle
from tests.reference.record import items
from tests.reference.tables import plain

_COMPLETIONS = 500
_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def policy(name: str) -> tuple[Oracle, PolicyKernel]:
    return Oracle(payers.linked(name)), payers.kernel(name)


def agrees(name: str, data: st.DataObject, completions: int) -> None:
    oracle, compiled = policy(name)
    facts = data.draw(partial_facts(oracle, completions), label="facts")
    assert answered(compiled, facts) == expected(oracle, facts)


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=5)
@given(data=st.data())
def test_with_some_facts_unknown_the_record_is_that_of_all_completions(
    name: str, data: st.DataObject
) -> None:
    agrees(name, data, _COMPLETIONS)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=300)
@given(data=st.data())
def test_with_many_facts_unknown_the_record_is_that_of_all_completions(
    name: str, data: st.DataObject
) -> None:
    agrees(name, data, 10_000)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_with_nothing_known_every_completion_is_foreseen(name: str) -> None:
    """Completions drawn at random from all of them: none may surprise the record of the empty case."""
    oracle, compiled = policy(name)
    record = compiled.determine({})
    chance = random.Random(name)
    met: set[Any] = set()
    parted: set[str] = set()
    for _ in range(700):
        case = {fact: chance.choice(values) for fact, values in oracle.domains.items()}
        answers = oracle.decide(case)
        determination = oracle.determination(answers[oracle.final.name])
        met.add(determination)
        changed = chance.choice(oracle.names)
        other = oracle.decide({**case, changed: chance.choice(oracle.domains[changed])})
        if oracle.determination(other[oracle.final.name]) != determination:
            parted.add(changed)
        for decision, value in record["decisions"].items():
            assert plain(answers[decision].value) == value
        for key, title in (("documentation", "Documentation"), ("unmet_criteria", "Unmet criteria")):
            if title in answers:
                assert set(record[key]) <= set(items(oracle, title, answers))
    assert met <= set(record["possible_determinations"])
    assert parted <= set(record["missing_facts"])
    assert record["determination"] == "needs information"
    assert len(met) > 1
    assert parted
