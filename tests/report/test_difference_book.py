"""Differences as a workbook: Excel takes its sheets' names, whatever tables and payers are called."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dmn_dli.diff.edition import Edition
from dmn_dli.diff.version_difference import folder_difference
from dmn_dli.report.difference_book import book
from tests.cli.tables import ACME, FACTS, changed
from tests.excel.build import make_workbook
from tests.ooxml.whole import is_whole


@pytest.mark.parametrize("name", ["Who's \U0001fa78 answers, and to whom", "\U0001fa78" * 15])
def test_sheets_of_both_versions_have_names_that_excel_takes(name: str) -> None:
    sheets = {name if sheet == "Determination" else sheet: rows for sheet, rows in ACME.items()}
    final = next(row for row, field in enumerate(ACME["Policy"], 1) if field[0] == "Final decision")
    sheets = changed(changed(sheets, name, {(1, 1): name}), "Policy", {(final, 2): name})
    facts = make_workbook({"Facts": FACTS})
    sides = [
        Edition("acme.xlsx", "acme.xlsx", make_workbook(each), facts)
        for each in (sheets, changed(sheets, name, {(6, 3): ">= 1"}))
    ]
    (difference,) = folder_difference(sides[:1], sides[1:])
    assert not difference.broken
    data = book([difference])
    is_whole(data)
    made = load_workbook(BytesIO(data))
    both = made.sheetnames[-1]
    assert len(both.encode("utf-16-le")) <= 2 * 31
    assert made["Changes"]["F4"].hyperlink.location.startswith(f"'{both}'!")
