"""The row that the page offers for a gap closes the gap, once it is pasted and filled in."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.check import Analysis, analyse
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.linking.link import link
from dmn_dli.model.finding import Finding, Kind, errors
from dmn_dli.model.workbook import Workbook
from dmn_dli.page.live.new_rule import new_rule, proposed_id
from tests.excel.build import GOOD_NAME, make_workbook, table
from tests.fuzz.books import Grid, book, clean_sheets

_MOST_ROWS = 40


def _analysed(sheets: dict[str, Grid]) -> tuple[Workbook, Analysis]:
    workbook = read_workbook_bytes(book(sheets), GOOD_NAME, GOOD_NAME)
    assert workbook.dictionary is not None
    linked = link(workbook, workbook.dictionary)
    assert not errors(linked.findings)
    return workbook, analyse(linked)


def _pasted(finding: Finding, workbook: Workbook, sheets: dict[str, Grid]) -> None:
    """Paste the row where it is said to belong, and fill in what was left for the writer."""
    rule = new_rule(finding, workbook)
    assert rule is not None
    grid: list[list[Any]] = sheets[rule.sheet]
    assert rule.cell == f"A{len(grid) + 1}"
    cells = rule.cells
    assert len(cells) == len(grid[1])
    kinds = ["", *grid[1][1:]]
    result = grid[4][-1]
    filled = [result if kind == "THEN" else cell for kind, cell in zip(kinds, cells, strict=True)]
    assert "" not in filled
    assert cells[0] not in {row[0] for row in grid}
    grid.append(filled)


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_pasted_rows_make_a_table_complete(chance: Random) -> None:
    sheets = clean_sheets(chance)
    # So that tests of it stay values that it may have.
    sheets["Grade"][3][-1] = ", ".join(f'"{row[-1]}"' for row in sheets["Grade"][4:])
    for name in ("Grade", "Final"):
        rules = sheets[name][4:]
        kept = sorted(chance.sample(range(len(rules)), chance.randint(1, len(rules))))
        sheets[name][4:] = [rules[number] for number in kept]
    for _ in range(_MOST_ROWS):
        workbook, analysis = _analysed(sheets)
        gaps = [each for each in analysis.findings if each.code.kind is Kind.GAP and each.entries]
        if not gaps:
            break
        _pasted(chance.choice(gaps), workbook, sheets)
    for proof in analysis.proofs:
        hit_policy = sheets[proof.decision][1][0]
        assert proof.complete is True or hit_policy == "C"
        assert proof.overlap_free is True or hit_policy != "U"


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["M-01", "M-07"], "M-08"),
        (["M-9"], "M-10"),
        (["M-2", "m-3", "M-1", "last"], "M-4"),
        ([], "R-1"),
        (["one"], "R-1"),
        (["7"], "8"),
        (["9" * 5_000], "R-1"),
    ],
)
def test_an_id_that_is_proposed_follows_the_last_and_is_free(ids: list[str], expected: str) -> None:
    made = table(make_workbook(), "Scope")
    rules = tuple(evolve(made.rules[0], id=each) for each in ids)
    assert proposed_id(evolve(made, rules=rules)) == expected
