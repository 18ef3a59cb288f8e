"""Edits of the real workbooks: each that opens a gap or makes rules meet is found, and none is invented.

The judge tries every combination of the facts behind an edited table, upstream tables evaluated one by one.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import prod
from typing import Any

import pytest
from attrs import frozen

from dmn_dli.analysis.check import Analysis, analyse
from dmn_dli.analysis.findings import conflict, gap, overlap
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import FactSource, LinkedPolicy, LinkedTable
from tests.analysis.mutants import mutant, real_policies
from tests.reference.policy import known_as
from tests.reference.tables import Answer, answer_of, fired_rules, unary_tests
from tests.reference.values import literals, values_of

_MOST_CASES = 100_000


@frozen
class Verdict:
    """What trying every case says of a table; agreed: no two rules that meet have different results."""

    complete: bool
    overlap_free: bool
    agreed: bool


class Judge:
    """Tries every case of one policy."""

    def __init__(self, policy: LinkedPolicy) -> None:
        self.policy = policy
        self.points = literals(policy)
        self._known: dict[tuple[Any, ...], tuple[frozenset[int], Answer]] = {}

    def verdict(self, name: str) -> Verdict | None:
        """The verdict on a table; None where there are too many cases to try."""
        tables = [table for table in self.policy.decisions if table.name in self.policy.requires(name)]
        domains = self._domains(tables)
        if prod(map(len, domains.values())) > _MOST_CASES:
            return None
        met = set(map(self._fired(name, tables, list(domains)), product(*domains.values()))) - {None}
        table = self.policy.by_name[name]
        results = [
            {repr([output.entries[rule] for output in table.outputs]) for rule in fired} for fired in met
        ]
        return Verdict(
            complete=frozenset() not in met,
            overlap_free=all(len(fired) < 2 for fired in met),
            agreed=all(len(each) < 2 for each in results),
        )

    def _domains(self, tables: list[LinkedTable]) -> dict[str, list[Any]]:
        """For each fact behind the tables one value of each kind that some cell tells from the others."""
        tests: dict[str, list[Any]] = {}
        for table in tables:
            for column in table.columns:
                if isinstance(column.source, FactSource):
                    functions = [unary_tests(test) for test in column.tests]
                    tests.setdefault(column.source.fact.name, []).extend(functions)
        found = {}
        for name, functions in tests.items():
            kinds: dict[tuple[bool, ...], Any] = {}
            for value in values_of(self.policy.dictionary.by_name[name], self.points):
                kinds.setdefault(tuple(function(value, {}) is True for function in functions), value)
            found[name] = list(kinds.values())
        return found

    def _fired(self, name: str, tables: list[LinkedTable], facts: list[str]) -> Any:
        reads = [(table, tuple(sorted(table.reads))) for table in tables]

        def fired(values: tuple[Any, ...]) -> frozenset[int] | None:
            scope = dict(zip(facts, values, strict=True))
            for table, names in reads:
                if any(each not in scope for each in names):
                    continue  # a required decision had no value
                rules, answer = self._answer(table, names, scope)
                if table.name == name:
                    return None if answer.trouble[:1] == ("arrival",) else rules
                if not answer.trouble:
                    scope |= known_as(table, answer.value)
            return None

        return fired

    def _answer(
        self, table: LinkedTable, names: tuple[str, ...], scope: dict[str, Any]
    ) -> tuple[frozenset[int], Answer]:
        key = (table.name, *[repr(scope[name]) for name in names])
        if key not in self._known:
            self._known[key] = frozenset(fired_rules(table, scope)), answer_of(table, scope)
        return self._known[key]


def agrees(seed: int) -> str:
    """Analyse a mutant and have it judged; what kind of edit it was, "" where there was none to judge."""
    made = mutant(seed)
    if made is None:
        return ""
    what, name, policy = made
    judge = Judge(policy)
    verdict = judge.verdict(name)
    if verdict is None:
        return ""
    found = analyse(policy)
    proof = next(each for each in found.proofs if each.decision == name)
    assert proof.complete is verdict.complete, (seed, name, what)
    assert proof.overlap_free is verdict.overlap_free, (seed, name, what)
    hit_policy = policy.by_name[name].hit_policy
    told = _told(found, name)
    assert (gap.CODE.code in told) is (hit_policy.one_answer and not verdict.complete), (seed, name, what)
    unique, any_ = hit_policy is HitPolicy.UNIQUE, hit_policy is HitPolicy.ANY
    assert (overlap.CODE.code in told) is (unique and not verdict.overlap_free), (seed, name, what)
    assert (conflict.CODE.code in told) is (any_ and not verdict.agreed), (seed, name, what)
    return f"gap {not verdict.complete}, overlap {not verdict.overlap_free}"


def _told(found: Analysis, name: str) -> set[str]:
    return {finding.code.code for finding in found.findings if finding.decision == name}


def judged(first: int, wanted: int) -> Counter[str]:
    """The kinds of the first `wanted` mutants, from a seed on, that change a table and can be judged."""
    kinds: Counter[str] = Counter()
    seed = first
    while kinds.total() < wanted:
        kind = agrees(seed)
        if kind:
            kinds[kind] += 1
        seed += 1
    return kinds


def test_no_edit_of_a_real_workbook_that_matters_is_missed_and_none_is_invented() -> None:
    kinds = judged(0, 30)
    assert len(kinds) == 4, "gaps and overlaps, opened and not, are all among the edits"


@pytest.mark.slow
def test_no_edit_that_matters_is_missed_at_length() -> None:
    judged(100_000, 2_000)


def test_the_judge_finds_the_real_workbooks_as_proven() -> None:
    for policy in real_policies():
        judge = Judge(policy)
        for proof in analyse(policy).proofs:
            verdict = judge.verdict(proof.decision)
            if verdict is not None:
                assert (proof.complete, proof.overlap_free) == (verdict.complete, verdict.overlap_free)
