"""The standard's own suite passes: every case of both levels, counted apart where a value is due."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from dmn_dli.interchange.tck.results import remark
from dmn_dli.interchange.tck.run import TckRun, run_kit
from tests.interchange.dmn.suite import suite

CASES = {("compliance-level-2", True): 105, ("compliance-level-2", False): 11}
CASES |= {("compliance-level-3", True): 1822, ("compliance-level-3", False): 1453}

SECONDS = 20
"""Of one core, for all of it."""


@pytest.fixture(scope="module")
def run() -> tuple[TckRun, float]:
    folder = suite()
    began = time.process_time()
    return run_kit(folder), time.process_time() - began


def test_every_case_of_the_suite_passes(run: tuple[TckRun, float]) -> None:
    outcomes = run[0].outcomes
    assert run[0].unread == ()
    assert [f"{each.file} {each.case}: {remark(each)}" for each in outcomes if each.state != "passed"] == []
    assert Counter((each.level, each.value_due) for each in outcomes) == CASES


def test_the_suite_takes_less_than_said(run: tuple[TckRun, float]) -> None:
    assert run[1] < SECONDS
