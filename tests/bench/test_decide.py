"""One case in process: `policy.decide` beside an engineer's if/elif chain, and the compiled module.

`make bench` prints the ratios; the answers are checked, the times never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dmn_dli.policy import Policy
from dmn_dli.source.module import NotCompilable, module_source
from tests.bench.tables_in_memory import (
    BenchColumn,
    as_chain,
    as_policy,
    random_facts,
    random_rules,
)
from tests.bench.timing import microseconds
from tests.source.modules import imported

pytestmark = pytest.mark.bench

SMALL = (
    BenchColumn("service", ("infusion", "boost", "car", "other")),
    BenchColumn("transplant", ("allogeneic", "autologous", "none")),
    BenchColumn("malignancy", ("hematologic", "nonhematologic", "none")),
    BenchColumn("status", ("relapsed", "refractory", "persistent", "remission")),
    BenchColumn("prevent", (False, True)),
    BenchColumn("convert", (False, True)),
    BenchColumn("chimerism", upto=100),
)
LARGE = (
    BenchColumn("region", tuple(f"region {number}" for number in range(12))),
    BenchColumn("product", tuple(f"product {number}" for number in range(20))),
    BenchColumn("tier", ("gold", "silver", "bronze")),
    BenchColumn("member", (False, True)),
    BenchColumn("age", upto=120),
    BenchColumn("amount", upto=5_000),
)


@pytest.mark.parametrize("number", [int, Decimal])
@pytest.mark.parametrize(
    ("columns", "count"),
    [(SMALL, 12), (LARGE, 1_000)],
    ids=["12 rules x 7 inputs", "1,000 rules x 6 inputs"],
)
def test_decide_answers_as_the_chain_does_and_the_ratios_are_printed(
    columns: Sequence[BenchColumn], count: int, number: Callable[[int], Any], tmp_path: Path
) -> None:
    rules = random_rules(columns, count, seed=1)
    policy, chain = as_policy(columns, rules), as_chain(columns, rules)
    ours = partial(policy.decide, "Result")
    module = _module(policy, tmp_path / "compiled.py")
    repeated, distinct = (
        [_with_numbers(columns, case, number) for case in random_facts(columns, many, seed=seed)]
        for many, seed in ((2_000, 2), (20_000, 3))
    )
    ways: dict[str, Callable[[dict[str, Any]], Any]] = {"decide": ours, "chain": chain}
    if module is not None:
        ways["module"] = lambda case: module(**case).value
    for way in ways.values():
        assert [way(case) for case in repeated] == [chain(case) for case in repeated]
    again = {name: microseconds(way, repeated, rounds=21) for name, way in ways.items()}
    once = {name: microseconds(way, distinct, rounds=1) for name, way in ways.items()}
    print(f"\n{count} rules x {len(columns)} inputs, numbers as {number.__name__}")
    for title, taken in (("repeated cases", again), ("cases met once", once)):
        each = ", ".join(f"{name} {time:.2f} µs" for name, time in taken.items())
        print(f"  {title}: {each}, decide / chain {taken['decide'] / taken['chain']:.3f}")


def _module(policy: Policy, path: Path) -> Callable[..., Any] | None:
    """The table's function in the policy's compiled module; None where the policy cannot be compiled."""
    try:
        path.write_text(module_source(policy.kernel), encoding="utf-8")
    except NotCompilable:
        return None
    function: Callable[..., Any] = imported(path).result
    return function


def _with_numbers(
    columns: Sequence[BenchColumn], case: dict[str, Any], number: Callable[[int], Any]
) -> dict[str, Any]:
    return case | {column.name: number(case[column.name]) for column in columns if column.upto}
