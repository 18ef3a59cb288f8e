"""The three examples of docs/theories/examples.md: proven, and what is wrong in a spoiled one is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

import dmn_dli
from dmn_dli.model.finding import errors
from tests.docs.pages import ROOT

EXAMPLES = ("pediatric-dose.xlsx", "bmi-bands.xlsx", "egfr-decline.xlsx")
FOLDER = ROOT / "docs" / "examples"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_complete_and_free_of_overlaps_and_its_cases_pass(name: str) -> None:
    checked = dmn_dli.check([FOLDER / name])
    assert errors(checked.findings) == ()
    assert [(each.complete, each.overlap_free) for each in checked.tables] == [(True, True)] * 2
    (result,) = dmn_dli.test([FOLDER / name])
    assert result.passed
    assert result.cases


def _spoiled(folder: Path, name: str, cells: dict[tuple[str, str], str]) -> Path:
    """A copy of an example with other cells; a rule whose id is blank is none."""
    book = load_workbook(FOLDER / name)
    for (sheet, cell), text in cells.items():
        book[sheet][cell].value = text
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    ("name", "table", "cell", "text", "code"),
    [
        ("pediatric-dose.xlsx", "Age group", "C8", '[@"P1Y"..@"P13Y"]', "overlap"),
        ("pediatric-dose.xlsx", "Age group", "C7", '< @"P11M"', "gap"),
        ("pediatric-dose.xlsx", "Age group", "B7", '>= @"P13D"', "overlap"),
        ("bmi-bands.xlsx", "BMI class", "B8", "[30..35]", "overlap"),
        ("bmi-bands.xlsx", "BMI class", "B8", "[30..34)", "gap"),
        ("egfr-decline.xlsx", "Decline", "B6", "<= baseline_egfr", "overlap"),
        ("egfr-decline.xlsx", "Decline", "C7", "(30..57)", "gap"),
    ],
)
def test_a_spoiled_example_is_shown_a_case(
    tmp_path: Path, name: str, table: str, cell: str, text: str, code: str
) -> None:
    checked = dmn_dli.check([_spoiled(tmp_path, name, {(table, cell): text})])
    (verdict,) = [each for each in checked.tables if each.decision == table]
    assert (verdict.complete, verdict.overlap_free) == (code != "gap", code != "overlap")
