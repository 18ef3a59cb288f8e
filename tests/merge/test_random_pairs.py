"""Two sides edit one workbook: what goes together is in the merge, what does not is in its conflicts."""

from __future__ import annotations

from random import Random

import pytest

from dmn_dli.merge.books import aligned, merge_books
from dmn_dli.merge.grids import Conflict, Grid, Key, MergedGrid, Side
from tests.merge.models import Table, edited_book, edited_table, grid, grids, table
from tests.merge.naive import Expected, merged_book, merged_table


def _judge(seed: int) -> tuple[int, int]:
    """Merge a random pair as the reference does; how many conflicts there were, and edits taken over."""
    random = Random(seed)
    base = {
        "Alpha": table(
            "Alpha", "F", random.randint(3, 6), ("if age", "if disease", "then scope", "note citation")
        ),
        "Beta": table(
            "Beta", random.choice("UF"), random.randint(3, 5), ("if grade", "then scope", "note reason")
        ),
        "Delta": table("Delta", "U", 3, ("if dose", "then scope")),
    }
    ours, theirs = edited_book(random, base), edited_book(random, base)
    versions = aligned(grids(base), grids(ours), grids(theirs))
    merged = merge_books(versions)
    order, tabs, found = merged_book(base, ours, theirs)
    tab = {
        name: (ours.get(name) or theirs.get(name) or of).tab
        for name, of in {**base, **theirs, **ours}.items()
    }
    assert [name for name, _ in merged.sheets] == [tab[name] for name in order], seed
    assert {each.kind + each.sheet for each in merged.conflicts} == {kind + tab[name] for kind, name in found}
    assert len(merged.conflicts) == len(found), seed
    number = len(found)
    for name in order:
        shown = merged.renamed.get(tab[name], tab[name])
        assert shown == tabs[name], seed
        if name in ours and name in theirs:
            empty = Table(tab[name], "", (), ())
            expected = merged_table(base.get(name, empty), ours[name], theirs[name])
            grid = merged.grids[tab[name]]
            _compare(grid, versions.ours[tab[name]], versions.theirs[tab[name]], expected, seed)
            number += len(grid.conflicts)
        else:
            side = Side.OURS if name in ours else Side.THEIRS
            assert (tab[name], side) in merged.sheets, seed
    return number, sum(each.side is Side.THEIRS for each in merged.edits) + sum(
        each.side is Side.THEIRS for grid in merged.grids.values() for each in grid.edits
    )


def _compare(merged: MergedGrid, ours: Grid, theirs: Grid, expected: Expected, seed: int) -> None:
    assert {_found(each) for each in merged.conflicts} == expected.conflicts, seed
    assert len(set(merged.conflicts)) == len(merged.conflicts), seed
    for each in merged.conflicts:
        if each.row and each.column:
            place = each.row, each.column
            said = [grid.cells[place].text if place in grid.cells else "" for grid in (ours, theirs)]
            assert [each.ours, each.theirs] == said, seed
    of = expected.table
    assert [row.name for row, _ in merged.rows] == list(of.rows), seed
    assert [column.name for column, _ in merged.columns] == list(of.columns), seed
    for key, side in (*merged.rows, *merged.columns):
        grid = ours if side is Side.OURS else theirs
        assert key in grid.rows or key in grid.columns, seed
    cells = {
        (row.name, column.name): _text(merged, ours, row, column)
        for row, _ in merged.rows
        for column, _ in merged.columns
    }
    assert cells == {place: of.at(*place) for place in cells}, seed
    question = merged.question or ours.question
    assert (question.text if question else "") == of.question, seed


def _text(merged: MergedGrid, ours: Grid, row: Key, column: Key) -> str:
    cell = merged.cells.get((row, column), ours.cells.get((row, column)))
    return cell.text if cell else ""


def _found(conflict: Conflict) -> tuple[str, str, str]:
    row, column = conflict.row, conflict.column
    return conflict.kind, row.name if row else "", column.name if column else ""


def _judge_all(seeds: range) -> None:
    results = [_judge(seed) for seed in seeds]
    clean = sum(conflicts == 0 and taken > 0 for conflicts, taken in results)
    # Neither is what is judged here a matter of course.
    assert clean > len(seeds) // 5
    assert sum(conflicts > 0 for conflicts, _ in results) > len(seeds) // 5


def test_what_goes_together_is_merged_and_what_clashes_is_reported() -> None:
    _judge_all(range(200))


@pytest.mark.slow
def test_two_thousand_pairs_of_edits_are_merged_or_reported() -> None:
    _judge_all(range(2000))


def test_who_merges_whom_makes_no_difference_to_what_clashes() -> None:
    clean = 0
    for seed in range(60):
        random = Random(seed)
        base = table("Alpha", random.choice("UF"), 5, ("if age", "if disease", "then scope", "note citation"))
        ours, theirs = ({"Alpha": grid(edited_table(random, base))} for _ in range(2))
        before = {"Alpha": grid(base)}
        versions = aligned(before, ours, theirs), aligned(before, theirs, ours)
        one, other = (merge_books(each).grids["Alpha"] for each in versions)
        kinds = [sorted(_mirrored(each) for each in merged.conflicts) for merged in (one, other)]
        assert kinds[0] == kinds[1], seed
        if not one.conflicts:
            clean += 1
            shown = [
                {
                    (row.name, column.name): _text(merged, each.ours["Alpha"], row, column)
                    for row, _ in merged.rows
                    for column, _ in merged.columns
                }
                for merged, each in ((one, versions[0]), (other, versions[1]))
            ]
            assert shown[0] == shown[1], seed
    assert clean > 20


def _mirrored(conflict: Conflict) -> tuple[str, str, str]:
    """What a conflict is about, where that does not depend on whose order stands."""
    kind, row, column = _found(conflict)
    return kind, "" if kind == "row order" else row, column
