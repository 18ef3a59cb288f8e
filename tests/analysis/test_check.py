"""What `analyse` says of whole policies."""

from __future__ import annotations

from typing import Any

import pytest

from dmn_dli.analysis.check import Analysis, analyse
from dmn_dli.analysis.findings import duplicate, mergeable, overlap, overlap_unknown
from dmn_dli.analysis.proof import Proof
from dmn_dli.model.finding import Severity
from dmn_dli.runtime.errors import TableError
from dmn_dli.tables.linked import LinkedPolicy
from tests.analysis.examples import NO, YES, made, rows
from tests.analysis.mutants import real_policies
from tests.bench.partition_trees import clauses
from tests.linking.books import assuming, fact, kernel, linked, table


def codes(found: Analysis) -> list[str]:
    return [finding.code.code for finding in found.findings]


def proof(policy: LinkedPolicy, decision: str = "Determination") -> Proof:
    return next(each for each in analyse(policy).proofs if each.decision == decision)


def test_the_payers_workbooks_are_proven_and_nothing_is_held_against_them() -> None:
    for policy in real_policies():
        found = analyse(policy)
        objected = {
            (finding.code.code, finding.decision)
            for finding in found.findings
            if finding.code.severity is not Severity.INFO
        }
        # The history of its codes is told for its own sake.
        assert objected <= {("DT608", "Code history")}
        assert len(found.findings) <= 5, "a clinician must not drown"
        for each in found.proofs:
            hit_policy = policy.by_name[each.decision].hit_policy
            assert None not in (each.complete, each.overlap_free)
            assert each.complete or not hit_policy.one_answer
            assert each.overlap_free or hit_policy.value != "U"


def test_the_same_policy_gives_the_same_findings_in_the_order_of_its_sheets() -> None:
    for policy in real_policies():
        found = analyse(policy)
        assert found == analyse(policy)
        assert [each.decision for each in found.proofs] == [each.name for each in policy.workbook.tables]


def test_what_upstream_tables_cannot_produce_is_no_gap() -> None:
    scope = table(
        "Scope", "U", ["IF service", "THEN Scope"], None, ("infusion", "in"), ("boost, other", "out")
    )
    headings = ["IF Scope", "IF service", "THEN Determination"]
    final = table("Determination", "U", headings, None, ("in", "infusion", YES), ("out", "boost, other", NO))
    assert proof(made(scope, final)) == Proof("Determination", complete=True, overlap_free=True)
    short = table("Determination", "U", headings, None, ("in", "infusion", YES), ("out", "boost", NO))
    gap = proof(made(scope, short)).gaps[0]
    assert gap.witness == {"service": "other"}
    assert gap.share == 1 / 3


def test_what_an_assumption_rules_out_is_no_gap_and_no_overlap() -> None:
    policy = rows("U", ("hematologic", "-", YES), ("-", ">= 2", NO), ("none", "< 2", NO))
    assert (proof(policy).complete, proof(policy).overlap_free) == (False, False)
    assumed = assuming(policy, 'malignancy != "nonhematologic"', 'malignancy = "none" or grade < 2')
    assert (proof(assumed).complete, proof(assumed).overlap_free) == (True, True)


def test_assumptions_that_no_case_fulfils_prove_nothing() -> None:
    policy = assuming(rows("U", ("hematologic", "-", YES)), "grade > 2", "grade < 2")
    found = proof(policy)
    assert (found.complete, found.overlap_free) == (None, None)
    assert codes(analyse(policy))[:2] == ["DT513", "DT514"]


def test_a_default_answers_where_no_rule_does() -> None:
    upstream = table("T", "U", ["IF malignancy", "THEN T"], [None, "a, b\ndefault: b"], ("hematologic", "a"))
    final = table("Determination", "U", ["IF T", "THEN Determination"], None, ("a", YES), ("b", NO))
    assert proof(made(upstream, final), "T").complete is True
    assert proof(made(upstream, final)).complete is True


def test_null_of_a_nullable_fact_must_be_answered_for() -> None:
    facts = [fact("dose", "number", "> 0", nullable=True)]
    short = linked(facts, table("T", "U", ["IF dose", "THEN T"], None, ("< 2", "a"), (">= 2", "b")))
    gap = proof(short, "T").gaps[0]
    assert (gap.words, gap.witness) == ((("Dose", "null"),), {"dose": None})
    whole = linked(facts, table("T", "U", ["IF dose", "THEN T"], None, ("< 2", "a"), (">= 2, null", "b")))
    assert proof(whole, "T").complete is True


