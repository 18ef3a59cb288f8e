"""Explanations of small policies that can be checked by eye."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from dmn_dli.diagrams.sufficient import minimal, smallest_hitting
from dmn_dli.explain.explainer import Explainer
from dmn_dli.model.facts import Changeable
from dmn_dli.report.checklist import checklist
from tests.linking.books import assuming, fact, kernel, linked, table
from tests.linking.criteria_books import criteria
from tests.linking.criteria_books import linked as linked_with_criteria

FACTS = [
    fact("colour", "string", "red, green, blue"),
    fact("size", "string", "small, large"),
    evolve(fact("origin", "string", "here, there"), changeable=Changeable.NO),
    fact("percent", "number", "[0..100]"),
]


def _explainer(*rules: list[Any], inputs: str = "colour size origin percent", **fields: Any) -> Explainer:
    headings = [*[f"IF {name}" for name in inputs.split()], "THEN Final"]
    return Explainer(kernel(linked(FACTS, table("Final", "F", headings, None, *rules), **fields)))


EITHER = _explainer(
    ["red", "-", "-", "-", "medically necessary"],
    ["-", "-", "here", "-", "medically necessary"],
    ["-", "large", "-", "(0..50]", "medically necessary"],
    ["-", "-", "-", "-", "criteria not met"],
    payer="acme",
)
GIVEN = {"colour": "blue", "size": "small", "origin": "there", "percent": 80}


def test_changes_come_with_fewest_facts_first_and_those_of_facts_that_cannot_change_apart() -> None:
    explained = EITHER.explain(GIVEN)
    assert explained.changes is not None
    found = [([each.given.fact for each in change.facts], change.possible) for change in explained.changes]
    assert found == [(["colour"], True), (["size", "percent"], True)]
    assert [setting.values for setting in explained.changes[1].ways[0]] == ["large", "(0..50]"]
    assert [change.facts[0].given.fact for change in explained.otherwise] == ["origin"]


def test_what_is_not_given_is_part_of_the_way_and_no_change() -> None:
    explained = EITHER.explain({"colour": "blue", "size": "small", "origin": "there"})
    assert explained.changes is not None
    (last,) = [change for change in explained.changes if change.facts[0].given.fact == "size"]
    assert len(last.facts) == 1
    assert [(each.fact, each.values) for each in last.ways[0]] == [("size", "large"), ("percent", "(0..50]")]


def test_changes_are_offered_only_to_cases_that_the_assumptions_allow() -> None:
    rules = ["blue", "-", "-", "-", "criteria not met"], ["-", "-", "-", "-", "medically necessary"]
    headings = [*[f"IF {name}" for name in ["colour", "size", "origin", "percent"]], "THEN Final"]
    made = linked(FACTS, table("Final", "F", headings, None, *rules), payer="acme")
    assumed = assuming(made, 'not(colour = "red" and size = "small")', 'colour = "blue" or percent > 50')
    changes = (
        Explainer(kernel(assumed)).explain({"colour": "blue", "size": "small", "origin": "here"}).changes
    )
    assert changes is not None
    (first,) = [change for change in changes if len(change.facts) == 1]
    assert [[(each.fact, each.values) for each in way] for way in first.ways] == [[("colour", "green")]]


def test_other_sets_as_small_are_counted_and_named() -> None:
    explained = EITHER.explain(GIVEN)
    assert explained.reason is not None
    assert [each.fact for each in explained.reason.facts] == ["colour", "size", "origin"]
    assert explained.reason.count == 2
    assert [[each.fact for each in other] for other in explained.reason.others] == [
        ["colour", "origin", "percent"]
    ]


def test_a_determination_that_every_case_gets_relies_on_no_fact() -> None:
    explainer = _explainer(["red", "not addressed"], ["-", "not addressed"], inputs="colour", payer="acme")
    reason = explainer.explain({"colour": "red"}).reason
    assert reason is not None
    assert (reason.facts, reason.count) == ((), 1)


def test_a_generic_workbook_has_reasons_and_no_changes() -> None:
    explainer = _explainer(["red", "criteria not met"], ["-", "medically necessary"], inputs="colour")
    explained = explainer.explain({"colour": "red"})
    assert explained.changes is None
    assert explained.reason is not None


def test_where_nothing_leads_to_medical_necessity_there_is_no_change() -> None:
    explainer = _explainer(["red", "criteria not met"], ["-", "investigational"], inputs="colour", payer="a")
    explained = explainer.explain({"colour": "red"})
    assert (explained.changes, explained.change_count) == ((), 0)


def test_a_conflict_elsewhere_is_no_determination_that_a_reason_may_leave_open() -> None:
    """A set of facts settles the determination only if no completion meets an error, in any table."""
    final = table("Final", "F", ["IF colour", "THEN Final"], None, ["red", "yes"], ["-", "no"])
    notes = table("Plan notes", "U", ["IF size", "THEN Note"], None, ["small", "a"], ["-", "b"])
    explained = Explainer(kernel(linked(FACTS, notes, final))).explain({"colour": "red", "size": "large"})
    assert explained.reason is not None
    assert [each.fact for each in explained.reason.facts] == ["colour", "size"]


def test_the_path_names_each_condition_with_its_cell() -> None:
    (step,) = EITHER.explain({**GIVEN, "origin": "here"}).path
    assert (step.decision, step.settled, step.value) == ("Final", True, "medically necessary")
    (rule,) = step.rules
    assert (rule.rule, rule.cell) == ("R-2", "Final!A6")
    assert [(each.clause, each.test, each.cell) for each in rule.conditions] == [
        ("Origin", "here", "Final!D6")
    ]


def test_minimal_sets_hold_no_other_and_smallest_hitting_sets_are_all_found() -> None:
    assert minimal([0b111, 0b011, 0b110, 0b011]) == (0b011, 0b110)
    assert minimal([0b1, 0]) == (0,)
    assert smallest_hitting([0b0011, 0b0110]) == (0b0010,)
    assert smallest_hitting([0b0011, 0b1100]) == (0b0101, 0b0110, 0b1001, 0b1010)
    assert smallest_hitting([]) == (0,)


CHECKED = Explainer(
    kernel(
        linked_with_criteria(
            [
                fact("service", "string", "infusion, other"),
                evolve(fact("setting", "string", "high, low"), changeable=Changeable.NO),
                evolve(fact("aim", "boolean"), changeable=Changeable.REQUEST),
                evolve(fact("status", "string", "relapsed, remission"), changeable=Changeable.YES),
                fact("modified", "boolean"),
            ],
            [
                criteria(
                    ["service", "setting", "aim", "status", "modified"],
                    ["I", None, "all", "medically necessary", "infusion", "-", "-", "-", "-"],
                    ["1", "I", "any", None, "-", "-", "-", "-", "-"],
                    ["1.a", "1", None, None, "-", "-", "-", "relapsed", "-", "It relapsed", "Biopsy"],
                    ["1.b", "1", "all", None, "-", "-", "-", "-", "-"],
                    ["1.b.i", "1.b", None, None, "-", "-", "true", "-", "-"],
                    ["1.b.ii", "1.b", None, None, "-", "high", "-", "-", "-"],
                    ["2", "I", None, None, "-", "-", "true", "-", "-"],
                    ["X", "I", "none", None, "-", "-", "-", "-", "-"],
                    ["X.1", "X", None, None, "-", "-", "-", "-", "true", "Modified cells"],
                )
            ],
            table(
                "Final",
                "F",
                ["IF service", "IF Criteria.I", "THEN Final"],
                None,
                ["other", "-", "not addressed"],
                ["-", "true", "medically necessary"],
                ["-", "-", "criteria not met"],
            ),
            payer="acme",
        )
    )
)
UNMET = {"service": "infusion", "setting": "low", "aim": False, "status": "remission", "modified": True}


def test_each_unmet_criterion_comes_with_what_would_mend_it() -> None:
    explained = CHECKED.explain(UNMET)
    found = {
        remedy.id: (
            [[each.given.fact for each in change.facts] for change in remedy.changes],
            [[each.given.fact for each in change.facts] for change in remedy.otherwise],
        )
        for remedy in explained.remedies
    }
    assert found == {
        "1": ([["status"]], [["setting", "aim"]]),
        "2": ([["aim"]], []),
        "X.1": ([["modified"]], []),
    }


def test_a_change_of_what_the_request_states_alone_is_told_with_a_caution() -> None:
    (_, aim, modified) = CHECKED.explain(UNMET).remedies
    assert [change.stated for change in (*aim.changes, *modified.changes)] == [True, False]


def test_the_checklist_tells_exclusions_from_criteria_and_shows_what_would_prove_them() -> None:
    entries = {each.id: each for each in checklist(CHECKED.explain(UNMET).record["criteria"])}
    assert entries["X.1"].status == "EXCLUDED"
    assert entries["1.a"].status == "not met"
    assert entries["1.a"].shown_by == ("Biopsy",)
    assert entries["1.b.ii"].depth == 3
    other = [*checklist(CHECKED.explain({"service": "other"}).record["criteria"])]
    assert [(each.id, each.status) for each in other] == [("I", "does not apply")]
