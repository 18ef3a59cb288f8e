"""Random workbooks full of clauses: no verdict is wrong, and few are unknown. The command is in `measure`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.theories.judged import judged, sound
from tests.theories.measure import measured, report
from tests.theories.workbooks import workbook

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(_SETTINGS, max_examples=8)
@given(st.integers(0, 10**9))
def test_no_verdict_on_a_table_of_clauses_is_wrong(seed: int) -> None:
    made = workbook(seed)
    assume(sound(made))
    for each in judged(made, cases=60):
        assert not each.wrong


def test_the_workbooks_are_various() -> None:
    """Complete and not, with and without overlaps, of every kind of clause; or nothing would be measured."""
    tables = list(measured(40, cases=40))
    assert {each.truth for each in tables} >= {(True, True), (True, False), (False, True)}
    assert len(frozenset[str]().union(*[each.kinds for each in tables])) > 12
    assert sum(bool(each.reached) for each in tables) > 0.9 * len(tables)


@pytest.mark.slow
@pytest.mark.parametrize(("tables", "hard", "share"), [(2_000, False, 1), (500, True, 3)])
def test_of_many_tables_no_verdict_is_wrong_and_few_in_a_hundred_are_unknown(
    tables: int, *, hard: bool, share: int
) -> None:
    found = list(measured(tables, hard=hard))
    assert not [each.wrong for each in found if each.wrong], report(found)
    assert 100 * sum(bool(each.unknown) for each in found) <= share * len(found), report(found)
