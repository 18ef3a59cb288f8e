"""One case in process: `policy.decide` beside an if/elif chain, the compiled module and zen-engine.

`make bench` prints the ratios; the answers are checked, the times never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dmn_dli.policy import Policy
from dmn_dli.source.module import NotCompilable, module_source
from tests.bench.tables_elsewhere import as_zen
from tests.bench.tables_in_memory import (
    LARGE,
    SMALL,
    BenchColumn,
    as_chain,
    as_policy,
    random_facts,
    random_rules,
)
from tests.bench.timing import microseconds_in_loops
from tests.source.modules import imported

pytestmark = pytest.mark.bench

TABLES = [(SMALL, 12), (LARGE, 1_000)]
NAMES = ["12 rules x 7 inputs", "1,000 rules x 6 inputs"]


@pytest.mark.parametrize("number", [int, Decimal])
@pytest.mark.parametrize(("columns", "count"), TABLES, ids=NAMES)
def test_decide_answers_as_the_chain_does_and_the_ratios_are_printed(
    columns: Sequence[BenchColumn], count: int, number: Callable[[int], Any], tmp_path: Path
) -> None:
    rules = random_rules(columns, count, seed=1)
    policy, chain = as_policy(columns, rules), as_chain(columns, rules)
    repeated, distinct = (
        [_with_numbers(columns, case, number) for case in random_facts(columns, many, seed=seed)]
        for many, seed in ((2_000, 2), (20_000, 3))
    )
    assert [policy.decide("Result", case) for case in repeated] == [chain(case) for case in repeated]

    def by_decide(cases: Sequence[Any]) -> None:
        for case in cases:
            policy.decide("Result", case)

    def by_chain(cases: Sequence[Any]) -> None:
        for case in cases:
            chain(case)

    loops = {"decide": by_decide, "chain": by_chain}
    module = _module(policy, tmp_path / "compiled.py")
    if module is not None:
        assert [module(**case).value for case in repeated[:200]] == [chain(each) for each in repeated[:200]]

        def by_module(cases: Sequence[Any]) -> None:
            for case in cases:
                module(**case)

        loops["compiled module"] = by_module
    again = microseconds_in_loops(loops, repeated)
    once = microseconds_in_loops(loops, distinct, rounds=1)
    print(f"\n{count} rules x {len(columns)} inputs, numbers as {number.__name__}")
    for title, taken in (("repeated cases", again), ("cases met once", once)):
        each = ", ".join(f"{name} {time:.2f} µs" for name, time in taken.items())
        print(f"  {title}: {each}; decide / chain {taken['decide'] / taken['chain']:.3f}")


@pytest.mark.parametrize(("columns", "count"), TABLES, ids=NAMES)
def test_zen_engine_beside_decide(columns: Sequence[BenchColumn], count: int) -> None:
    zen = pytest.importorskip("zen", reason="zen-engine comes with the extra bench")
    rules = random_rules(columns, count, seed=1)
    policy = as_policy(columns, rules)
    model = zen.ZenEngine().create_decision(as_zen(columns, rules))
    cases = random_facts(columns, 500, seed=2)
    answers = [policy.decide("Result", case) for case in cases]
    assert [model.evaluate(case)["result"]["result"] for case in cases] == answers

    def by_decide(cases: Sequence[Any]) -> None:
        for case in cases:
            policy.decide("Result", case)

    def by_evaluate(cases: Sequence[Any]) -> None:
        for case in cases:
            policy.evaluate(case)

    def by_zen(cases: Sequence[Any]) -> None:
        for case in cases:
            model.evaluate(case)

    loops = {"decide": by_decide, "evaluate": by_evaluate, "zen-engine": by_zen}
    taken = microseconds_in_loops(loops, cases, rounds=5)
    each = ", ".join(f"{name} {time:.2f} µs" for name, time in taken.items())
    print(f"\n{count} rules x {len(columns)} inputs: {each}")


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
