"""Record batches: a small table beside numpy's own gather over the same codes, and a payer's policy.

`make bench` prints rows a second; answers are checked, the times never.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import numpy as np
import pyarrow as pa

from dmn_dli.batch.evaluator import BatchEvaluator
from tests import payers
from tests.batch.arrow import answer
from tests.bench.tables_in_memory import BenchColumn, as_policy, random_facts, random_rules

pytestmark = pytest.mark.bench

ROWS = 65_536
COLUMNS = [
    BenchColumn("service", ("a", "b", "c", "d", "e")),
    BenchColumn("setting", ("home", "office", "hospital")),
    BenchColumn("line", ("commercial", "medicare", "medicaid", "exchange")),
    BenchColumn("urgent", (True, False)),
    BenchColumn("status", ("new", "relapsed", "refractory")),
    BenchColumn("region", ("north", "south", "east", "west")),
    BenchColumn("tier", ("one", "two", "three")),
]
OF_STATES = ("determination", "rule", "citation", "possible_determinations", "missing_facts")


def rate(work: Callable[[], Any], rounds: int = 9) -> float:
    """Millions of rows a second in the best round."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return ROWS / best / 1e6


def test_a_small_table_beside_numpys_own_gather() -> None:
    policy = as_policy(COLUMNS, random_rules(COLUMNS, 12, 3))
    cases = random_facts(COLUMNS, ROWS, 4)
    plain = pa.RecordBatch.from_pylist(cases)
    arrays = [each if each.type == pa.bool_() else each.dictionary_encode() for each in plain.columns]
    encoded = pa.RecordBatch.from_arrays(arrays, plain.schema.names)
    evaluator = BatchEvaluator(policy.kernel, ["determination"])
    found = evaluator.evaluate(encoded).to_pylist()
    assert found[:500] == [{"determination": policy.evaluate(each).determination} for each in cases[:500]]
    codes = [np.array([each.values.index(case[each.name]) for case in cases], np.int8) for each in COLUMNS]
    sizes = [len(each.values) for each in COLUMNS]
    outcomes = np.zeros(int(np.prod(sizes)), np.int8)

    def gather() -> Any:
        places = codes[0].astype(np.int32)
        for size, column in zip(sizes[1:], codes[1:], strict=True):
            places *= size
            places += column
        return outcomes.take(places)

    own, texts, bare = (
        rate(lambda: evaluator.evaluate(encoded)),
        rate(lambda: evaluator.evaluate(plain)),
        rate(gather),
    )
    print(
        f"\n12 × 7, million rows/s: {own:.1f} dictionary-encoded, {texts:.1f} plain text; "
        f"numpy's gather {bare:.0f}; ours is {own / bare:.2f} of it"
    )


def _random_claims(name: str, unknown: float) -> tuple[Any, Sequence[dict[str, Any]]]:
    chance = random.Random(6)
    facts = payers.kernel(name).case_reader.facts
    values: dict[str, Sequence[Any]] = {
        each.name: ["2026-06-01"] if each.type == "date" else [0, 1, 2, 3, 4] if each.slots else each.values
        for each in facts.values()
    }
    cases = [
        {
            name: chance.choice(each) if chance.random() >= unknown else None
            for name, each in values.items()
            if each
        }
        for _ in range(ROWS)
    ]
    return pa.RecordBatch.from_pylist(cases), cases


@pytest.mark.parametrize("name", payers.WORKBOOKS)
def test_a_payers_policy_on_random_claims(name: str) -> None:
    rates = []
    for unknown in (0.0, 0.1):
        plain, cases = _random_claims(name, unknown)
        evaluator = BatchEvaluator(payers.kernel(name), OF_STATES)
        arrays = [each.dictionary_encode() if each.type == pa.string() else each for each in plain.columns]
        batch = pa.RecordBatch.from_arrays(arrays, plain.schema.names)
        for facts, got in zip(cases[:200], evaluator.evaluate(batch).slice(0, 200).to_pylist(), strict=True):
            want = answer(evaluator.kernel, facts)
            assert got == {column: want[column] for column in OF_STATES}
        rates.append(rate(lambda at=evaluator, given=batch: at.evaluate(given), 5))  # type: ignore[misc]
    print(f"\n{name}, million rows/s: all known {rates[0]:.1f}, a tenth unknown {rates[1]:.2f}")
