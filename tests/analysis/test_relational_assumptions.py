"""What is proven of tables beside assumptions over several facts."""

from __future__ import annotations

from typing import Any

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.proof import Proof
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import assuming, fact, linked, table

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
