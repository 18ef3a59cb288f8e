"""Random workbooks full of clauses, with unknown facts: what is said is never refuted by a completion."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.theories.judged import sound
from tests.theories.partial import asked, partials, report
from tests.theories.workbooks import workbook

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(_SETTINGS, max_examples=10)
@given(st.integers(0, 10**9))
def test_no_answer_to_a_case_with_unknown_facts_is_refuted(seed: int) -> None:
    made = workbook(seed)
    assume(sound(made))
    for each in partials(made, 2):
        assert not each.refuted


@pytest.mark.slow
def test_of_1000_cases_with_unknown_facts_no_answer_is_refuted() -> None:
    found = list(asked(1_000))
    assert not [each.refuted for each in found if each.refuted], report(found)
