"""The clinician's guide's new payer: its steps, read from the page and typed into the workbook as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

import dmn_dli
from dmn_dli.model.finding import Severity
from tests.cli.program import invoke
from tests.docs.pages import ROOT, read

PAGE = read(ROOT / "docs" / "clinician-guide.md")
SECTION = PAGE.partition("## A new payer, step by step\n")[2].partition("\n## ")[0]
COMMAND = next(line for line in SECTION.splitlines() if line.startswith("dmn-dli new payer"))
NAME = "aurora-2026-01-01.xlsx"
TODAY = "2026-01-02"
DELETE, NEW_LINE = "*delete the sheet*", " ⏎ "
REQUEST: Mapping[str, object] = {
    "service": "donor lymphocyte infusion",
    "disease_status": "relapsed",
    "lymphocyte_donor": "original donor",
    "acute_gvhd_grade": 1,
}


class Step(NamedTuple):
    """A row of the guide's tables: where, and what is typed there."""

    sheet: str
    cell: str
    typed: str


def _steps() -> Iterator[Step]:
    for table in re.findall(r"\| sheet \| cell \| type \|\n\|[-|]+\|\n((?:\|.*\n)+)", SECTION):
        for line in table.splitlines():
            sheet, cell, typed = (part.strip() for part in line.strip("|").split("|"))
            yield Step(sheet, cell, typed if typed == DELETE else typed.strip("`").replace(NEW_LINE, "\n"))


STEPS = tuple(_steps())


def _as_excel_takes(text: str, number_format: str) -> object:
    """What is typed, as Excel keeps it: days and numbers become such, but in cells of the format Text."""
    if number_format == "@":
        return text
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return int(text) if text.isdigit() else text


def perform(path: Path, steps: tuple[Step, ...]) -> None:
    """Type what the steps say into the workbook, and save it."""
    book = load_workbook(path)
    for step in steps:
        if step.typed == DELETE:
            del book[step.sheet]
            continue
        cell = book[step.sheet][step.cell]
        cell.value = _as_excel_takes(step.typed, cell.number_format)
    book.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook as it was begun."""
    tables: Path = tmp_path_factory.mktemp("aurora") / "tables"
    tables.mkdir()
    copyfile(ROOT / "tables" / "facts.xlsx", tables / "facts.xlsx")
    made = dmn_dli.new_payer(tables, "aurora", date(2026, 1, 1), name="Aurora Health Plan")
    assert made.name == NAME
    (tables / NAME).write_bytes(made.data)
    return tables


@pytest.fixture(scope="module")
def finished(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after all steps of the guide."""
    tables: Path = tmp_path_factory.mktemp("finished") / "tables"
    tables.mkdir()
    for name in (NAME, "facts.xlsx"):
        copyfile(folder / name, tables / name)
    perform(tables / NAME, STEPS)
    return tables


def test_the_command_of_the_guide_begins_the_workbook(tmp_path: Path, folder: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    copyfile(folder / "facts.xlsx", tables / "facts.xlsx")
    words = re.findall(r'"[^"]*"|\S+', COMMAND)[1:]
    result = invoke(*(word.strip('"') for word in words), "--tables", str(tables))
    assert (result.exit_code, result.stdout) == (0, f"{tables / NAME}\n")
    assert (tables / NAME).read_bytes() == (folder / NAME).read_bytes()


def test_every_cell_that_check_names_is_filled_in_by_a_step_or_its_sheet_is_deleted(folder: Path) -> None:
    result = dmn_dli.check(folder / NAME, today=date.fromisoformat(TODAY))
    deleted = {step.sheet for step in STEPS if step.typed == DELETE}
    named = {(each.sheet, each.cell) for each in result.findings if each.sheet not in deleted}
    assert named - {(step.sheet, step.cell) for step in STEPS} == set()
    assert len(named) > 20


def test_a_step_that_is_left_out_is_told(folder: Path, tmp_path: Path) -> None:
    copyfile(folder / "facts.xlsx", tmp_path / "facts.xlsx")
    copyfile(folder / NAME, tmp_path / NAME)
    perform(
        tmp_path / NAME, tuple(step for step in STEPS if step.cell != "G6" or step.sheet != "Determination")
    )
    told = [each for each in dmn_dli.check(tmp_path / NAME).findings if each.is_error]
    assert [(each.code.code, each.place) for each in told] == [("DT616", "Determination!G6")]


def test_the_steps_end_in_a_check_without_objection(finished: Path) -> None:
    result = dmn_dli.check(finished, today=date.fromisoformat(TODAY), strict=True)
    assert [each.text for each in result.findings if each.code.severity is not Severity.INFO] == []
    assert [table.complete for table in result.tables if table.hit_policy == "U"] == [True, True]
    assert [(claim.means, claim.holds) for claim in result.claims] == [("medically necessary", True)]


def test_all_cases_of_the_guide_pass_and_cover_every_rule_and_criterion(finished: Path) -> None:
    result = invoke("test", str(finished / NAME))
    assert result.exit_code == 0, result.stdout
    assert result.stdout.count("(100 %)") == 4


@pytest.mark.parametrize(
    ("changed", "determination"),
    [
        ({}, "medically necessary"),
        ({"acute_gvhd_grade": 2}, "not medically necessary"),
        ({"acute_gvhd_grade": None}, "needs information"),
        ({"service": "car-t"}, "not addressed"),
    ],
)
def test_the_new_payer_gives_determinations(
    changed: Mapping[str, object], determination: str, finished: Path
) -> None:
    facts = {name: value for name, value in {**REQUEST, **changed}.items() if value is not None}
    found = dmn_dli.load(finished)["aurora"].evaluate({**facts, "date_of_service": "2026-03-01"})
    assert found.determination == determination
    assert "to fill in" not in f"{found.reason} {found.citation} {found.payer_wording}"


def test_until_it_is_in_force_nobody_is_given_its_determinations(folder: Path) -> None:
    assert dmn_dli.load(folder) == {}