def test_open_bounds_leave_single_points_open() -> None:
    facts = [fact("percent", "number", "[0..100]"), fact("age", "integer"), fact("day", "date")]

    def gaps(clause: str, *tests: str) -> list[Any]:
        rules = [(test, f"result {number}") for number, test in enumerate(tests)]
        policy = linked(facts, table("T", "U", [f"IF {clause}", "THEN T"], None, *rules))
        return [gap.cells[0] for gap in proof(policy, "T").gaps]

    assert gaps("percent", "[0..50)", "(50..100)") == ["50, 100"]
    assert gaps("percent", "< 50", ">= 50") == []
    assert gaps("age", "< 18", "> 18") == ["18"]
    assert gaps("age", "<= 17", ">= 18") == []
    assert gaps("day", "< 2025-01-01", "> 2025-01-31") == ["[2025-01-01..2025-01-31]"]


def test_text_without_a_list_leaves_any_other_text_open() -> None:
    policy = linked(
        [fact("remark")], table("T", "U", ["IF remark", "THEN T"], None, ('"a"', "1"), ('"b", "c"', "2"))
    )
    gap = proof(policy, "T").gaps[0]
    assert (gap.cells, gap.witness) == (('not("a", "b", "c")',), {"remark": "any other text"})


def test_text_compared_by_order_is_unknown_and_not_a_pass() -> None:
    policy = linked(
        [fact("remark")], table("T", "U", ["IF remark", "THEN T"], None, ('< "m"', "1"), ('>= "m"', "2"))
    )
    assert proof(policy, "T").complete is not False
    found = linked(
        [fact("remark")], table("T", "U", ["IF remark", "THEN T"], None, ('< "m"', "1"), ('< "z"', "2"))
    )
    shown = proof(found, "T")
    assert (shown.complete, shown.overlap_free) == (False, False)
    assert shown.gaps[0].witness["remark"] >= "z"
    assert shown.overlaps[0].witness["remark"] < "m"


def test_a_result_that_may_be_anything_is_no_proof_for_the_tables_that_read_it() -> None:
    upstream = table("T", "F", ["IF weight", "THEN T"], [None, "expression"], ("-", "weight + 1"))
    final = table(
        "Determination", "A", ["IF T", "IF prevent", "THEN Determination"], None, ("-", "true", YES)
    )
    assert proof(made(upstream, final)).complete is False


def test_a_table_without_conditions_has_one_case() -> None:
    policy = made(table("Determination", "U", ["THEN Determination"], None, ("R-1", YES)))
    assert (proof(policy).complete, proof(policy).overlap_free) == (True, True)
    twice = made(table("Determination", "U", ["THEN Determination"], None, ("R-1", YES), ("R-2", NO)))
    assert proof(twice).overlap_free is False


def test_retired_rules_answer_nothing() -> None:
    headings = ["IF prevent", "THEN Determination", "NOTE Status"]
    final = table("Determination", "U", headings, None, ("true", YES, None), ("false", NO, "retired"))
    (finding,) = [each for each in analyse(made(final)).findings if each.code.code == "DT510"]
    assert finding.cell == "A7", "the first row below all rules, the retired ones included"
    assert finding.witness == {"prevent": False}


def test_lists_and_sums_may_stay_silent_and_may_repeat() -> None:
    for hit_policy in ("R", "C", "C#"):
        notes = table("Notes", hit_policy, ["IF prevent", "THEN Notes"], None, ("true", "a"), ("true", "b"))
        final = table(
            "Determination", "U", ["IF prevent", "THEN Determination"], None, ("true", YES), ("false", NO)
        )
        found = analyse(made(notes, final, final="Determination"))
        assert codes(found) == []
        assert (found.proofs[0].complete, found.proofs[0].overlap_free) == (False, False)


def test_many_gaps_are_told_in_part_and_counted() -> None:
    headings = ["IF percent", "IF weight", "THEN Determination"]
    odd = [(f"[{5 * row}..{5 * row + 5})", f"not({row})", "x") for row in range(20)]
    found = analyse(made(table("Determination", "F", headings, None, *odd)))
    gaps = [each for each in found.findings if each.code.code == "DT510"]
    assert len(gaps) == 10
    assert f"There are {found.proofs[0].gap_count - 10} more gaps" in gaps[-1].message


