"""What was renamed, renumbered or shifted is still the same, and edits of the other side reach it."""

from __future__ import annotations

from dmn_dli.merge.grids import Key, Side
from tests.merge.sheets import merged_sheet, sheet, table

ONE, TWO = ("S-1", "dli", "-", "covered", "p. 1"), ("S-2", "hpc", "< 60", "not covered", "p. 2")


def test_a_rule_with_another_id_takes_the_edits_of_the_other_side() -> None:
    renamed = table(("S-1a", *ONE[1:]), TWO)
    edited = table((*ONE[:4], "p. 11"), TWO)
    for pair in ((renamed, edited), (edited, renamed)):
        merged = merged_sheet(table(ONE, TWO), *pair)
        assert merged.conflicts == []
        assert merged.rows("Scope") == [["S-1a", "dli", "-", "covered", "p. 11"], list(TWO)]


def test_a_rule_that_both_give_another_id_is_a_conflict_of_that_cell() -> None:
    merged = merged_sheet(table(ONE, TWO), table(("A", *ONE[1:]), TWO), table(("B", *ONE[1:]), TWO))
    assert [(each.kind, each.base, each.ours, each.theirs) for each in merged.conflicts] == [
        ("cell", "S-1", "A", "B")
    ]
    assert merged.rows("Scope")[0][0] == "A"


def test_an_id_that_the_other_side_gives_to_a_new_rule_is_never_there_twice() -> None:
    merged = merged_sheet(
        table(ONE, TWO), table(("S-3", *ONE[1:]), TWO), table(ONE, TWO, ("S-3", "-", "-", "x", "y"))
    )
    assert [row[0] for row in merged.rows("Scope")] == ["S-3", "S-2"]
    assert set(merged.kinds) == {"row added twice"}


def test_a_column_with_another_heading_takes_the_edits_of_the_other_side() -> None:
    head = (("Scope", "What?"), ("U", "IF", "IF", "THEN", "NOTE"))
    renamed = sheet(
        "Scope",
        *head,
        ("Rule", "Service", "Donor age", "Scope", "Citation"),
        ("values", "dli, hpc"),
        ONE,
        TWO,
    )
    merged = merged_sheet(table(ONE, TWO), renamed, table(ONE, (*TWO[:2], "< 65", *TWO[3:])))
    assert merged.conflicts == []
    assert merged.rows("Scope")[1][2] == "< 65"
    assert len(merged.rows("Scope")[1]) == 5


def test_a_column_put_in_the_place_of_another_is_not_taken_for_it_since_both_accept_anything() -> None:
    any_age = table(("S-1", "dli", "-", "covered", ""), ("S-2", "hpc", "-", "not covered", ""))
    other = sheet(
        "Scope",
        ("Scope", "What?"),
        ("U", "IF", "IF", "THEN", "NOTE"),
        ("Rule", "Service", "Grade", "Scope", "Citation"),
        ("values", "dli, hpc"),
        ("S-1", "dli", "-", "covered"),
        ("S-2", "hpc", "-", "not covered"),
    )
    tested = table(("S-1", "dli", "< 60", "covered", ""), ("S-2", "hpc", "-", "not covered", ""))
    merged = merged_sheet(any_age, other, tested)
    assert merged.kinds == ["column removed"]
    assert merged.conflicts[0].theirs == "S-1: < 60"


CRITERIA = (
    ("Criteria", "Is it necessary?"),
    ("Criteria", "GROUP", "GROUP", "IF", "THEN", "THEN"),
    ("Criterion", "Part of", "Needs", "Age", "Requirement", "Evidence"),
    ("values",),
    ("2", "", "all", "-", "All of these.", ""),
    ("2.a", "2", "", "< 60", "A young donor.", "birth date"),
    ("2.b", "2", "", "> 18", "A grown-up donor.", "birth date"),
)


def test_renumbered_criteria_take_the_edits_of_what_they_say() -> None:
    base = sheet("Criteria", *CRITERIA)
    ours = sheet(
        "Criteria",
        *CRITERIA[:6],
        ("2.b", "2", "", "> 0", "A living donor.", "letter"),
        ("2.c", "2", "", "> 18", "A grown-up donor.", "birth date"),
    )
    theirs = sheet("Criteria", *CRITERIA[:6], (*CRITERIA[6][:5], "birth date\npassport"))
    merged = merged_sheet(base, ours, theirs)
    assert merged.conflicts == []
    assert merged.rows("Criteria")[2:] == [
        ["2.b", "2", "", "> 0", "A living donor.", "letter"],
        ["2.c", "2", "", "> 18", "A grown-up donor.", "birth date\npassport"],
    ]


