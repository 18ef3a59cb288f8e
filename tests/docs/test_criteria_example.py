"""The policy of another field that the clinician's guide turns into a sheet of criteria, step by step."""

from __future__ import annotations

from openpyxl import load_workbook

import dmn_dli
from dmn_dli.model.finding import errors
from tests.docs.pages import ROOT, read

GUIDE = " ".join(read(ROOT / "docs" / "clinician-guide.md").split())
EXAMPLE = ROOT / "docs" / "examples" / "lumbar-mri.xlsx"


def test_the_example_is_proven_and_its_cases_pass() -> None:
    assert errors(dmn_dli.check([EXAMPLE]).findings) == ()
    (result,) = dmn_dli.test([EXAMPLE])
    assert result.passed
    assert result.cases


def test_the_example_has_as_many_criteria_as_the_guide_says() -> None:
    rows = load_workbook(EXAMPLE)["Criteria"].iter_rows(min_row=5, max_col=3, values_only=True)
    assert len([criterion for criterion, _, needs in rows if criterion and not needs]) == 15
    assert "prints 15 criteria" in GUIDE


def test_the_guide_shows_the_rules_that_decide() -> None:
    sheet = load_workbook(EXAMPLE)["Determination"]
    for row in sheet.iter_rows(min_row=5, max_col=7, values_only=True):
        if row[0]:
            assert "| " + " | ".join(map(str, row)) + " |" in GUIDE
