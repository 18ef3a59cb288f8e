"""No theory refutes a part in which a case of a random workbook lies."""

from __future__ import annotations

from itertools import count, islice

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.linking.books import linked, table
from tests.theories.clinical_facts import BY_NAME
from tests.theories.judged import sound
from tests.theories.soundness import refuted
from tests.theories.workbooks import Made, workbook

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(_SETTINGS, max_examples=10)
@given(st.integers(0, 10**9), st.booleans())
def test_no_theory_refutes_a_case(seed: int, hard: bool) -> None:
    made = workbook(seed, hard=hard)
    assume(sound(made))
    assert list(refuted(made, 10)) == []


def test_a_clause_of_which_no_cell_asks_anything_refutes_nothing() -> None:
    names = ("start", "stop")
    rules = (('> @"P0D", null', "-", "-", "a"), ("-", "-", "not(true)", "b"))
    headings = ["IF start - stop", "IF stop - start", "IF start > stop", "THEN T"]
    policy = linked([BY_NAME[name].fact for name in names], table("T", "C", headings, None, *rules))
    made = Made(0, policy, tuple(BY_NAME[name] for name in names), {}, frozenset())
    assert list(refuted(made)) == []


@pytest.mark.slow
@pytest.mark.parametrize("hard", [False, True])
def test_no_theory_refutes_a_case_of_500_policies(*, hard: bool) -> None:
    policies = filter(sound, (workbook(seed, hard=hard) for seed in count(10_000)))
    found = [(made.seed, words) for made in islice(policies, 500) for words in refuted(made)]
    assert found == []
