"""Two versions of a table of 1,500 rules and seven inputs: what ten edits change.

`make bench` prints the time; the answers are checked, the times never.
"""

from __future__ import annotations

import random
from time import process_time

import pytest

from dmn_dli.analysis.gaps import Budget
from dmn_dli.diff.common_facts import common_facts
from dmn_dli.diff.large_tables import LargeTables, Part
from dmn_dli.feel import from_python
from dmn_dli.tables.logic import TableLogic
from tests.bench.tables_in_memory import (
    BenchColumn,
    BenchRule,
    as_chain,
    as_policy,
    random_facts,
    random_rules,
)

pytestmark = pytest.mark.bench

COLUMNS = (
    BenchColumn("region", tuple(f"region {number}" for number in range(12))),
    BenchColumn("product", tuple(f"product {number}" for number in range(20))),
    BenchColumn("tier", ("gold", "silver", "bronze")),
    BenchColumn("channel", ("web", "shop", "phone", "mail")),
    BenchColumn("member", (False, True)),
    BenchColumn("age", upto=120),
    BenchColumn("amount", upto=5_000),
)
RULES = 1_500
EDITS = 10


def edited(rules: list[BenchRule], seed: int) -> list[BenchRule]:
    """The rules with some outputs changed, some rules gone, some conditions dropped."""
    chance = random.Random(seed)
    found = list(rules)
    for number in sorted(chance.sample(range(len(rules) - 1), EDITS), reverse=True):
        rule = found[number]
        match chance.randrange(3):
            case 0:
                found[number] = BenchRule(rule.tests, "another outcome")
            case 1:
                del found[number]
            case _:
                found[number] = BenchRule((None, *rule.tests[1:]), rule.output)
    return found


def test_the_difference_of_two_large_tables_is_what_chains_show_and_the_time_is_printed() -> None:
    rules = random_rules(COLUMNS, RULES, seed=3)
    changed = edited(rules, seed=4)
    old, new = (as_policy(COLUMNS, each).linked for each in (rules, changed))
    start = process_time()
    common = common_facts(old, new)
    logics = [TableLogic(each.by_name["Result"]) for each in (old, new)]
    tables = LargeTables(logics[0], logics[1], common.domains)
    assert tables.grid
    indexed = process_time()
    parts = list(tables.parts(Budget()))
    found = process_time()
    size = f"{RULES} rules x {len(COLUMNS)} inputs"
    print(
        f"\ntwo tables of {size}, {EDITS} edits: index {(indexed - start) * 1e3:.0f} ms, "
        f"search {(found - indexed) * 1e3:.0f} ms, {len(parts)} parts"
    )
    before, after = as_chain(COLUMNS, rules), as_chain(COLUMNS, changed)

    def inside(part: Part, case: dict[str, object]) -> bool:
        pairs = zip(part.box, common.domains.items(), strict=True)
        return all(atoms >> domain.locate(from_python(case[name])) & 1 for atoms, (name, domain) in pairs)

    differing = 0
    for case in random_facts(COLUMNS, 2_000, seed=5):
        around = [part for part in parts if inside(part, case)]
        assert len(around) <= 1
        told = (around[0].old.value, around[0].new.value) if around else None
        true = before(case), after(case)
        assert told == true if told else true[0] == true[1]
        differing += true[0] != true[1]
    assert differing
