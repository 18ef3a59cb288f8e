"""Cells, rows and columns of two sides: what is merged, and what a conflict says."""

from __future__ import annotations

from random import Random

import pytest

from dmn_dli.merge.grids import Conflict, Key, Side, head_row
from tests.merge.models import edited_table, grid
from tests.merge.models import table as random_table
from tests.merge.sheets import merged_sheet, sheet, table

ONE, TWO = ("S-1", "dli", "-", "covered", "p. 1"), ("S-2", "hpc", "< 60", "not covered", "p. 2")
BASE = table(ONE, TWO)


@pytest.mark.parametrize("seed", range(20))
def test_a_merge_with_the_base_or_with_oneself_changes_nothing_else(seed: int) -> None:
    random = Random(seed)
    base = random_table("Alpha", "F", 5, ("if age", "if disease", "then scope", "note citation"))
    edited = edited_table(random, base)
    before, after = grid(base), grid(edited)
    shown = [[edited.at(row, column) for column in edited.columns] for row in edited.rows[4:]]
    for pair in ((after, before), (before, after), (after, after)):
        merged = merged_sheet(before, *pair)
        assert merged.conflicts == []
        assert merged.rows("Alpha") == shown


def test_a_removed_rule_that_the_other_side_changed_is_a_conflict_either_way() -> None:
    changed = table(ONE, (*TWO[:2], "< 65", *TWO[3:]))
    kept, gone = merged_sheet(BASE, changed, table(ONE)), merged_sheet(BASE, table(ONE), changed)
    row = Key("s-2")
    assert kept.conflicts == [
        Conflict("Scope", "row removed", "Age: < 60", "Age: < 65", "S-2 (removed)", row)
    ]
    assert gone.conflicts == [
        Conflict("Scope", "row removed", "Age: < 60", "S-2 (removed)", "Age: < 65", row)
    ]
    assert [len(each.rows("Scope")) for each in (kept, gone)] == [2, 1]


def test_a_removed_column_that_a_new_rule_of_the_other_side_tests_is_a_conflict() -> None:
    head = (
        ("Scope", "What?"),
        ("U", "IF", "THEN", "NOTE"),
        ("Rule", "Service", "Scope", "Citation"),
        ("values", "dli, hpc"),
    )
    without = sheet("Scope", *head, ("S-1", "dli", "covered", "p. 1"), ("S-2", "hpc", "not covered", "p. 2"))
    tested = merged_sheet(BASE, without, table(ONE, TWO, ("S-3", "dli", "< 5", "covered", "")))
    free = merged_sheet(BASE, without, table(ONE, TWO, ("S-3", "dli", "-", "covered", "")))
    assert [(each.kind, each.theirs) for each in tested.conflicts] == [("column removed", "S-3: < 5")]
    assert free.conflicts == []
    assert free.rows("Scope")[2] == ["S-3", "dli", "covered", ""]


def test_a_new_rule_has_no_cell_in_a_column_that_the_other_side_adds() -> None:
    wider = sheet(
        "Scope",
        ("Scope", "What?"),
        ("U", "IF", "IF", "IF", "THEN", "NOTE"),
        ("Rule", "Grade", "Service", "Age", "Scope", "Citation"),
        ("values", "", "dli, hpc"),
        ("S-1", "1", *ONE[1:]),
        ("S-2", "-", *TWO[1:]),
    )
    merged = merged_sheet(BASE, table(ONE, TWO, ("S-3", "dli", "-", "x", "y")), wider)
    assert merged.conflicts == []
    assert merged.rows("Scope")[2] == ["S-3", "", "dli", "-", "x", "y"]
    assert merged.book.grids["Scope"].unfilled == ((Key("s-3"), Key("if grade")),)
    # The question is no column's, and stays in the first cell behind the name.
    assert merged.book.grids["Scope"].question is None


def test_two_rules_that_both_add_under_one_id_are_not_mixed() -> None:
    ours, theirs = ("S-3", "dli", "-", "covered", ""), ("S-3", "-", "< 5", "covered", "p. 9")
    merged = merged_sheet(BASE, table(ONE, TWO, ours), table(ONE, TWO, theirs))
    assert merged.rows("Scope")[2] == list(ours)
    assert [(each.kind, each.column, each.ours, each.theirs) for each in merged.conflicts] == [
        ("row added twice", Key("if service"), "dli", "-"),
        ("row added twice", Key("if age"), "-", "< 5"),
        ("row added twice", Key("note citation"), "", "p. 9"),
    ]


def test_rows_added_by_both_fill_each_others_blanks() -> None:
    head = ("fact", "label", "unit")
    base, ours, theirs = (
        sheet("Facts", head, *rows) for rows in ([], [("dose", "Dose", "")], [("dose", "Dose", "mg")])
    )
    merged = merged_sheet(base, ours, theirs)
    assert merged.conflicts == []
    assert merged.rows("Facts") == [["dose", "Dose", "mg"]]


