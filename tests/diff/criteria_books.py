"""A payer's workbook whose determination reads a sheet of criteria, and ways to edit the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dmn_dli.diff.edition import Edition
from dmn_dli.diff.version_difference import VersionDifference, version_difference
from tests.excel.build import CRITERIA, FACTS, GOOD_NAME, POLICY, WITH_CRITERIA, Rows, make_workbook

DETERMINATION: Rows = [
    ["Determination", "Is it medically necessary?"],
    ["F", "IF", "THEN", "THEN", "NOTE"],
    ["Rule", "Criteria.DLI", "Determination", "Reason", "Citation"],
    ["values", None, "medically necessary, criteria not met", None, None],
    ["M-1", "true", "medically necessary", "The criteria are met.", "Section 1"],
    ["M-2", "-", "criteria not met", "null", "Section 1"],
]
CASES: Rows = [
    ["case", "Service", "Acute GVHD grade", "expect determination"],
    ["no GVHD", "donor lymphocyte infusion", 0, "medically necessary"],
    ["mild GVHD", "donor lymphocyte infusion", 1, "medically necessary"],
    ["another service, moderate GVHD", "other", 2, "criteria not met"],
]
BOOK: Mapping[str, Rows] = {
    "Policy": POLICY,
    "Criteria": CRITERIA,
    "Determination": DETERMINATION,
    "Cases": CASES,
}
TABLES_ALONE: Mapping[str, Rows] = {
    name: rows for name, rows in WITH_CRITERIA.items() if name not in ("Criteria", "Cases")
}


def edited(cells: Mapping[tuple[int, int], Any], *rows: list[Any]) -> Mapping[str, Rows]:
    """The workbook with other cells on its sheet of criteria, by row and column, and further rows below."""
    sheet = [[*row, *[None] * (10 - len(row))] for row in CRITERIA]
    for (row, column), value in cells.items():
        sheet[row - 1][column - 1] = value
    return {**BOOK, "Criteria": [*sheet, *rows]}


def edition(book: Mapping[str, Rows]) -> Edition:
    """A workbook of the policy, beside the dictionary that all share."""
    return Edition(GOOD_NAME, GOOD_NAME, make_workbook(book), _dictionary())


@cache
def _dictionary() -> bytes:
    return make_workbook({"Facts": FACTS})


def difference(new: Mapping[str, Rows], old: Mapping[str, Rows] = BOOK) -> VersionDifference:
    """What differs between two states of the workbook."""
    return version_difference(edition(old), edition(new))
