"""Thousands of rules: the proof ends, and costs about as much for each rule as that of a small table."""

from __future__ import annotations

from dmn_dli.analysis.check import analyse
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.linking.link import link
from dmn_dli.tables.linked import LinkedPolicy
from tests.excel.build import Rows, make_workbook

FACTS: Rows = [
    ["fact", "label", "type", "allowed values", "nullable"],
    ["age", "Age", "integer", "[0..1000000]", "No"],
]
MANY = 2_000


def _linked(hit_policy: str, rules: Rows) -> LinkedPolicy:
    table: Rows = [
        ["Grade", "Which?"],
        [hit_policy, "IF", "THEN"],
        ["Rule", "Age", "Result"],
        ["values", None, None],
        *rules,
    ]
    sheets = {"Policy": [["Field", "Value"], ["Final decision", "Grade"]], "Grade": table, "Facts": FACTS}
    workbook = read_workbook_bytes(make_workbook(sheets), "a.xlsx", "a.xlsx")
    assert workbook.dictionary is not None
    linked = link(workbook, workbook.dictionary)
    assert not [finding for finding in linked.findings if finding.is_error]
    return linked


def test_a_value_a_rule_is_proven_for_thousands_of_rules() -> None:
    """Most have the same result, so that whether they could be one is asked of all together."""
    rules: Rows = [
        *([f"R{each}", str(each), f"result {each % 7}"] for each in range(MANY)),
        ["last", f">= {MANY}", "beyond"],
    ]
    linked = _linked("U", rules)
    (proof,) = analyse(linked).proofs
    assert (proof.complete, proof.overlap_free) == (True, True)
    assert len(compile_policy(build(linked)).policy.decisions[0].rules) == MANY + 1


def test_thousands_of_rules_that_all_meet_are_told_and_not_listed() -> None:
    linked = _linked("U", [[f"R{each}", f">= {each}", "given"] for each in range(MANY)])
    analysis = analyse(linked)
    assert analysis.proofs[0].overlap_free is False
    assert "DT511" in {finding.code.code for finding in analysis.findings}
    outcomes = compile_policy(build(linked)).policy.decisions[0].outcomes
    assert max(len(outcome.rules) for outcome in outcomes) == 2