def test_the_hit_policy_of_one_side_and_a_rule_of_the_other_are_both_taken() -> None:
    merged = merged_sheet(BASE, table(ONE, TWO, policy="F"), table(ONE, (*TWO[:3], "covered", "p. 2")))
    assert merged.conflicts == []
    assert merged.rows("Scope")[1][3] == "covered"
    assert merged.said(Side.OURS) == ["row 2, column A: U → F"]


def test_the_question_is_a_cell_of_its_own() -> None:
    other, third = (sheet("Scope", ("Scope", text), *_below()) for text in ("Why?", "Whence?"))
    taken = merged_sheet(BASE, BASE, other)
    assert taken.book.grids["Scope"].question is not None
    assert taken.book.grids["Scope"].cells == {}
    clash = merged_sheet(BASE, third, other)
    assert [(each.kind, each.row, each.ours) for each in clash.conflicts] == [
        ("question", head_row(1), "Whence?")
    ]


def _below() -> list[tuple[str, ...]]:
    return [
        ("U", "IF", "IF", "THEN", "NOTE"),
        ("Rule", "Service", "Age", "Scope", "Citation"),
        ("values", "dli, hpc"),
        ONE,
        TWO,
    ]


def test_a_number_that_became_its_text_is_taken_but_is_no_conflict() -> None:
    head, codes = ("field", "value"), (38242, "38242", "38243")
    number, text, other = (sheet("Policy", head, ("Policy number", each)) for each in codes)
    assert merged_sheet(number, number, text).book.grids["Policy"].cells
    for pair in ((other, text), (text, other)):
        merged = merged_sheet(number, *pair)
        assert merged.conflicts == []
        assert merged.rows("Policy") == [["Policy number", "38243"]]


def test_two_values_added_to_the_dictionary_are_both_allowed() -> None:
    head = ("fact", "allowed values")
    texts = ('"a", "b"', '"a", "b", "c"', '"a", "b", "d"')
    merged = merged_sheet(*(sheet("Facts", head, ("kind", text)) for text in texts))
    assert merged.rows("Facts") == [["kind", '"a", "b", "c", "d"']]
    assert merged.conflicts == []


@pytest.mark.parametrize(
    ("rules", "clashing"),
    [
        ((("S-3", "dli", "-", "x", ""), ("S-4", "hpc", "-", "y", "")), False),
        ((("S-3", "dli", "-", "x", ""), ("S-4", "dli, hpc", "-", "y", "")), True),
        ((("S-3", "dli", "-", "x", ""), ("S-4", "hpx", "-", "y", "")), True),
        ((("S-3", "dli", "-", "x", ""), ("S-4", "-", "-", "x", "")), False),
        ((("S-3", "dli", "-", "x", "a"), ("S-4", "-", "-", "x", "b")), True),
        ((("S-3", "-", "< 5", "x", ""), ("S-4", "-", ">= 5", "y", "")), True),
    ],
    ids=["apart", "together", "unknown word", "the same", "another citation", "tests are not compared"],
)
def test_new_rules_at_one_place_clash_where_both_may_apply_and_differ(
    rules: tuple[tuple[str, ...], tuple[str, ...]], clashing: bool
) -> None:
    first = table(ONE, TWO, policy="F")
    sides = (table(ONE, each, TWO, policy="F") for each in rules)
    merged = merged_sheet(first, *sides)
    assert merged.kinds == (["row order"] if clashing else [])
    assert [row[0] for row in merged.rows("Scope")] == ["S-1", "S-3", "S-4", "S-2"]


def test_a_rule_that_moved_where_order_counts_is_not_removed_in_silence() -> None:
    three = ("S-3", "-", "-", "other", "")
    base, moved, without = (
        table(*rules, policy="F") for rules in ((ONE, TWO, three), (TWO, three, ONE), (TWO, three))
    )
    assert merged_sheet(base, moved, without).kinds == ["row removed"]
    unordered = (table(*rules) for rules in ((ONE, TWO, three), (TWO, three, ONE), (TWO, three)))
    assert merged_sheet(*unordered).kinds == []


def test_what_an_order_conflict_says_names_the_rules_in_the_order_of_each_version() -> None:
    rules = [(f"S-{number}", "dli", "-", f"result {number}", "") for number in range(20)]
    one, other, third = rules[0], rules[1], rules[2]
    few = [
        table(*order, policy="F") for order in ((one, other, third), (other, one, third), (one, third, other))
    ]
    (conflict,) = merged_sheet(*few).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == (
        "S-0, S-1, S-2",
        "S-1, S-0, S-2",
        "S-0, S-2, S-1",
    )
    up, down = [*rules[1:], one], [*rules[1:15], one, *rules[15:]]
    (conflict,) = merged_sheet(*(table(*order, policy="F") for order in (rules, up, down))).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == (
        "S-0 first",
        "S-0 below S-19",
        "S-0 below S-14",
    )


def test_a_sheet_that_one_side_sorted_is_told_in_one_line() -> None:
    head, rows = ("case",), [(f"case {number}",) for number in range(30)]
    merged = merged_sheet(
        sheet("Cases", head, *rows), sheet("Cases", head, *rows), sheet("Cases", head, *rows[::-1])
    )
    assert merged.rows("Cases")[0] == ["case 29"]
    assert merged.said(Side.THEIRS) == ["29 rows moved"]
