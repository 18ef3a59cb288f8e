"""Workbooks of a hundred independent items and of hundreds of tables: what is said is exact and proven.

`make bench` prints times and memory; what is said is checked, the times never.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.policy import Policy
from tests.bench.large_workbooks import Large, at_least, chain, documents, exclusions, random_policy, score
from tests.bench.timing import microseconds

pytestmark = pytest.mark.bench

WORKBOOKS = (exclusions, score, at_least, documents, chain)


def _loaded(large: Large) -> Policy:
    """The workbook linked, built and compiled."""
    return Policy(PolicyKernel(compile_policy(build(large.linked()))))


def _measured(make: Callable[[], Any]) -> tuple[float, float]:
    """Seconds, and the peak of memory in MB; each in a run of its own, since counting takes time."""
    start = perf_counter()
    make()
    seconds = perf_counter() - start
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


@pytest.mark.parametrize("make", WORKBOOKS, ids=lambda make: make.__name__)
def test_what_is_said_of_a_large_workbook_is_exact(make: Callable[[], Large]) -> None:
    large = make()
    load, memory = _measured(lambda: _loaded(large).evaluate({}))
    policy = _loaded(large)
    nothing = microseconds(policy.evaluate, [{}], rounds=3) / 1000
    inexact = []
    for case in large.cases:
        answer = policy.evaluate(case.facts)
        said = answer.possible_determinations, frozenset(answer.missing_facts)
        if said != (case.possible, case.missing) or _guessed(answer.notes):
            inexact.append((len(case.facts), answer.possible_determinations, len(answer.missing_facts)))
    print(
        f"\n{make.__name__}: loaded in {load:.2f} s with {memory:.0f} MB; nothing known {nothing:.1f} ms; "
        f"exact in {len(large.cases) - len(inexact)} of {len(large.cases)} cases"
    )
    assert inexact == []


@pytest.mark.parametrize("make", WORKBOOKS, ids=lambda make: make.__name__)
def test_a_large_workbook_is_proven(make: Callable[[], Large]) -> None:
    policy = make().linked()
    start = perf_counter()
    proofs = analyse(policy).proofs
    print(f"\n{make.__name__}: proven in {perf_counter() - start:.2f} s")
    unknown = {each.decision: each.reason for each in proofs if None in (each.complete, each.overlap_free)}
    assert unknown == {}
    assert all(each.complete for each in proofs if policy.by_name[each.decision].hit_policy.one_answer)


def test_random_policies_of_sixty_tables_are_exact_or_say_that_they_are_not() -> None:
    """100 policies over 500 facts of which 300 are unknown: at least 95 are exact, the others have a note."""
    loads, cases, exact = [], [], 0
    for seed in range(100):
        large = random_policy(seed)
        start = perf_counter()
        policy = _loaded(large)
        loads.append(perf_counter() - start)
        facts = large.cases[0].facts
        answer = policy.evaluate(facts)
        cases.append(microseconds(policy.evaluate, [facts], rounds=1) / 1000)
        exact += not _guessed(answer.notes)
    print(
        f"\n100 policies of 60 tables: {exact} exact; loaded in {sum(loads) / 100:.2f} s, at most "
        f"{max(loads):.2f} s; 300 of 500 facts unknown {sum(cases) / 100:.1f} ms, at most {max(cases):.1f} ms"
    )
    assert exact >= 95


def _guessed(notes: tuple[str, ...]) -> bool:
    """Whether a note says that something cannot be analysed: then what is said is only never too narrow."""
    return any("analysed" in note for note in notes)
