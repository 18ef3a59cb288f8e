"""The clinician's guide's worked example, done step by step on a copy of the workbook it names."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import dmn_dli
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.finding import errors
from tests.docs.pages import ROOT, read

GUIDE = " ".join(read(ROOT / "docs" / "clinician-guide.md").split())
OLD, NEW = "molina-2025-02-12.xlsx", "molina-2026-02-11.xlsx"
ANY_RISK = "other high risk"
CASE = "other high risk: closed list"
REQUEST = {
    "service": "donor lymphocyte infusion",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "remission",
    "relapse_risk_setting": "other high risk",
    "purpose_prevent_relapse": True,
    "purpose_convert_chimerism": False,
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
}


def _cell(sheet: Worksheet, row_named: str, column_named: str, *, headings: int) -> Cell:
    """The cell in the first row that holds a name, below a heading in a row."""
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == row_named)
    column = next(cell.column for cell in sheet[headings] if cell.value == column_named)
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


def _add_criterion(sheet: Worksheet) -> None:
    """Step 3: the row 2.c.iii in the row below 2.c.ii, whose other cells it repeats."""
    above = _cell(sheet, "2.c.ii", "Part of", headings=3).row
    sheet.insert_rows(above + 1)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(above + 1, column).value = sheet.cell(above, column).value
    sheet.cell(above + 1, 1).value = "2.c.iii"
    _cell(sheet, "2.c.iii", "Relapse-risk setting", headings=3).value = ANY_RISK


def _add_rule(sheet: Worksheet) -> None:
    """Step 4: the rule M-17 in the first spare row, with what M-15 says of the rest."""
    last = max(cell.row for cell in sheet["A"] if cell.value is not None)
    model = _cell(sheet, "M-15", "Scope", headings=3).row
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last + 1, column).value = sheet.cell(model, column).value
    sheet.cell(last + 1, 1).value = "M-17"
    _cell(sheet, "M-17", "Relapse-risk setting", headings=3).value = ANY_RISK


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Steps 1 to 8 of the guide: the new version, its fields, a new row and rule, the line of the history."""
    tables = tmp_path_factory.mktemp("tables")
    for name in (OLD, "facts.xlsx"):
        copyfile(ROOT / "tables" / name, tables / name)
    made = dmn_dli.new_version(tables, "molina", date(2026, 2, 11))
    assert made.name == NEW
    book = load_workbook(BytesIO(made.data))
    _cell(book["Policy"], "Last review", "Value", headings=1).value = date(2026, 2, 11)
    _cell(book["Policy"], "Source document", "Value", headings=1).value = "The policy of 02/11/2026"
    _add_criterion(book["Criteria"])
    _add_rule(book["Determination"])
    line = _cell(book["Change History"], "to fill in: what this version changes", "date", headings=1).row
    told: list[date | str] = [date(2026, 1, 20), "A. Nurse", "2.c.iii", "The policy of 02/11/2026"]
    for column, value in enumerate(told, 1):
        book["Change History"].cell(line, column).value = value
    book.save(tables / NEW)
    return tables


def test_the_guide_names_what_the_workbook_holds() -> None:
    assert all(name in GUIDE for name in (OLD, NEW, "2.c.iii", "M-17", f"`{ANY_RISK}`", f"*{CASE}*"))
    book = load_workbook(ROOT / "tables" / OLD)
    for sheet, row, column, word in (
        ("Criteria", "2.c", "Requirement", "listed"),
        ("Criteria", "2.c.2", "Requirement", "two"),
        ("Criteria", "2.c.2", "Note", "Closed list"),
        ("Determination", "M-15", "Reason", "nonmyeloablative"),
    ):
        assert word in str(_cell(book[sheet], row, column, headings=3).value)
    assert not any(cell.value in ("2.c.iii", "M-17") for sheet in book for cell in sheet["A"])


def test_the_cases_stand_on_the_days_that_the_guide_names() -> None:
    made = dmn_dli.new_version(ROOT / "tables", "molina", date(2026, 2, 11))
    days = {cell.value.date() for cell in load_workbook(BytesIO(made.data))["Cases"]["B"][1:] if cell.value}
    assert days == {date(2026, 6, 1), date(2026, 2, 10), date(2026, 2, 11)}
    assert all(day.isoformat() in GUIDE for day in days)


def test_without_the_rule_the_check_finds_the_gap_of_which_the_guide_warns(
    folder: Path, tmp_path: Path
) -> None:
    copyfile(folder / "facts.xlsx", tmp_path / "facts.xlsx")
    book = load_workbook(folder / OLD)
    _add_criterion(book["Criteria"])
    book.save(tmp_path / OLD)
    found = {each.code.code for each in errors(dmn_dli.check([tmp_path / OLD]).findings)}
    assert "DT510" in found
    assert "(DT510)" in GUIDE


def test_the_change_does_what_the_guide_says(folder: Path) -> None:
    assert dmn_dli.load_policy(folder / OLD).evaluate(REQUEST).determination == "criteria not met"
    assert dmn_dli.load_policy(folder / NEW).evaluate(REQUEST).determination == "medically necessary"


def test_the_message_in_the_guide_is_the_one_that_a_blank_cell_gets(folder: Path) -> None:
    book = load_workbook(folder / OLD)
    _cell(book["Determination"], "M-02", "Service", headings=3).value = None
    stream = BytesIO()
    book.save(stream)
    (found,) = errors(read_workbook_bytes(stream.getvalue(), OLD, OLD).findings)
    assert f"error {found.code.code} {found.place}: {found.text}" in GUIDE


def test_a_draft_surprises_nobody(folder: Path) -> None:
    assert dmn_dli.load(folder)["molina"].evaluate(REQUEST).determination == "criteria not met"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_the_one_case_that_says_otherwise_fails(folder: Path) -> None:
    """Step 6: the check has no objection, and the failed case is the change."""
    assert _run("check", str(folder / NEW)).returncode == 0
    tested = _run("test", "--format", "json", str(folder / NEW))
    assert tested.returncode == 1
    assert [case["case"] for case in json.loads(tested.stdout)["cases"] if not case["passed"]] == [CASE]


def test_the_case_put_right_passes(folder: Path, tmp_path: Path) -> None:
    """Step 7."""
    copyfile(folder / "facts.xlsx", tmp_path / "facts.xlsx")
    book = load_workbook(folder / NEW)
    for heading, expected in (
        ("expect determination", "medically necessary"),
        ("expect criterion Criteria.2", "met"),
    ):
        _cell(book["Cases"], CASE, heading, headings=1).value = expected
    book.save(tmp_path / NEW)
    assert _run("test", str(tmp_path / NEW)).returncode == 0


def test_the_difference_shown_to_a_colleague_is_more_permissive_as_the_guide_says(folder: Path) -> None:
    """Step 9."""
    (difference,) = dmn_dli.diff(folder / OLD, folder / NEW)
    assert difference.behaviour is not None
    assert f"`{difference.behaviour.verdict.value.upper()}`" in GUIDE
    assert difference.behaviour.verdict.value == "more permissive"