def test_a_hard_table_comes_to_an_end() -> None:
    table_ = clauses(40, 170, seed=2)
    word = {0b11: "-", 0b01: "false", 0b10: "true"}
    facts = [fact(f"f{number}", "boolean") for number in range(40)]
    rules = [(*(word[classes] for classes in box), f"result {at}") for at, box in enumerate(table_.rules)]
    headings = [*(f"IF {each.name}" for each in facts), "THEN T"]
    found = proof(linked(facts, table("T", "F", headings, None, *rules)), "T")
    assert (found.complete is None) is bool(found.reason)


def test_a_number_of_rules_is_a_value_where_none_fires() -> None:
    for hit_policy, told in (("C#", False), ("C+", True), ("C", True)):
        final = table("D", hit_policy, ["IF flag", "THEN D"], [None, "1, 2"], ["true", 1], ["true", 2])
        made = linked([fact("flag", "boolean")], final, payer="acme")
        assert ("DT601" in codes(analyse(made))) is told
        if told:
            with pytest.raises(TableError, match="no rule fires"):
                kernel(made).determine({"flag": False})
        else:
            assert kernel(made).determine({"flag": False})["determination"] == 0


def test_of_rules_that_say_the_same_under_a_default_one_stays() -> None:
    """The copy is told to go, and the original must not be spare on account of the copy."""
    rules = [["< 18", 5], ["< 18", 5]]
    made = table("D", "C>", ["IF age", "THEN D"], [None, "number\ndefault: 0"], *rules)
    told = analyse(linked([fact("age", "integer")], made))
    assert codes(told) == [duplicate.CODE.code]


def test_rules_that_meet_under_hit_policy_u_are_not_told_to_be_merged() -> None:
    """Merged, they would answer where now they conflict."""
    rules = [["-", "k"], ["< 18", "k"], ["< 18", "k"], [">= 18", "k"]]
    made = table("D", "U", ["IF age", "THEN D"], None, *rules)
    told = analyse(linked([fact("age", "integer")], made))
    assert mergeable.CODE.code not in codes(told)


def test_a_certain_finding_beside_one_that_cannot_happen_is_told_alone() -> None:
    policy = linked(
        [fact("x", "number"), fact("y", "number")],
        table(
            "T",
            "U",
            ["IF modulo(x, 2)", "IF modulo(x, 4)", "IF y", "THEN T"],
            None,
            ("< 1", "-", "> 5", "1"),
            ("-", "[1..2)", "> 5", "2"),
            ("-", "-", "[2..4]", "3"),
            ("-", "-", "[3..5]", "4"),
        ),
    )
    shown = {(each.first, each.second): each.certain for each in proof(policy, "T").overlaps}
    assert shown == {(0, 1): False, (2, 3): True}, "no x is below 1 by 2 and at least 1, below 2, by 4"
    told = [each for each in analyse(policy).findings if each.code in (overlap.CODE, overlap_unknown.CODE)]
    assert [(each.code, each.rules) for each in told] == [
        (overlap_unknown.CODE, ("R-1", "R-2")),
        (overlap.CODE, ("R-3", "R-4")),
    ]


def test_a_gap_is_told_of_the_table_that_has_it_and_not_of_each_that_reads_it() -> None:
    grade = table("Grade", "U", ["IF severity", "THEN Grade"], None, ("< 2", "low"), ("> 2", "high"))
    middle = table("Middle", "U", ["IF Grade", "THEN Middle"], None, ("low", "x"), ("high", "y"))
    final = table("Final", "U", ["IF Middle", "THEN Final"], None, ("x", "1"), ("y", "2"))
    facts = [fact("severity", "integer", "0, 1, 2, 3, 4")]
    found = analyse(linked(facts, grade, middle, final))
    assert [each.place for each in found.findings if each.code.code == "DT510"] == ["Grade!A7"]
    assert [each.complete for each in found.proofs] == [False, False, False]
    rules = (("< 2", "low"), ("2, 3", "null"), ("4", "high"))
    empty = table("Grade", "U", ["IF severity", "THEN Grade"], None, *rules)
    given = analyse(linked(facts, empty, middle, final))
    assert "Middle!A7" in [each.place for each in given.findings if each.code.code == "DT510"]
