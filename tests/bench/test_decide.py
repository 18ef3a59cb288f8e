"""One case in process: `policy.decide` beside the if/elif chain that an engineer would write.

`make bench` prints the ratios; the answers are checked, the times never.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.bench.tables_in_memory import (
    BenchColumn,
    as_chain,
    as_policy,
    random_facts,
    random_rules,
)
from tests.bench.timing import microseconds

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


@pytest.mark.parametrize(
    ("columns", "count"),
    [(SMALL, 12), (LARGE, 1_000)],
    ids=["12 rules x 7 inputs", "1,000 rules x 6 inputs"],
)
def test_decide_answers_as_the_chain_does_and_the_ratio_is_printed(
    columns: Sequence[BenchColumn], count: int
) -> None:
    rules = random_rules(columns, count, seed=1)
    policy, chain = as_policy(columns, rules), as_chain(columns, rules)
    cases = random_facts(columns, 2_000, seed=2)
    assert [policy.decide("Result", case) for case in cases] == [chain(case) for case in cases]
    ours = microseconds(lambda case: policy.decide("Result", case), cases)
    theirs = microseconds(chain, cases)
    print(
        f"\n{count} rules x {len(columns)} inputs: decide {ours:.2f} µs, chain {theirs:.2f} µs, "
        f"ratio {ours / theirs:.2f}"
    )
