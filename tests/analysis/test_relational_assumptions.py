"""What is proven of tables beside assumptions over several facts."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.proof import Proof
from dmn_dli.tables.linked import LinkedPolicy
from tests.evaluate.relational import QUARTERS
from tests.linking.books import assuming, fact, linked, table
from tests.reference.policy import Oracle
from tests.reference.tables import fired_rules

AGE = "years and months duration(born, served)"


def ages(*conditions: str) -> LinkedPolicy:
    made = table("Age", "U", [f"IF {AGE}", "THEN Age"], None, ['[@"P0Y"..@"P18Y")', "child"],
                 ['>= @"P18Y"', "adult"])  # fmt: skip
    return assuming(linked([fact("born", "date"), fact("served", "date")], made), *conditions)


def decline(*rows: Any) -> LinkedPolicy:
    made = table("D", "U", ["IF baseline", "IF current", "THEN D"], None, ["<= 100", "-", "y"], *rows)
    facts = [fact("baseline", "number", "[1..200]"), fact("current", "number", "[1..200]")]
    return assuming(linked(facts, made), "current >= 0.2 * baseline")


def proof(policy: LinkedPolicy) -> Proof:
    assert not [finding.text for finding in policy.findings if finding.is_error]
    (found,) = analyse(policy).proofs
    return found


def test_an_age_below_0_is_no_gap_once_birth_is_assumed_before_service() -> None:
    assert proof(ages()).complete is False
    found = proof(ages("born <= served"))
    assert (found.complete, found.overlap_free) == (True, True)


def test_a_gap_between_facts_is_shown_by_a_case_that_fulfils_the_assumption() -> None:
    assert proof(decline(["> 100", "> 20", "x"])).complete is True
    (gap,) = proof(decline(["> 100", "> 20.5", "x"])).gaps
    assert gap.certain
    assert gap.witness["baseline"] <= 5 * gap.witness["current"] <= 102.5


def test_a_gap_beside_an_assumption_over_other_facts_is_certain() -> None:
    made = table("D", "U", ["IF colour", "THEN D"], None, ["red", "x"])
    facts = [fact("colour", "string", "red, green"), fact("born", "date"), fact("served", "date")]
    (gap,) = proof(assuming(linked(facts, made), "born <= served")).gaps
    assert gap.certain
    assert gap.witness["colour"] == "green"


def test_a_rule_that_an_assumption_over_two_facts_rules_out_is_found() -> None:
    found = analyse(decline(["> 100", "[20..200]", "y"], ["> 100", "< 20", "x"]))
    assert [each.text for each in found.findings if 'No case leads to the rule "R-3"' in each.text]


def test_assumptions_that_contradict_each_other_leave_nothing_to_prove() -> None:
    found = proof(ages("born <= served", "served < born"))
    assert (found.complete, found.reason) == (None, "the assumptions rule out every case")


_CONDITIONS = ("a >= b", "a - b < 1", "a + b > 2", "b <= 2 * a", "a * b < 4", "abs(a - b) <= 1", "a != b")
_CLAUSES = ("a", "b", "a - b", "a + b")
_HALVES = (("< 1", ">= 1"), ("<= 2", "> 2"), ("0", "not(0)"), ("[1..2)", "< 1, >= 2"))


def judged(chance: Random) -> Counter[str]:
    """What is said of a random table; a verdict that quarters of its facts refute fails the test."""
    chosen = chance.sample(_CLAUSES, 2)
    parts = [chance.choice(_HALVES) for _ in chosen]
    rows = [[*cells, "x"] for cells in product(*parts)]
    rows.pop(chance.randrange(len(rows)))
    if chance.random() < 0.3:
        rows.append(["> 2.5", "-", "x"])
    facts = [fact(name, "number", "[0..3]") for name in "ab"]
    made = table("D", "U", [*[f"IF {clause}" for clause in chosen], "THEN D"], None, *rows)
    conditions = chance.sample(_CONDITIONS, chance.choice((1, 1, 2)))
    policy = assuming(linked(facts, made), *conditions)
    found, oracle = proof(policy), Oracle(policy)

    def firing(case: dict[str, Any]) -> int | None:
        scope = {name: Decimal(str(case.get(name, 0))) for name in "ab"}
        if any(holds(scope) is False for holds in oracle.conditions):
            return None
        return len(fired_rules(oracle.final, scope))

    fired = {firing({"a": a, "b": b}) for a, b in product(QUARTERS, QUARTERS)} - {None}
    told = (chosen, rows, conditions)
    assert not (found.complete and 0 in fired), told
    assert not (found.overlap_free and any(each is not None and each > 1 for each in fired)), told
    assert all(firing(gap.witness) == 0 for gap in found.gaps if gap.certain), told
    return Counter(
        tables=1,
        unknown=found.complete is None or found.overlap_free is None,
        complete=found.complete is True,
        gaps=found.complete is False,
    )


def counted(number: int) -> Counter[str]:
    chance = Random(5)
    return sum((judged(chance) for _ in range(number)), Counter())


def test_verdicts_beside_assumptions_are_as_quarters_say() -> None:
    found = counted(20)
    assert found["complete"], found
    assert found["gaps"], found
    assert found["unknown"] <= 2, found


@pytest.mark.slow
def test_verdicts_beside_assumptions_are_as_quarters_say_at_length() -> None:
    found = counted(400)
    assert found["unknown"] <= 0.03 * found["tables"], found
