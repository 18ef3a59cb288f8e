"""What the dropdowns of our own workbooks advise fits the cell: conditions may be lists, results are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

WORKBOOKS = sorted((Path(__file__).resolve().parents[2] / "tables").glob("*-*.xlsx"))


def _advice(path: Path) -> Iterator[tuple[str, str]]:
    """For each dropdown below row 4, or on Cases: the kind of its cells, and the words for another value."""
    for sheet in load_workbook(path):
        for validation in sheet.data_validations.dataValidation:
            first = next(iter(validation.sqref.ranges))
            kind = "CASE" if sheet.title == "Cases" else str(sheet.cell(2, first.min_col).value)
            # What stands in a column GROUP, or is a criterion's status, is one word by nature.
            by_nature = kind == "GROUP" or "status" in (validation.error or "")
            if validation.error and not by_nature and (kind == "CASE" or first.min_row > 4):
                yield kind, validation.error


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_only_a_condition_is_told_that_it_may_hold_several_values(path: Path) -> None:
    found = list(_advice(path))
    assert {kind for kind, _ in found} >= {"IF", "THEN", "CASE"}
    for kind, advice in found:
        assert ("Several values" in advice) is (kind == "IF"), (kind, advice)
        assert ("One value" in advice) is (kind != "IF"), (kind, advice)
