"""Tables that read what others compute: proven, and answered while facts are unknown, against brute force."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.proof import prove
from dmn_dli.diagrams.build import build
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.errors import TableError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, linked, table
from tests.reference.policy import Oracle
from tests.theories.computed_workbooks import computed_workbook
from tests.theories.judged import judged, sound
from tests.theories.partial import Partial, partials
from tests.theories.workbooks import Made

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

WEIGHT, LEAN = fact("weight", "number"), fact("lean", "number")
FLAG = fact("flag", "boolean")

DOSE = table(
    "Dose",
    "U",
    ["IF weight", "THEN Amount"],
    [None, "expression"],
    ["<= 40", "weight * 2"],
    ["(40..80)", "weight * 1.5"],
    [">= 80", "130"],
)


def verdicts(policy: LinkedPolicy) -> dict[str, tuple[bool | None, bool | None]]:
    """Whether each table is complete, and free of overlaps."""
    diagrams = build(policy)
    proofs = [prove(diagrams, each.logic.table, each.logic)[0] for each in diagrams.tables]
    return {each.decision: (each.complete, each.overlap_free) for each in proofs}


def nothing_is_wrong(made: Made) -> None:
    """No verdict on its tables, and no answer to a case with unknown facts."""
    for each in judged(made, 40):
        assert not each.wrong
    for answer in partials(made, 2):
        assert not answer.refuted
        assert not _left_out(answer)


def _left_out(each: Partial) -> set[str]:
    """Determinations that are texts, which entries say as they are, and that are not said to be possible."""
    if isinstance(each.answer, set):
        return set()
    oracle = Oracle(each.made.policy)
    name = oracle.final.name
    found = [oracle.determination(oracle.decide(case)[name]) for case in oracle.completions(each.facts)]
    said = each.answer["possible_determinations"]
    return {text for text in found if isinstance(text, str)} - {
        text for text in said if isinstance(text, str)
    }


@settings(_SETTINGS, max_examples=3)
@given(st.integers(0, 10**9))
def test_no_verdict_and_no_answer_is_wrong(seed: int) -> None:
    made = computed_workbook(seed)
    assume(sound(made))
    nothing_is_wrong(made)


@pytest.mark.slow
def test_no_verdict_and_no_answer_is_wrong_at_length() -> None:
    for seed in range(400):
        made = computed_workbook(seed)
        if sound(made):
            nothing_is_wrong(made)


def test_bands_over_a_dose_by_weight() -> None:
    reader = table(
        "Final",
        "U",
        ["IF Dose", "THEN F"],
        [None, "x, y, z"],
        ["< 90", "x"],
        ["[90..120]", "y"],
        ["> 120", "z"],
    )
    made = linked([WEIGHT], DOSE, reader)
    assert verdicts(made)["Final"] == (True, True)
    assert kernel(made).determine({"weight": 45})["determination"] == "x"
    found = kernel(made).determine({})
    assert (found["possible_determinations"], found["missing_facts"]) == (["x", "y", "z"], ["weight"])
    assert not found["notes"]


def test_a_gap_between_bands_is_certain_and_shown() -> None:
    reader = table("Final", "U", ["IF Dose", "THEN F"], [None, "x, y"], ["< 90", "x"], ["> 90", "y"])
    assert verdicts(linked([WEIGHT], DOSE, reader))["Final"] == (False, True)


def test_a_gap_that_no_computed_value_reaches_is_none() -> None:
    """No weight has a dose of 120 or more but 130."""
    reader = table("Final", "U", ["IF Dose", "THEN F"], [None, "x, y"], ["< 120", "x"], ["130", "y"])
    assert verdicts(linked([WEIGHT], DOSE, reader))["Final"] == (True, True)


def test_a_computed_value_is_compared_with_a_fact() -> None:
    reader = table("Final", "U", ["IF lean", "THEN F"], [None, "x, y"], ["< Dose", "x"], [">= Dose", "y"])
    made = linked([WEIGHT, LEAN], DOSE, reader)
    assert verdicts(made)["Final"] == (True, True)
    assert kernel(made).determine({"weight": 20, "lean": 41})["determination"] == "y"
    assert kernel(made).determine({"weight": 20})["missing_facts"] == ["lean"]


def test_values_are_computed_from_computed_values() -> None:
    excess = table(
        "Excess",
        "F",
        ["IF weight > lean", "THEN E"],
        [None, "expression"],
        ["true", "weight - lean"],
        ["-", "0"],
    )
    more = table(
        "More", "F", ["IF flag", "THEN M"], [None, "expression"], ["true", "Excess + 1"], ["-", "Excess"]
    )
    reader = table("Final", "U", ["IF More", "THEN F"], [None, "x, y"], ["[0..5]", "x"], ["> 5", "y"])
    made = linked([WEIGHT, LEAN, FLAG], excess, more, reader)
    assert verdicts(made)["Final"] == (True, True)
    assert kernel(made).determine({"weight": 3, "lean": 4})["determination"] == "x"


@pytest.mark.parametrize("hit_policy", ["C<", "C>", "C+"])
def test_outputs_that_are_gathered_are_read(hit_policy: str) -> None:
    both = table(
        "Both",
        hit_policy,
        ["IF flag", "THEN B"],
        [None, "expression"],
        ["-", "weight"],
        ["true", "weight - lean"],
    )
    reader = table("Final", "U", ["IF Both", "THEN F"], [None, "x, y"], ["<= weight", "x"], ["> weight", "y"])
    made = linked([WEIGHT, LEAN, FLAG], both, reader)
    assert verdicts(made)["Final"] == (True, True)
    assert kernel(made).determine({"flag": False})["determination"] == "x"
    never = hit_policy == "C<"
    assert kernel(made).determine({})["possible_determinations"] == (["x"] if never else ["x", "y"])


def test_of_rules_with_ranks_the_computed_entries_of_the_one_that_decides_are_read() -> None:
    ranked = table(
        "Ranked",
        "P",
        ["IF weight", "THEN label", "THEN amount"],
        [None, "a, b", "expression"],
        ["> 10", "b", "weight"],
        ["> 20", "a", "20"],
        ["-", "b", "0"],
    )
    reader = table("Final", "U", ["IF Ranked.amount", "THEN F"], [None, "x"], ["[0..20]", "x"])
    assert verdicts(linked([WEIGHT], ranked, reader))["Final"] == (True, True)


def _agreeing(second: str) -> DecisionTable:
    return table(
        "Dose",
        "A",
        ["IF weight", "THEN D"],
        [None, "expression"],
        ["< 20", "weight * 2"],
        ["> 10", second],
        ["-", "20"],
    )


def test_rules_that_agree_on_all_facts_make_no_error() -> None:
    same = table(
        "Dose",
        "A",
        ["IF flag", "THEN D"],
        [None, "expression"],
        ["-", "weight * 2"],
        ["true", "weight + weight"],
    )
    final = table("Final", "U", ["IF Dose", "THEN F"], [None, "x, y"], ["< 20", "x"], [">= 20", "y"])
    made = linked([WEIGHT, FLAG], same, final)
    assert verdicts(made)["Final"] == (True, True)
    assert kernel(made).determine({})["possible_determinations"] == ["x", "y"]


def test_rules_that_disagree_on_some_facts_are_an_error_while_these_are_unknown() -> None:
    final = table("Final", "U", ["IF Dose", "THEN F"], [None, "x, y"], ["< 20", "x"], [">= 20", "y"])
    made = linked([WEIGHT], _agreeing("20"), final)
    assert kernel(made).determine({"weight": 10})["determination"] == "y"
    with pytest.raises(TableError, match="all rules that fire agree"):
        kernel(made).determine({})


def _final(hit_policy: str, *rules: Any) -> LinkedPolicy:
    return linked(
        [WEIGHT, FLAG], table("Final", hit_policy, ["IF flag", "THEN F"], [None, "expression"], *rules)
    )


def test_what_a_final_decision_says_without_computing_is_possible() -> None:
    made = _final(
        "F", ["true", 'if weight > 10 then "high" else if weight > 5 then weight else "low"'], ["-", "1"]
    )
    found = kernel(made).determine({"flag": True})
    assert found["possible_determinations"] == ["high", "low"]
    assert found["notes"] == ["Final cannot be analysed while unknown: Weight; each counts as mattering"]
    assert kernel(made).determine({"flag": False})["determination"] == 1
    assert kernel(made).determine({"flag": True, "weight": 3})["determination"] == "low"


def test_a_pick_asks_for_nothing_that_it_does_not_pick() -> None:
    first = table(
        "First", "F", ["IF weight", "THEN First"], [None, "expression"], ["> 3", "weight * 2"], ["-", "0"]
    )
    final = table(
        "Final", "U", ["IF weight", "THEN F"], [None, "expression"], ["-", 'if Flag then First else "r"']
    )
    flag = table("Flag", "U", ["IF lean", "THEN Flag"], [None, "boolean"], ["> 0", "true"], ["<= 0", "false"])
    made = kernel(linked([WEIGHT, LEAN], flag, first, final))
    assert made.determine({"lean": 0})["determination"] == "r"
    assert made.determine({"lean": 1})["missing_facts"] == ["weight"]


def test_a_number_of_rules_does_not_hang_on_what_they_would_compute() -> None:
    made = _final("C#", ["true", "weight"], ["-", "weight * 2"])
    assert kernel(made).determine({"flag": True})["determination"] == 2
    assert kernel(made).determine({})["possible_determinations"] == [1, 2]