def test_two_criteria_that_are_given_one_number_are_told() -> None:
    third = ("2.c", "2", "", "> 20", "Another donor.", "letter")
    base = sheet("Criteria", *CRITERIA, third)
    ours = sheet("Criteria", *CRITERIA[:5], ("2.c", *CRITERIA[5][1:]), CRITERIA[6])
    theirs = sheet("Criteria", *CRITERIA[:6], ("2.c", *CRITERIA[6][1:]))
    (conflict,) = merged_sheet(base, ours, theirs).conflicts
    assert (conflict.kind, conflict.row) == ("row added twice", Key("2.b"))
    assert "A young donor." in conflict.ours
    assert "A grown-up donor." in conflict.theirs


def test_criteria_that_are_added_at_one_place_are_both_there() -> None:
    ours, theirs = (("2.c", "2", "", "> 20", text, "") for text in ("A", "B"))
    base = sheet("Criteria", *CRITERIA)
    merged = merged_sheet(
        base, sheet("Criteria", *CRITERIA, ours), sheet("Criteria", *CRITERIA, ("2.d", *theirs[1:]))
    )
    assert merged.conflicts == []
    assert [row[0] for row in merged.rows("Criteria")[3:]] == ["2.c", "2.d"]


def test_evidence_is_merged_line_by_line() -> None:
    base = sheet("Criteria", *CRITERIA)
    ours = sheet("Criteria", *CRITERIA[:6], (*CRITERIA[6][:5], "birth date\npassport"))
    theirs = sheet("Criteria", *CRITERIA[:6], (*CRITERIA[6][:5], "birth date\nletter"))
    assert merged_sheet(base, ours, theirs).rows("Criteria")[2][5] == "birth date\npassport\nletter"


def test_lines_of_notes_are_known_by_the_lines_around_them() -> None:
    base = sheet("Notes", ("Terms",), ("",), ("DLI", "infusion"), ("HPC", "cells"))
    ours = sheet("Notes", ("Terms",), ("of this policy",), ("",), ("DLI", "infusion"), ("HPC", "cells"))
    theirs = sheet("Notes", ("Terms",), ("",), ("DLI", "an infusion"), ("HPC", "cells"), ("GVHD", "disease"))
    merged = merged_sheet(base, ours, theirs)
    assert merged.conflicts == []
    assert merged.rows("Notes") == [
        ["Terms", ""],
        ["of this policy", ""],
        ["", ""],
        ["DLI", "an infusion"],
        ["HPC", "cells"],
        ["GVHD", "disease"],
    ]


def test_a_line_of_notes_that_both_change_is_a_conflict_and_one_that_both_add_is_there_once() -> None:
    base = sheet("Notes", ("DLI", "infusion"))
    ours = sheet("Notes", ("DLI", "an infusion"), ("GVHD", "disease"))
    theirs = sheet("Notes", ("DLI", "the infusion"), ("GVHD", "disease"))
    merged = merged_sheet(base, ours, theirs)
    assert [(each.kind, each.ours, each.theirs) for each in merged.conflicts] == [
        ("cell", "an infusion", "the infusion")
    ]
    assert merged.rows("Notes") == [["DLI", "an infusion"], ["GVHD", "disease"]]


HISTORY = ("date", "who", "what", "why")


def test_lines_of_the_history_stand_by_their_dates_and_one_that_was_corrected_is_one() -> None:
    first = ("2025-01-01", "A", "made", "new")
    base = sheet("Change History", HISTORY, first)
    ours = sheet("Change History", HISTORY, first, ("2025-03-01", "B", "rule 2", "age"))
    theirs = sheet(
        "Change History", HISTORY, (*first[:3], "new payer"), ("2025-02-01", "C", "rule 1", "dose")
    )
    merged = merged_sheet(base, ours, theirs)
    assert merged.conflicts == []
    assert merged.rows("Change History") == [
        ["2025-01-01", "A", "made", "new payer"],
        ["2025-02-01", "C", "rule 1", "dose"],
        ["2025-03-01", "B", "rule 2", "age"],
    ]


def test_a_line_that_both_correct_differently_is_a_conflict() -> None:
    base = sheet("Change History", HISTORY, ("2025-01-01", "A", "made", "new"))
    ours = sheet("Change History", HISTORY, ("2025-01-01", "A", "made", "x"))
    theirs = sheet("Change History", HISTORY, ("2025-01-01", "A", "made", "y"))
    assert merged_sheet(base, ours, theirs).kinds == ["cell"]


def test_a_reworded_assumption_takes_the_reason_that_the_other_side_wrote() -> None:
    head = ("condition", "reason")
    base = sheet("Assumptions", head, ("a = 1", "since"))
    merged = merged_sheet(
        base, sheet("Assumptions", head, ("a = 2", "since")), sheet("Assumptions", head, ("a = 1", "for"))
    )
    assert merged.rows("Assumptions") == [["a = 2", "for"]]
    assert merged.conflicts == []
    assert merged.said(Side.THEIRS) == ["a = 1, reason: since → for"]
