"""Conditions over several facts of which some are known: what may come out, and what is still asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.known_in_tables import known_nodes, put_in
from dmn_dli.runtime.errors import TableError
from tests.evaluate.relational import PRODUCTS, SUMS, VALUES, Case, case
from tests.linking.books import assuming, fact, kernel, linked, table
from tests.reference.policy import Oracle

LAB = [
    fact("baseline", "number", "[1..200]"),
    fact("current", "number", "[1..200]"),
    fact("flag", "boolean"),
]


def decline(clause: str = "(baseline - current) / baseline") -> PolicyKernel:
    change = table(
        "Change", "U", [f"IF {clause}", "THEN Change"], [None, "large, small"],
        [">= 0.3", "large"], ["< 0.3", "small"],
    )  # fmt: skip
    final = table(
        "Final", "F", ["IF Change", "IF current", "THEN Final"], [None, None, "yes, no, unclear"],
        ["large", "> 60", "unclear"], ["large", "-", "yes"], ["-", "-", "no"],
    )  # fmt: skip
    return kernel(linked(LAB, change, final))


def test_a_known_value_leaves_a_test_on_the_other_fact() -> None:
    found = decline().determine({"baseline": 80})
    assert found["possible_determinations"] == ["no", "yes"], "56 is no more than 60"
    assert found["missing_facts"] == ["current"]
    assert found["notes"] == []
    assert decline().determine({"baseline": 100})["possible_determinations"] == ["no", "unclear", "yes"]


def test_tables_that_no_known_value_is_put_into_make_one_policy_for_all_cases() -> None:
    plain = table("Final", "F", ["IF current", "THEN Final"], [None, "yes, no"], ["> 60", "yes"], ["-", "no"])
    policy = linked(LAB, plain)
    first, second = (put_in(policy, ["Final"], known_nodes({"baseline": each})) for each in (80, 100))
    assert first is second
    of_case = decline().linked
    assert (
        put_in(of_case, ["Final"], known_nodes({"baseline": 80})).by_name["Change"]
        != of_case.by_name["Change"]
    )


def test_what_no_value_of_the_unknown_fact_changes_is_settled() -> None:
    assert decline().determine({"baseline": 1})["determination"] == "no"
    assert decline().determine({"current": 200})["determination"] == "no"
    assert decline().determine({"current": 141})["missing_facts"] == []


def test_a_fact_is_not_asked_for_that_the_condition_reads_but_does_not_hang_on() -> None:
    made = table("D", "F", ["IF a - b", "IF c", "THEN D"], [None, None, "x, y"],
                 ["> 5", "> 1", "x"], ["-", "-", "y"])  # fmt: skip
    asked = kernel(linked([fact(name, "number", "[0..10]") for name in "abc"], made))
    assert asked.determine({"a": 4})["missing_facts"] == []
    assert asked.determine({"a": 7})["missing_facts"] == ["b", "c"]
    assert asked.determine({"c": 0})["missing_facts"] == []
    assert asked.determine({"a": 10, "c": 2})["missing_facts"] == ["b"]


def test_of_two_unknown_facts_the_known_third_bounds_both() -> None:
    made = table("D", "F", ["IF a - b", "IF b - c", "THEN D"], [None, None, "x, y"],
                 ["> 5", "> 5", "x"], ["-", "-", "y"])  # fmt: skip
    asked = kernel(linked([fact(name, "number", "[0..10]") for name in "abc"], made))
    assert asked.determine({})["determination"] == "y"
    assert asked.determine({"b": 5.5})["determination"] == "y"


def test_a_value_computed_from_what_is_known_stays_settled_behind_a_condition_that_is() -> None:
    dose = table("Dose", "U", ["IF max(a, b)", "THEN Dose"], [None, "expression"],
                 ["< 10", "c + 5"], [">= 10", "c * 0.1"])  # fmt: skip
    final = table("Final", "U", ["IF Dose", "THEN Final"], [None, "x, y"], ["<= 9", "x"], ["> 9", "y"])
    asked = kernel(linked([fact(name, "number") for name in "abc"], dose, final))
    found = asked.determine({"a": 1000, "c": 58.2})
    assert (found["determination"], found["decisions"]) == ("x", {"Dose": 5.82})


def test_an_error_to_which_every_value_leads_is_one_however_the_condition_is_written() -> None:
    made = table("D", "U", ["IF a - b", "THEN D"], [None, "x, y"], ["> 0", "x"], ["< 5", "y"])
    asked = kernel(linked([fact(name, "number", "[0..10]") for name in "ab"], made))
    with pytest.raises(TableError, match="fire together"):
        asked.determine({"a": 2})
    assert asked.determine({"a": 0})["determination"] == "y"


def test_beside_an_assumption_facts_that_it_ties_matter_together() -> None:
    made = table("D", "F", ["IF a - b", "THEN D"], [None, "x, y"], ["> 5", "x"], ["-", "y"])
    facts = [*[fact(name, "number", "[0..10]") for name in "abc"], fact("flag", "boolean")]
    asked = kernel(assuming(linked(facts, made), "flag = (a <= 8)"))
    assert asked.determine({"b": 9})["determination"] == "y"
    assert asked.determine({"b": 0})["missing_facts"] == ["a"]
    assert asked.determine({"b": 3})["missing_facts"] == ["a", "flag"]
    assert asked.determine({"b": 3, "flag": False})["determination"] == "x"


def test_a_clause_that_takes_much_work_is_told_as_it_is_where_it_is_worked_out() -> None:
    made = table("D", "F", ["IF count(for i in 1..a return i) + b", "IF a - b", "THEN D"],
                 [None, None, "x, y"], ["> 5", "> 1", "x"], ["-", "-", "y"])  # fmt: skip
    asked = kernel(linked([fact(name, "number") for name in "ab"], made))
    assert asked.determine({"a": 10**7})["possible_determinations"] == ["x", "y"]
    with pytest.raises(TableError, match=r"D!B3 reads"):
        asked.determine({"a": 10**7, "b": 1})


def test_a_known_null_is_put_in_as_null() -> None:
    made = table("D", "F", ["IF a = b", "THEN D"], [None, "x, y"], ["true", "x"], ["-", "y"])
    asked = kernel(linked([fact("a", "number", nullable=True), fact("b", "number", nullable=True)], made))
    assert asked.determine({"a": None})["possible_determinations"] == ["x", "y"]
    assert asked.determine({"a": None, "b": None})["determination"] == "x"
    assert asked.determine({"a": None, "b": 3})["determination"] == "y"


def test_a_note_names_a_condition_over_texts_that_no_theory_follows() -> None:
    made = table("D", "F", ["IF first < second", "THEN D"], [None, "x, y"], ["true", "x"], ["-", "y"])
    asked = kernel(linked([fact("first", "string"), fact("second", "string")], made))
    told = "D!B3 cannot be analysed while unknown: {}; each counts as mattering"
    assert asked.determine({})["notes"] == [told.format("First, Second")]
    assert asked.determine({"first": "a"})["notes"] == [told.format("Second")]
    assert asked.determine({"first": "a", "second": "b"})["determination"] == "x"
    assert decline().determine({})["notes"] == []


def answers(each: Case) -> Counter[str]:
    """How an answer stands beside all completions on quarters; an answer that one refutes fails the test."""
    oracle = Oracle(each.policy)
    oracle.domains |= {name: list(VALUES[name]) for name in oracle.names}
    got = kernel(each.policy).determine(each.facts)
    unknown = oracle.unknown(each.facts)
    cases = list(oracle.completions(each.facts))
    said = [repr(oracle.determination(oracle.decide(case)[oracle.final.name])) for case in cases]
    possible, missing = {*map(repr, got["possible_determinations"])}, {*got["missing_facts"]}
    needed = oracle.mattering(cases, unknown, said)
    assert {*said} <= possible
    assert needed <= missing <= {*unknown}
    return Counter(cases=1, wide_determinations={*said} < possible, wide_facts=needed < missing)


def counted(clauses: Sequence[str], number: int) -> Counter[str]:
    chance = Random(15)
    return sum((answers(case(chance, clauses)) for _ in range(number)), Counter())


def test_beside_sums_and_differences_answers_are_as_completions_say() -> None:
    found = counted(SUMS, 15)
    assert found["wide_determinations"] == found["wide_facts"] == 0, found


def test_beside_products_and_ratios_answers_are_never_too_narrow() -> None:
    found = counted((*PRODUCTS, "a", "b"), 8)
    assert found["wide_determinations"] + found["wide_facts"] <= 2, found


@pytest.mark.slow
def test_answers_beside_conditions_over_several_facts_at_length() -> None:
    found = counted((*SUMS, *PRODUCTS), 500)
    assert found["wide_determinations"] + found["wide_facts"] <= 0.05 * found["cases"], found
