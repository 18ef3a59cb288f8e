"""Unknown is not no: what a record says while facts are absent."""

from __future__ import annotations

from typing import Any

import pytest

from dmn_dli import TableError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, linked, table

FLAG = fact("flag", "boolean", label="Flag")
COLOUR = fact("colour", "string", "red, green, blue", label="Colour")
SIZE = fact("size", "string", "small, large", nullable=True, label="Size")
WEIGHT = fact("weight", "number", label="Weight")
LIMIT = fact("limit", "number", label="Limit")
DAY = fact("date_of_service", "date", label="Date of service")
FACTS = (FLAG, COLOUR, SIZE, WEIGHT, LIMIT, DAY)

OUT = "covered, not covered"


def record(policy: LinkedPolicy, **facts: Any) -> dict[str, Any]:
    return kernel(policy).determine(facts)


def policy(*tables: Any, **fields: Any) -> LinkedPolicy:
    return linked(FACTS, *tables, **fields)


def by_colour(*rules: list[Any], values: str = OUT) -> Any:
    return table("Final", "F", ["IF Colour", "IF Flag", "THEN Final"], [None, None, values], *rules)


def test_a_determination_is_given_once_every_completion_leads_to_it() -> None:
    final = policy(by_colour(["red", "true", "covered"], ["red", "-", "not covered"], ["-", "-", "covered"]))
    assert record(final, colour="green")["determination"] == "covered"
    asked = record(final, colour="red")
    assert asked["determination"] == "needs information"
    assert asked["missing_facts"] == ["flag"]
    assert asked["possible_determinations"] == ["covered", "not covered"]


def test_a_fact_on_which_nothing_depends_any_more_is_not_asked_for() -> None:
    final = policy(by_colour(["red", "-", "covered"], ["-", "true", "covered"], ["-", "-", "not covered"]))
    assert record(final)["missing_facts"] == ["colour", "flag"]
    assert record(final, flag=False)["missing_facts"] == ["colour"]
    assert record(final, flag=True)["missing_facts"] == []


def test_decisions_that_share_a_fact_are_seen_together() -> None:
    """Whatever the flag is, one of the two decisions says yes: taken alone, neither would be settled."""
    left = table("Left", "U", ["IF Flag", "THEN Left"], [None, "go, stop"], ["true", "go"], ["false", "stop"])
    right = table(
        "Right", "U", ["IF Flag", "THEN Right"], [None, "go, stop"], ["true", "stop"], ["false", "go"]
    )
    headings = ["IF Left", "IF Right", "THEN Final"]
    final = table("Final", "F", headings, [None, None, OUT], ["go", "-", "covered"], ["-", "go", "covered"],
                  ["-", "-", "not covered"])  # fmt: skip
    found = record(policy(left, right, final))
    assert found["determination"] == "covered"
    assert found["decisions"] == {}


def test_null_is_a_value_of_a_nullable_fact_and_unknown_for_any_other() -> None:
    sized = table("Final", "F", ["IF Size", "IF Flag", "THEN Final"], [None, None, OUT],
                  ["null", "-", "covered"], ["-", "true", "covered"], ["-", "-", "not covered"])  # fmt: skip
    assert record(policy(sized), size=None)["determination"] == "covered"
    assert record(policy(sized))["missing_facts"] == ["flag", "size"]
    assert record(policy(sized), size="small", flag=None)["missing_facts"] == ["flag"]


def test_a_conflict_in_any_completion_is_an_error() -> None:
    final = table("Final", "U", ["IF Colour", "IF Flag", "THEN Final"], [None, None, OUT],
                  ["red", "-", "covered"], ["-", "true", "not covered"],
                  ["not(red)", "false", "covered"])  # fmt: skip
    with pytest.raises(TableError, match=r"R-1 .*R-2 .*fire together"):
        record(policy(final), colour="red")
    assert record(policy(final), colour="red", flag=False)["determination"] == "covered"


def test_the_date_that_selects_the_version_is_missing_only_where_a_table_reads_it() -> None:
    plain = policy(by_colour(["red", "-", "covered"], ["-", "-", "not covered"]))
    assert record(plain)["missing_facts"] == ["colour"]
    dated = table("Final", "U", ["IF Date of service", "THEN Final"], [None, OUT],
                  ["< 2025-07-01", "covered"], [">= 2025-07-01", "not covered"])  # fmt: skip
    assert record(policy(dated))["missing_facts"] == ["date_of_service"]


def texts(*rows: list[Any]) -> LinkedPolicy:
    headings = ["IF Colour", "IF Flag", "THEN Final", "THEN Reason", "NOTE Citation", "NOTE Note"]
    return policy(table("Final", "F", headings, [None, None, OUT, None, None, None], *rows))


def test_texts_are_given_where_they_are_equal_in_every_completion() -> None:
    final = texts(
        ["red", "true", "covered", "It is red.", "I.A", "flagged"],
        ["red", "-", "covered", "It is red.", "I.B", "unflagged"],
        ["-", "-", "not covered", "It is not red.", "II", None],
    )
    found = record(final, colour="red")
    assert (found["determination"], found["reason"]) == ("covered", "It is red.")
    assert found["citation"] == "I.A or I.B"
    assert found["notes"] == [
        "Wording and citation are those of one of these rules: R-1 (I.A); R-2 (I.B); this depends on: Flag"
    ]
    assert record(final, colour="red", flag=True)["notes"] == ["flagged"]


