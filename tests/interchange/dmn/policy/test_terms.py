"""A model has neither cells nor rows: what is found in its tables is said in DMN's terms."""

from __future__ import annotations

import re

from dmn_dli.analysis.check import analyse
from dmn_dli.model.finding import Finding
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, model, policy

_SHEET = re.compile(r"\b[A-Z]\d+\b|\brows? \d")


def _found(rules: list[list[str]], hit_policy: str) -> dict[str, list[Finding]]:
    table = cut("", rules, hit_policy, ["Age"])
    linked = policy(model(given("Age", "number") + decision("Group", table, arrow("Age"))))
    found: dict[str, list[Finding]] = {}
    for finding in analyse(linked).findings:
        found.setdefault(finding.code.code, []).append(finding)
    assert not [each.text for told in found.values() for each in told if _SHEET.search(each.text)]
    return found


def test_rules_that_meet_are_named_and_the_hit_policy_is_chosen() -> None:
    (other, *_) = _found([["< 18", '"child"'], ["< 20", '"youth"'], [">= 20", '"adult"']], "UNIQUE")["DT511"]
    assert 'The rules "1" and "2" both answer' in other.message
    assert other.remedy.endswith("or choose hit policy F, if the upper rule is to decide.")
    (same, *_) = _found([["< 18", '"child"'], ["< 20", '"child"'], [">= 20", '"adult"']], "UNIQUE")["DT511"]
    assert "or choose hit policy A, since their results are the same." in same.remedy


def test_a_missing_rule_is_asked_for_by_its_clauses() -> None:
    (gap,) = _found([["< 18", '"child"'], ["> 18", '"adult"']], "UNIQUE")["DT510"]
    assert gap.remedy.startswith('Add a rule: 18 for "Age", with what should follow; ')


def test_rules_that_could_be_one_are_named() -> None:
    rules = [["< 18", '"child"'], ["[18..20)", '"adult"'], [">= 20", '"adult"']]
    (found,) = _found(rules, "UNIQUE")["DT520"]
    assert found.remedy == 'Write >= 18 for "Age" in rule "2", and delete rule "3".'


def test_a_policy_that_could_be_unique_is_told_so() -> None:
    (found,) = _found([["< 18", '"child"'], [">= 18", '"adult"']], "FIRST")["DT524"]
    assert found.remedy.startswith("Choose hit policy U: ")
