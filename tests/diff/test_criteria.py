"""Sheets of criteria compared: what was edited, what each criterion asked and asks now, what comes of it."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dmn_dli.diff.answers import FROM_CRITERIA, Aspect
from dmn_dli.diff.change import ChangeKind
from dmn_dli.diff.compare import compare
from dmn_dli.diff.criteria import CriterionChange, CriterionDifference
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.report.difference_book import book
from dmn_dli.report.difference_json import json_text
from dmn_dli.report.difference_markdown import markdown
from dmn_dli.report.difference_text import Page, text
from tests.diff.criteria_books import BOOK, TABLES_ALONE, difference, edited
from tests.linking.books import fact, table
from tests.linking.criteria_books import criteria, linked

GOLDEN = Path(__file__).with_name("golden")

EDITED = edited(
    {
        (6, 1): "1.a",
        (7, 6): "< 1",
        (7, 7): "GVHD is absent",
        (8, 10): None,
    },
    ["3", "DLI", None, None, "-", "not(null)", "GVHD is graded", "Grade, dated", "3", None],
)
"""A criterion renumbered, one that asks for more, one that is in force again, one that is new."""

FORMS = {
    "text": lambda found: text(found, Page()),
    "md": markdown,
    "json": json_text,
}


def _told(found: VersionDifference) -> list[tuple[str, CriterionChange, str | None, str | None, str | None]]:
    return [(each.id, each.change, each.asked, each.asks, each.verdict) for each in found.criteria]


def _one(found: VersionDifference) -> CriterionDifference:
    (criterion,) = found.criteria
    return criterion


@pytest.mark.parametrize("form", FORMS)
def test_criteria_are_told_as_agreed(form: str) -> None:
    """Set UPDATE_GOLDEN=1 to write the file anew, and review its difference."""
    golden = GOLDEN / f"criteria.{form}"
    said = re.sub(r"\b[0-9a-f]{64}\b", "<digest>", FORMS[form]([difference(EDITED)]))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")


def test_an_unchanged_sheet_has_no_difference() -> None:
    found = difference({**BOOK, "Notes": [["Glossary"]]})
    assert (found.changes, found.criteria, found.differs) == ((), (), False)


def test_an_edited_cell_is_told_with_its_criterion_and_place() -> None:
    changes = difference(edited({(7, 6): "< 3"})).changes
    assert [
        (each.kind, each.decision, each.rule, each.old, each.new, each.new_place) for each in changes
    ] == [(ChangeKind.CELL, "Criteria", "2", "< 2", "< 3", "Criteria!F7")]


def test_a_group_that_needs_less_is_told_with_the_cases_in_which_its_status_differs() -> None:
    found = difference(edited({(5, 3): "any"}))
    group = _one(found)
    assert (group.asked, group.asks) == ("all of 1, 2", "any of 1, 2")
    assert group.status is not None
    assert {(each.old, each.new) for each in group.status.differences} == {("not met", "met")}
    assert found.behaviour is not None
    assert found.behaviour.verdict is Verdict.MORE_PERMISSIVE


def test_a_condition_on_a_group_is_told_of_the_group_and_of_what_it_puts_out_of_reach() -> None:
    found = difference(edited({(5, 5): "donor lymphocyte infusion"}))
    group, first, second = found.criteria
    assert group.asks == "all of 1, 2, where Service: donor lymphocyte infusion"
    assert first.asked == first.asks == "Service: donor lymphocyte infusion"
    assert second.status is not None
    assert {(each.old, each.new) for each in second.status.differences} == {
        ("met", "does not apply"),
        ("not met", "does not apply"),
    }


def test_other_words_for_the_same_condition_are_proven_equivalent() -> None:
    found = difference(edited({(7, 6): "0, 1"}))
    assert _told(found) == [
        (
            "2",
            CriterionChange.CHANGED,
            "Acute GVHD grade: < 2",
            "Acute GVHD grade: 0, 1",
            "equivalent",
        )
    ]
    assert not found.differs


def test_other_words_of_a_requirement_are_another_answer_though_no_status_differs() -> None:
    found = difference(edited({(7, 7): "GVHD of grade 0 or 1"}))
    assert _one(found).change is CriterionChange.REWORDED
    assert _one(found).verdict == "equivalent"
    assert found.differs


def test_a_note_on_a_criterion_is_an_edit_and_no_other_answer() -> None:
    found = difference(edited({(7, 10): "in force"}))
    assert (len(found.changes), found.criteria, found.differs) == (1, (), False)


def test_a_criterion_that_moves_into_another_group_is_told_with_both_groups() -> None:
    rows = (
        ["A", "DLI", "any", None, "-", "-", "One of these", None, "1", None],
        ["A.1", "A", None, None, "-", "> 3", "GVHD is severe", None, "1", None],
    )
    old, new = edited({}, *rows), edited({(7, 2): "A"}, *rows)
    moved = next(each for each in difference(new, old).criteria if each.id == "2")
    assert (moved.asked, moved.asks) == (
        "Acute GVHD grade: < 2; part of DLI",
        "Acute GVHD grade: < 2; part of A",
    )


def test_what_is_claimed_is_part_of_what_a_group_asks() -> None:
    claim = _one(difference(edited({(5, 4): "criteria not met"})))
    assert (claim.asked, claim.asks) == (
        "all of 1, 2; means medically necessary",
        "all of 1, 2; means criteria not met",
    )
    assert claim.differs


def test_removed_and_retired_criteria_have_asked_and_ask_no_more() -> None:
    retired = difference(edited({(7, 10): "retired"}))
    assert ("2", CriterionChange.RETIRED, "Acute GVHD grade: < 2", None, None) in _told(retired)
    rows = [row for row in BOOK["Criteria"] if row[0] != "2"]
    removed = difference({**BOOK, "Criteria": rows})
    assert ("2", CriterionChange.REMOVED, "Acute GVHD grade: < 2", None, None) in _told(removed)
    assert ChangeKind.CRITERION_REMOVED in [each.kind for each in removed.changes]


def test_a_criterion_with_another_number_is_known_by_its_words_or_its_cells() -> None:
    by_cells = difference(edited({(7, 1): "2.b", (7, 7): "GVHD is nearly absent"}))
    assert ("2.b", CriterionChange.RENUMBERED) in [told[:2] for told in _told(by_cells)]
    by_words = difference(edited({(7, 1): "2.b", (7, 6): "< 3"}))
    changes = [(each.kind, each.old, each.new) for each in by_words.changes]
    assert (ChangeKind.CRITERION_RENUMBERED, "2", "2.b") in changes
    both = difference(edited({(7, 1): "2.b", (7, 6): "< 3", (7, 7): "GVHD is mild"}))
    assert {told[0]: told[1] for told in _told(both)} | {"DLI": None} == {
        "DLI": None,
        "2": CriterionChange.REMOVED,
        "2.b": CriterionChange.ADDED,
    }


def test_a_group_whose_members_are_renumbered_asks_what_it_asked() -> None:
    assert [told[0] for told in _told(difference(edited({(7, 1): "2.b"})))] == ["2.b"]


def test_criteria_that_take_the_place_of_tables_are_added_and_the_tables_removed() -> None:
    found = difference(BOOK, TABLES_ALONE)
    assert [told[:3] for told in _told(found)] == [
        (each, CriterionChange.ADDED, None) for each in ("DLI", "1", "2")
    ]
    kinds = [each.kind for each in found.changes]
    assert ChangeKind.CRITERIA_ADDED in kinds
    assert ChangeKind.DECISION_REMOVED in kinds
    assert found.behaviour is not None
    assert Aspect.UNMET_CRITERIA not in [aspect for aspect, _ in found.behaviour.shares]
    assert [each.partition(":")[0] for each in found.behaviour.reasons] == ["unmet criteria"]


def test_a_reason_that_follows_from_the_criteria_is_not_told_as_none() -> None:
    found = difference(BOOK, {**BOOK, "Determination": _saying("A criterion is not met.")})
    assert found.behaviour is not None
    told = [each.new for each in found.behaviour.differences if each.aspect is Aspect.WORDING]
    assert told
    assert all(each == {"reason": FROM_CRITERIA} for each in told)


def test_of_a_workbook_with_errors_what_a_criterion_asks_is_told_and_its_status_unknown() -> None:
    criterion = _one(difference(edited({(7, 6): "< tow"})))
    assert (criterion.asks, criterion.verdict) == ("Acute GVHD grade: < tow", "unknown")


def test_a_criterion_that_cannot_be_traced_is_unknown_and_never_equivalent() -> None:
    facts = [fact("price", "number"), fact("paid", "number"), fact("flag", "boolean")]
    final = table("Final", "F", ["IF flag", "THEN Answer"], None, ["true", "a"], ["-", "b"])
    sides = [
        linked(facts, [criteria(["price - paid"], ["1", None, None, None, cell])], final)
        for cell in ("> 2", "> 3")
    ]
    found = compare(sides[0], sides[1])
    assert found.verdict is Verdict.EQUIVALENT
    assert [(each.new, bool(each.reasons)) for each in found.criteria] == [("Criteria.1", True)]
    assert found.differs


def test_a_case_in_which_a_criterion_alone_stands_otherwise_is_told() -> None:
    found = difference(edited({(7, 6): "< 3"}))
    cases = {case.case: case.aspects for case in found.cases}
    assert Aspect.CRITERIA in cases["another service, moderate GVHD"]
    assert Aspect.DETERMINATION not in cases["another service, moderate GVHD"]


def test_criteria_beside_a_sheet_of_another_name_are_the_same_sheet() -> None:
    found = difference(
        {**edited({(1, 1): "Listed criteria"}), "Determination": _reading("Listed criteria.DLI")}
    )
    kinds = [each.kind for each in found.changes]
    assert kinds[0] is ChangeKind.CRITERIA_RENAMED
    assert ChangeKind.CRITERIA_ADDED not in kinds
    assert found.criteria == ()


def _saying(reason: str) -> list[list[object]]:
    rows = [list(row) for row in BOOK["Determination"]]
    rows[-1][3] = reason
    return rows


def _reading(clause: str) -> list[list[object]]:
    rows = [list(row) for row in BOOK["Determination"]]
    rows[2][1] = clause
    return rows


def test_the_workbook_has_the_criteria_and_marks_both_versions_of_their_sheet() -> None:
    data = book([difference(EDITED)])
    assert data == book([difference(EDITED)])
    made = load_workbook(BytesIO(data))
    told = [[cell.value or "" for cell in row[:5]] for row in made["Criteria"].iter_rows(min_row=2)]
    assert ["acme", "Criteria.3, added", "", "Acute GVHD grade: not(null)", ""] in told
    both = made["acme Criteria"]
    rows = [(both.cell(row, 1).value, both.cell(row, 2).value) for row in range(5, 14)]
    assert rows == [
        (None, "values"),
        (None, "DLI"),
        ("before", "1"),
        ("now", "1.a"),
        ("before", "2"),
        ("now", "2"),
        ("before", "2.old"),
        ("now", "2.old"),
        ("new", "3"),
    ]
    coloured = {cell.coordinate for row in both.iter_rows(5) for cell in row if cell.fill.fill_type}
    assert {"G9", "G10", "H9", "H10", "A13", "G13"} <= coloured
    assert "G7" not in coloured


def test_json_gives_each_criterion_its_regions() -> None:
    (policy,) = json.loads(json_text([difference(edited({(7, 6): "< 3"}))]))["policies"]
    told = {each["id"]: each for each in policy["criteria"]}
    assert told["2"]["asked"] == "Acute GVHD grade: < 2"
    (region,) = told["2"]["differs"]["regions"]
    assert (region["old"], region["new"]) == ("not met", "met")
    assert region["where"] == {"Acute GVHD grade": "2"}
    assert region["witness"] == {"acute_gvhd_grade": 2}


def test_a_broken_tree_of_groups_does_not_stop_the_edits_from_being_told() -> None:
    found = difference(edited({(7, 2): "nothing"}))
    assert found.broken
    assert found.changes[0].new == "nothing"
