"""Tables over record batches: beside numpy's own gather over codes, and a Polars when/then chain.

`make bench` prints rows a second; answers are checked, the times never.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import pyarrow as pa

from dmn_dli.batch.evaluator import BatchEvaluator
from tests.batch.arrow import answer
from tests.bench.numpy_gather import COLUMNS, gather
from tests.bench.tables_elsewhere import as_polars, polars
from tests.bench.tables_in_memory import (
    LARGE,
    WIDE,
    BenchColumn,
    BenchRule,
    as_chain,
    as_policy,
    random_facts,
    random_rules,
)
from tests.bench.timing import rates

pytestmark = pytest.mark.bench

ROWS = 65_536
_LACKING, _FEW = 0.1, 16_384

SIZES = [(COLUMNS, 12), (LARGE, 1_000), (WIDE, 1_500)]


@pytest.mark.parametrize(("columns", "count"), SIZES, ids=["12 x 7", "1,000 x 6", "1,500 x 15"])
def test_a_table_over_batches_beside_other_ways(columns: Sequence[BenchColumn], count: int) -> None:
    rules = random_rules(columns, count, 3)
    policy, chain = as_policy(columns, rules), as_chain(columns, rules)
    cases = random_facts(columns, ROWS, 4)
    plain = pa.RecordBatch.from_pylist(cases)
    encoded = pa.RecordBatch.from_arrays(
        [each.dictionary_encode() if each.type == pa.string() else each for each in plain.columns],
        plain.schema.names,
    )
    evaluator = BatchEvaluator(policy.kernel, ["determination"])
    answers = [{"determination": chain(each)} for each in cases]
    assert evaluator.evaluate(encoded).to_pylist() == answers
    works: dict[str, Callable[[], Any]] = {
        "ours, dictionaries": lambda: evaluator.evaluate(encoded),
        "ours, plain texts": lambda: evaluator.evaluate(plain),
    }
    if not any(each.upto for each in columns):
        works["numpy's gather"] = gather(columns, cases)
    found = rates(works, ROWS, 9)
    if count < 100:  # a thousand chained conditions take Polars half a minute a batch
        batches = {"dictionaries": encoded, "plain texts": plain}
        found |= rates(_in_polars(columns, rules, batches, answers), ROWS)
    each = ", ".join(f"{name} {rate:.3g}" for name, rate in found.items())
    print(f"\n{count} x {len(columns)}, million rows/s: {each}")
    for name in ("numpy's gather", "Polars, dictionaries"):
        if name in found:
            print(f"  ours (dictionaries) / {name}: {found['ours, dictionaries'] / found[name]:.3g}")


@pytest.mark.parametrize(("columns", "count"), SIZES[1:], ids=["1,000 x 6", "1,500 x 15"])
def test_a_table_without_a_diagram_on_rows_that_lack_facts(
    columns: Sequence[BenchColumn], count: int
) -> None:
    policy = as_policy(columns, random_rules(columns, count, 3))
    chance = random.Random(5)
    first, second = (
        pa.RecordBatch.from_pylist(
            [
                {name: None if chance.random() < _LACKING else value for name, value in case.items()}
                for case in random_facts(columns, _FEW, seed)
            ]
        )
        for seed in (6, 7)
    )
    wanted = ["determination", "possible_determinations", "missing_facts"]
    evaluator = BatchEvaluator(policy.kernel, wanted)
    got = evaluator.evaluate(first).slice(0, 100).to_pylist()
    for facts, each in zip(first.slice(0, 100).to_pylist(), got, strict=True):
        want = answer(policy.kernel, facts)
        assert each == {column: want[column] for column in wanted}
    rate = rates({"": lambda: evaluator.evaluate(second)}, _FEW, 1)[""] * 1e6
    print(
        f"\n{count} x {len(columns)}, a tenth unknown, rows/s of a batch that was not met before: {rate:,.0f}"
    )


def _in_polars(
    columns: Sequence[BenchColumn], rules: Sequence[BenchRule], batches: dict[str, Any], answers: list[Any]
) -> dict[str, Callable[[], Any]]:
    """The chain over frames made of the batches, by a name of each; none where Polars is not there."""
    try:
        pl = polars()
    except ImportError:
        print("\nPolars is left out: it comes with the extra bench")
        return {}
    expression = as_polars(columns, rules).alias("determination")
    frames = {name: pl.DataFrame(pa.Table.from_batches([batch])) for name, batch in batches.items()}
    for frame in frames.values():
        assert frame.select(expression).to_dicts() == answers
    return {f"Polars, {name}": partial(frame.select, expression) for name, frame in frames.items()}
