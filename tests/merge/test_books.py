"""Sheets of two sides: added, removed, renamed, moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmn_dli.excel.files import WorkbookUnreadableError
from dmn_dli.merge.books import aligned, merge_books
from dmn_dli.merge.grids import Grid, Key, Side
from dmn_dli.merge.reading import read_grids
from tests.merge.sheets import Merged, sheet, table

TABLES = Path(__file__).resolve().parents[2] / "tables"
ONE, TWO = ("S-1", "dli", "-", "covered", "p. 1"), ("S-2", "hpc", "< 60", "not covered", "p. 2")
SCOPE, NOTES, POLICY = (
    table(ONE, TWO),
    sheet("Notes", ("x",)),
    sheet("Policy", ("field", "value"), ("Payer", "x")),
)


def test_sheets_of_both_sides_are_there_in_order() -> None:
    cases = sheet("Cases", ("case",), ("one",))
    merged = Merged([POLICY, SCOPE], [POLICY, SCOPE, NOTES], [POLICY, cases, SCOPE])
    assert merged.book.sheets == (
        ("Policy", Side.OURS),
        ("Cases", Side.THEIRS),
        ("Scope", Side.OURS),
        ("Notes", Side.OURS),
    )
    assert merged.said(Side.THEIRS) == ['sheet "Cases" added']


def test_a_removed_sheet_goes_unless_the_other_side_changed_it() -> None:
    edited = table(ONE, (*TWO[:2], "-", *TWO[3:]))
    assert Merged([POLICY, SCOPE], [POLICY, SCOPE], [POLICY]).book.sheets == (("Policy", Side.OURS),)
    kept, gone = (
        Merged([POLICY, SCOPE], [POLICY, edited], [POLICY]),
        Merged([POLICY, SCOPE], [POLICY], [POLICY, edited]),
    )
    assert [(each.kind, each.ours, each.theirs) for each in kept.conflicts] == [
        ("sheet removed", "S-2, Age: < 60 → -", "(removed)")
    ]
    assert [(each.kind, each.ours, each.theirs) for each in gone.conflicts] == [
        ("sheet removed", "(removed)", "S-2, Age: < 60 → -")
    ]
    assert [len(each.book.sheets) for each in (kept, gone)] == [2, 1]


def test_a_renamed_tab_takes_the_edits_of_the_other_side() -> None:
    rows = [
        ("Scope", "What?"),
        ("U", "IF", "THEN"),
        ("Rule", "Service", "Scope"),
        ("values",),
        ("S-1", "dli", "a"),
    ]
    base, edited = sheet("Scope", *rows), sheet("Scope", *rows[:4], ("S-1", "dli", "b"))
    renamed = sheet("Range", *rows)
    ours, theirs = Merged([base], [renamed], [edited]), Merged([base], [edited], [renamed])
    assert ours.rows("Range") == theirs.rows("Scope") == [["S-1", "dli", "b"]]
    assert (ours.book.renamed, theirs.book.renamed) == ({}, {"Scope": "Range"})
    added = Merged([base], [renamed], [base, sheet("Range", *rows[:4], ("R-1", "hpc", "b"))])
    assert [(each.kind, each.row) for each in added.conflicts] == []
    assert [row[0] for row in added.rows("Range")] == ["S-1", "R-1"]
    assert added.book.sheets == (("Range", Side.OURS),)
    both = Merged([base], [renamed], [sheet("Extent", *rows)])
    assert [(each.kind, each.base, each.ours, each.theirs) for each in both.conflicts] == [
        ("sheet name", "Scope", "Range", "Extent")
    ]


def test_a_sheet_that_is_a_table_on_one_side_only_is_merged_as_text() -> None:
    broken = sheet("Scope", ("Scope", "What?"), ("", "when", "then"), ("", "Service", "Scope"))
    merged = Merged([broken], [broken], [SCOPE])
    assert merged.conflicts == []
    assert ["S-2", "hpc", "< 60", "not covered", "p. 2"] in merged.rows("Scope")


def test_an_empty_base_has_in_common_what_both_have() -> None:
    merged = Merged([], [POLICY, SCOPE], [POLICY, table(ONE, ("S-3", "-", "-", "x", "y"))])
    assert merged.conflicts == []
    assert [row[0] for row in merged.rows("Scope")] == ["S-1", "S-2", "S-3"]


@pytest.mark.parametrize("file", sorted(TABLES.glob("*.xlsx")), ids=lambda file: file.name)
def test_a_real_workbook_merged_with_itself_is_itself(file: Path) -> None:
    grids = read_grids(file.read_bytes(), file.name)
    for base in (grids, {}):
        merged = merge_books(aligned(base, grids, grids))
        assert [name for name, _ in merged.sheets] == list(grids)
        assert merged.conflicts == ()
        assert all(not (grid.conflicts or grid.cells or grid.question) for grid in merged.grids.values())


def test_no_file_has_no_sheets_and_a_broken_one_is_refused() -> None:
    assert read_grids(b"", "base.xlsx") == {}
    with pytest.raises(WorkbookUnreadableError) as refused:
        read_grids(b"no workbook", "base.xlsx")
    assert refused.value.findings[0].file == "base.xlsx"


def test_ids_that_look_like_keys_of_the_head_and_repeated_ids_lose_no_row() -> None:
    grid = table(
        ("#1", "dli", "-", "a", ""),
        ("S-1", "-", "-", "b", ""),
        ("s-1 ", "-", "-", "c", ""),
        ("", "x", "", "", ""),
    )
    assert [row for row in grid.rows if not row.head] == [Key("#1"), Key("s-1"), Key("s-1", 1), Key("")]
    assert len(grid.cells) + 1 == 2 + 5 + 5 + 2 + 4 + 4 + 4 + 1


def test_tabs_that_only_blanks_tell_apart_are_two_sheets() -> None:
    def book(*names: str) -> dict[str, Grid]:
        return {name: sheet(name, ("x",)) for name in names}

    for base in ((), ("Notes A",)):
        versions = aligned(book(*base), book("Notes A"), book("Notes  A", "Notes A"))
        assert {key: each.name for key, each in versions.theirs.items()} == {
            "Notes A": "Notes A",
            "Notes  A": "Notes  A",
        }
        assert {name for name, _ in merge_books(versions).sheets} == {"Notes A", "Notes  A"}