def test_all_texts_are_null_where_information_is_needed() -> None:
    final = texts(["red", "-", "covered", "Same.", "I", "x"], ["-", "-", "not covered", "Same.", "I", "x"])
    found = record(final)
    assert found["determination"] == "needs information"
    assert [found[key] for key in ("payer_wording", "reason", "citation", "refer_to")] == [None] * 4
    assert found["notes"] == []


def test_an_item_is_in_a_list_when_it_is_there_in_every_completion() -> None:
    documents = table("Documentation", "C", ["IF Flag", "THEN Document"], None,
                      ["-", "chart notes"], ["true", "consent"])  # fmt: skip
    notes = table("Plan notes", "R", ["IF Colour", "THEN Note"], None, ["red", "see A"], ["-", "see B"])
    final = table("Final", "U", ["IF Size", "THEN Final"], [None, OUT], ["-", "covered"])
    found = record(policy(documents, notes, final))
    assert found["determination"] == "covered"
    assert found["documentation"] == ["chart notes"]
    assert found["notes"] == [
        "see B",
        "Not given: Colour; further notes may apply",
        "Not given: Flag; further documentation may be required",
    ]
    assert record(policy(documents, notes, final), flag=True)["documentation"] == ["chart notes", "consent"]


def test_rules_and_decisions_are_those_of_every_completion() -> None:
    scope = table("Scope", "U", ["IF Colour", "THEN Scope"], [None, "in, out"],
                  ["S-1", "red, green", "in"], ["S-2", "blue", "out"])  # fmt: skip
    final = table("Final", "F", ["IF Scope", "IF Flag", "THEN Final"], [None, None, OUT],
                  ["F-1", "in", "true", "covered"], ["F-2", "-", "-", "not covered"])  # fmt: skip
    found = record(policy(scope, final), colour="green")
    assert found["decisions"] == {"Scope": "in"}
    assert found["rules"] == [{"decision": "Scope", "rule": "S-1", "cell": "Scope!A5"}]


def compared(entry: str = "< limit") -> LinkedPolicy:
    """A cell that reads another fact, neither of which has finitely many values."""
    return policy(table("Final", "U", ["IF Weight", "IF Flag", "THEN Final"], [None, None, OUT],
                        [entry, "true", "covered"], [">= limit", "true", "not covered"],
                        ["-", "false", "not covered"]))  # fmt: skip


def test_a_cell_that_cannot_be_analysed_is_exact_once_what_it_reads_is_known() -> None:
    assert record(compared(), weight=1, limit=2, flag=True)["determination"] == "covered"
    assert record(compared(), weight=2, limit=2, flag=True)["determination"] == "not covered"
    assert record(compared(), flag=False)["determination"] == "not covered"
    assert record(compared(), flag=False)["notes"] == []


def test_of_a_cell_over_another_fact_a_known_value_leaves_a_test_on_the_other() -> None:
    found = record(compared(), weight=1, flag=True)
    assert found["determination"] == "needs information"
    assert found["missing_facts"] == ["limit"]
    assert found["possible_determinations"] == ["covered", "not covered"]
    assert found["notes"] == []


def test_cells_over_the_same_fact_are_seen_together() -> None:
    """Whatever the limit is, the weight is below it or not: taken alone, neither would be settled."""
    twice = table("Final", "U", ["IF Weight", "THEN Final"], [None, OUT],
                  ["< limit", "covered"], [">= limit", "covered"])  # fmt: skip
    assert record(policy(twice), weight=1)["determination"] == "covered"
    assert record(policy(twice), limit=1)["determination"] == "covered"
    assert record(policy(twice))["determination"] == "covered"


def by_text() -> LinkedPolicy:
    """Two cells over a text by its order, which no theory ties together."""
    return policy(table("Final", "U", ["IF string(weight)", "THEN Final"], [None, OUT],
                        ['< "2"', "covered"], ['>= "2"', "covered"]))  # fmt: skip


def test_a_cell_that_cannot_be_analysed_makes_the_unknown_facts_that_it_reads_matter() -> None:
    found = record(by_text())
    assert found["missing_facts"] == ["weight"]
    assert found["notes"] == ["Final!B3 cannot be analysed while unknown: Weight; each counts as mattering"]


def test_a_conflict_that_may_never_happen_is_no_error_but_forbids_a_determination() -> None:
    assert record(by_text())["determination"] == "needs information"
    assert record(by_text(), weight=1)["determination"] == "covered"


def test_a_conflict_that_does_not_hang_on_the_opaque_cell_is_an_error_all_the_same() -> None:
    both = table("Final", "U", ["IF Weight", "IF Flag", "THEN Final"], [None, None, OUT],
                 ["-", "true", "covered"], ["-", "true, false", "covered"],
                 ["< limit", "false", "covered"])  # fmt: skip
    with pytest.raises(TableError, match=r"R-1 .*R-2 .*fire together"):
        record(policy(both), flag=True)


