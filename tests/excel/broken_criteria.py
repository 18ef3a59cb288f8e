"""Broken sheets of criteria."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import codes as layout
from tests.excel.broken import Broken
from tests.excel.build import CRITERIA, SCOPE, WITH_CRITERIA, Rows, make_workbook, put, spoil

_UNMET: Rows = [
    ["Unmet criteria", "What is not met?"],
    ["C", "IF", "THEN", "NOTE"],
    ["Rule", "Service", "Unmet", "Citation"],
    ["values", None, None, None],
    ["U-1", "other", "1: It is not of donor cells", "1"],
]


def _criteria(**cells: Any) -> bytes:
    return put("Criteria", WITH_CRITERIA, **cells)


def _rows(rows: Rows) -> bytes:
    return make_workbook({**WITH_CRITERIA, "Criteria": rows})


def _with(**sheets: Rows) -> bytes:
    named = {name.replace("_", " "): rows for name, rows in sheets.items()}
    return make_workbook({**WITH_CRITERIA, **named})


def _typed_as_number(sheet: Worksheet) -> None:
    """2.10 typed into a cell that is not formatted as Text."""
    sheet["A7"] = 2.1
    sheet["A7"].number_format = "0.00"


CRITERIA_SHEETS = (
    Broken("a misspelt Criteria in A2", layout.CRITERIA_WORD, lambda: _criteria(A2="Criterion")),
    Broken("no Criteria in A2", layout.CRITERIA_WORD, lambda: _criteria(A2=None)),
    Broken("criteria that do not say what is required", layout.NO_REQUIREMENT, lambda: _criteria(G3="Text")),
    Broken("a misspelt Requirement", layout.CRITERIA_HEADING, lambda: _criteria(G3="Requirment")),
    Broken("a misspelt Part of", layout.CRITERIA_HEADING, lambda: _criteria(B3="Parts of")),
    Broken("evidence among the notes", layout.CRITERIA_HEADING, lambda: _criteria(H2="NOTE")),
    Broken(
        "a number that is shown with a zero",
        layout.SHOWN_OTHERWISE,
        lambda: spoil("Criteria", _typed_as_number, WITH_CRITERIA),
    ),
    Broken("a requirement that became a number", layout.CRITERIA_TEXT, lambda: _criteria(G6=38242)),
    Broken(
        "criteria without numbers and conditions",
        layout.BLANK_CELL,
        lambda: _criteria(A6=None, E7=None, G7=None),
    ),
    Broken("two criteria with one number", layout.DUPLICATE_RULE_ID, lambda: _criteria(A7="1 ")),
    Broken("a misspelt status of a criterion", layout.RULE_STATUS, lambda: _criteria(J8="retird")),
    Broken("a criterion without citation", layout.NO_CITATION, lambda: _criteria(I6=None)),
    Broken(
        "a table of unmet criteria beside the criteria",
        layout.UNMET_TABLE,
        lambda: _with(Unmet_criteria=_UNMET),
    ),
    Broken("criteria with the name of a table", layout.DUPLICATE_DECISION, lambda: _criteria(A1="Scope")),
    Broken("a GROUP column in a table", layout.COLUMN_KIND, lambda: put("Scope", D2="GROUP")),
    Broken(
        "criteria without heads and rows",
        layout.NO_RULES,
        lambda: make_workbook(WITH_CRITERIA, Criteria=[*CRITERIA[:2], ["Rule", *CRITERIA[2][1:]]]),
    ),
    Broken(
        "criteria named Notes",
        layout.TABLE_IN_NOTES,
        lambda: _with(Notes_on_criteria=CRITERIA),
    ),
    Broken(
        "a blank row among the criteria",
        layout.GAP,
        lambda: make_workbook(WITH_CRITERIA, Criteria=[*CRITERIA[:6], [], *CRITERIA[6:]]),
    ),
    Broken(
        "a table below the criteria",
        layout.OUTSIDE,
        lambda: make_workbook(WITH_CRITERIA, Criteria=[*CRITERIA, [], *SCOPE]),
    ),
)
