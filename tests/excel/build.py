"""Workbooks made in memory: good ones to begin with, and a way to spoil them cell by cell."""

from __future__ import annotations

import pickle
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.finding import Severity
from dmn_dli.model.table import DecisionTable

Rows = Sequence[Sequence[Any]]

POLICY: Rows = [
    ["Field", "Value"],
    ["Payer", "acme"],
    ["Payer name", "Acme Health Plan"],
    ["Policy number", "A-1"],
    ["Title", "Donor cells"],
    ["Effective from", date(2025, 2, 12)],
    ["Next review", "February 2026"],
    ["Final decision", "Determination"],
]

SCOPE: Rows = [
    ["Scope", "Does the policy speak of the service?"],
    ["U", "IF", "THEN", "NOTE"],
    ["Rule", "Service", "Scope", "Citation"],
    ["values", "donor lymphocyte infusion, other", "addressed, not addressed", None],
    ["S-1", "donor lymphocyte infusion", "addressed", "Title"],
    ["S-2", "not(donor lymphocyte infusion)", "not addressed", "Title"],
]

DETERMINATION: Rows = [
    ["Determination", "Is it medically necessary?"],
    ["First", "IF", "IF", "THEN", "THEN", "NOTE", "NOTE"],
    ["Rule", "Scope", "Acute GVHD grade", "Determination", "Reason", "Citation", "Status"],
    ["values", None, None, "medically necessary, not addressed", None, None, None],
    ["M-1", "addressed", "-", "medically necessary", "The criteria are met.", "Section 1", None],
    ["M-2", "-", ">= 2", "not addressed", "The policy is silent.", "Section 2", "retired"],
    ["M-3", "-", "-", "not addressed", "The policy is silent.", "Section 2", None],
]

CRITERIA: Rows = [
    ["Criteria", "Which of the criteria are met?"],
    ["Criteria", "GROUP", "GROUP", "GROUP", "IF", "IF", "THEN", "THEN", "NOTE", "NOTE"],
    [
        "Criterion",
        "Part of",
        "Needs",
        "Means",
        "Service",
        "Acute GVHD grade",
        "Requirement",
        "Evidence",
        "Citation",
        "Status",
    ],
    ["values", None, None, None, "donor lymphocyte infusion, other"],
    ["DLI", None, "all", "medically necessary", "-", "-", "The infusion is necessary", None, "Title"],
    ["1", "DLI", None, None, "donor lymphocyte infusion", "-", "It is of donor cells", "Order\nChart", "1"],
    ["2", "DLI", None, None, "-", "< 2", "GVHD is absent or mild", "Grade, dated", "2"],
    ["2.old", "DLI", None, None, "-", "< 1", "GVHD is absent", None, "2", "retired"],
]
"""A sheet of criteria, which the good workbook may have besides."""

CASES: Rows = [
    ["case", "Service", "Acute GVHD grade", "expect determination"],
    ["all known", "donor lymphocyte infusion", 0, "medically necessary"],
    ["another service", "other", None, "not addressed"],
]

FACTS: Rows = [
    ["fact", "label", "type", "allowed values", "unit", "nullable", "question", "description", "source"],
    [
        "service",
        "Service",
        "string",
        '"donor lymphocyte infusion", "other"',
        None,
        "No",
        "Which?",
        "The service",
        "x",
    ],
    [
        "acute_gvhd_grade",
        "Acute GVHD grade",
        "integer",
        "0, 1, 2, 3, 4",
        "grade",
        "Yes",
        "Which grade?",
        None,
        None,
    ],
]

GOOD: Mapping[str, Rows] = {
    "Policy": POLICY,
    "Scope": SCOPE,
    "Determination": DETERMINATION,
    "Cases": CASES,
    "Change History": [
        ["date", "who", "what", "why"],
        [date(2025, 2, 1), "A. Nurse", "first version", "new policy"],
    ],
    "Notes": [["Glossary"], ["GVHD is graft-versus-host disease."]],
}

WITH_CRITERIA: Mapping[str, Rows] = {**GOOD, "Criteria": CRITERIA}

GOOD_NAME = "acme-2025-02-12.xlsx"


def make_book(sheets: Mapping[str, Rows]) -> Workbook:
    """An openpyxl workbook with these rows; a None leaves its cell out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    sheet.cell(row, column, value)
    return book


def save(book: Workbook) -> bytes:
    """The workbook's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


_MADE: dict[bytes, bytes] = {}
"""The workbooks made so far, by what is in them: most tests ask for a few that others have asked for."""


def make_workbook(
    sheets: Mapping[str, Rows] = GOOD, *, without: Iterable[str] = (), **changed: Rows
) -> bytes:
    """The bytes of a workbook: these sheets, some left out, some replaced or added."""
    kept = {name: rows for name, rows in {**sheets, **changed}.items() if name not in without}
    key = pickle.dumps(kept)
    if key not in _MADE:
        _MADE[key] = save(make_book(kept))
    return _MADE[key]


def spoil(sheet: str, change: Callable[[Worksheet], object], sheets: Mapping[str, Rows] = GOOD) -> bytes:
    """The good workbook with one sheet changed."""
    book = make_book(sheets)
    change(book[sheet])
    return save(book)


def put(sheet: str, sheets: Mapping[str, Rows] = GOOD, **cells: Any) -> bytes:
    """The good workbook with some cells of one sheet replaced: `put("Scope", B5="-")`."""

    def change(target: Worksheet) -> None:
        for reference, value in cells.items():
            target[reference] = value

    return spoil(sheet, change, sheets)


def rewrite(data: bytes, **parts: Callable[[str], str]) -> bytes:
    """The archive with the parts whose names contain a key (`_` for `.`) passed through a function."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for key, change in parts.items():
                if key in re.sub(r"\W", "_", name):
                    content = change(content.decode()).encode()
            new.writestr(name, content)
    return stream.getvalue()


def codes(data: bytes, name: str = GOOD_NAME, *, info: bool = False) -> list[str]:
    """`code cell` of each finding, those of mere information only on request."""
    book = read_workbook_bytes(data, name, name)
    return [
        f"{finding.code.code} {finding.place}".strip()
        for finding in book.findings
        if info or finding.code.severity is not Severity.INFO
    ]


def table(data: bytes, name: str) -> DecisionTable:
    """The table of that name."""
    return next(
        found for found in read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).tables if found.name == name
    )