def test_what_follows_from_an_opaque_decision_is_exact_once_it_is_settled() -> None:
    upstream = table("Light", "F", ["IF weight * 2", "THEN Light"], [None, "light, heavy"],
                     ["< 10", "light"], ["-", "heavy"])  # fmt: skip
    final = table("Final", "F", ["IF Light", "IF Flag", "THEN Final"], [None, None, OUT],
                  ["light", "true", "covered"], ["-", "-", "not covered"])  # fmt: skip
    both = policy(upstream, final)
    assert record(both, weight=4.9, flag=True)["determination"] == "covered"
    assert record(both, weight=4.9)["missing_facts"] == ["flag"]
    assert record(both, weight=5)["determination"] == "not covered"
    assert record(both, flag=True)["missing_facts"] == ["weight"]


def test_a_computed_result_stays_open_until_its_facts_are_known() -> None:
    dose = table("Dose", "U", ["IF Flag", "THEN Dose"], [None, "expression"],
                 ["true", "weight * 0.1"], ["false", "0"])  # fmt: skip
    assert record(policy(dose), flag=True, weight=50)["determination"] == 5
    assert record(policy(dose), flag=False)["determination"] == 0
    found = record(policy(dose), flag=True)
    assert found["determination"] == "needs information"
    assert found["missing_facts"] == ["weight"]
    assert found["notes"] == ["Dose cannot be analysed while unknown: Weight; each counts as mattering"]
    assert record(policy(dose), weight=50)["possible_determinations"] == [0, 5]


def test_possible_determinations_are_sorted_numbers_by_size() -> None:
    points = table("Points", "U", ["IF Colour", "THEN Points"], [None, "number"],
                   ["red", "10"], ["green", "9"], ["blue", "9.5"])  # fmt: skip
    assert record(policy(points))["possible_determinations"] == [9, 9.5, 10]


def test_a_record_belongs_to_its_caller() -> None:
    headings = ["IF Flag", "THEN Document", "THEN Copies"]
    documents = table("Documentation", "C", headings, [None, None, "number"], ["-", "chart notes", "1"])
    final = table("Final", "U", ["IF Size", "THEN Final"], [None, OUT], ["-", "covered"])
    compiled = kernel(policy(documents, final))
    first = compiled.determine({})
    before = repr(first)
    first["documentation"].append("mine")
    first["decisions"]["Documentation"][0]["Copies"] = 2
    first["decisions"]["Documentation"].clear()
    first["possible_determinations"].clear()
    first["rules"][0]["rule"] = "mine"
    assert repr(compiled.determine({})) == before


def test_a_text_may_be_computed() -> None:
    headings = ["IF Flag", "THEN Final", "THEN Reason"]
    final = table("Final", "F", headings, [None, OUT, "expression"],
                  ["true", "covered", '"It weighs " + string(weight) + " kg."'],
                  ["-", "not covered", '"No."'])  # fmt: skip
    assert record(policy(final), flag=True, weight=2.5)["reason"] == "It weighs 2.5 kg."
    assert record(policy(final), flag=False)["reason"] == "No."


def test_two_rules_of_a_unique_table_conflict_whatever_they_would_compute() -> None:
    dose = table("Dose", "U", ["IF Flag", "THEN Dose"], [None, "expression"],
                 ["-", "weight + 1"], ["true", "2"], ["false", "3"])  # fmt: skip
    with pytest.raises(TableError, match=r"R-1 .*R-2 .*fire together"):
        record(policy(dose), flag=True)


def test_rules_of_an_any_table_that_compute_and_surely_disagree_somewhere_are_an_error() -> None:
    dose = table(
        "Dose", "A", ["IF Flag", "THEN Dose"], [None, "expression"], ["-", "weight + 1"], ["true", "2"]
    )
    final = table("Final", "U", ["IF Colour", "THEN Final"], [None, OUT], ["-", "covered"])
    with pytest.raises(TableError, match="all rules that fire agree"):
        record(policy(dose, final), flag=True)
    assert record(policy(dose, final), flag=True, weight=1)["determination"] == "covered"
    assert record(policy(dose, final), flag=False)["determination"] == "covered"


def test_rules_of_an_any_table_that_compute_may_disagree_which_forbids_a_determination() -> None:
    dose = table(
        "Dose", "A", ["IF Flag", "THEN Dose"], [None, "expression"], ["-", "[weight + 1]"], ["true", "[2]"]
    )
    final = table("Final", "U", ["IF Colour", "THEN Final"], [None, OUT], ["-", "covered"])
    found = record(policy(dose, final), flag=True)
    assert (found["determination"], found["missing_facts"]) == ("needs information", ["weight"])
    assert record(policy(dose, final), flag=True, weight=1)["determination"] == "covered"
    assert record(policy(dose, final), flag=False)["determination"] == "covered"
    with pytest.raises(TableError, match="all rules that fire agree"):
        record(policy(dose, final), flag=True, weight=2)
