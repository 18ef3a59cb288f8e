"""Suggested cases on the command line, and in a copy of the workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.program import invoke
from tests.cli.tables import write_tables

NAME = "acme-2025-01-01.xlsx"


@pytest.fixture
def lacking(here: Path) -> Path:
    write_tables(here / "tables", "lacking")
    return here


def _uncovered(path: str) -> int:
    summary = json.loads(invoke("test", path, "--format", "json").stdout)["summary"]
    return int(summary["rules"]) - int(summary["covered"])


def test_appended_cases_wait_for_an_answer_and_use_the_rules_that_no_case_used(lacking: Path) -> None:
    before = (lacking / "tables" / NAME).read_bytes()
    target = f"tables/more-{NAME}"
    assert _uncovered(f"tables/{NAME}") > 0
    result = invoke("test", f"tables/{NAME}", "--suggest", "--append-to", target)
    assert result.exit_code == 0
    assert (lacking / "tables" / NAME).read_bytes() == before
    suggested = json.loads(invoke("test", f"tables/{NAME}", "--suggest", "--format", "json").stdout)["cases"]
    sheet = load_workbook(target)["Cases"]
    assert [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)] == [
        each["case"] for each in suggested
    ]
    tested = json.loads(invoke("test", target, "--format", "json").stdout)
    assert tested["summary"]["failed"] == len(suggested)  # each lacks its expectation
    assert _uncovered(target) == 0


@pytest.mark.usefixtures("lacking")
def test_a_file_is_replaced_by_force_alone_and_the_workbook_never() -> None:
    Path("mine.xlsx").write_bytes(b"mine")
    arguments = ("test", f"tables/{NAME}", "--suggest", "--append-to")
    refused = invoke(*arguments, "mine.xlsx")
    assert (refused.exit_code, Path("mine.xlsx").read_bytes()) == (2, b"mine")
    assert invoke(*arguments, "mine.xlsx", "--force").exit_code == 0
    assert load_workbook("mine.xlsx")["Cases"].max_row > 3
    before = Path("tables", NAME).read_bytes()
    assert invoke(*arguments, f"tables/{NAME}", "--force").exit_code == 2
    assert Path("tables", NAME).read_bytes() == before


@pytest.mark.usefixtures("lacking")
def test_pairs_come_on_request() -> None:
    def aims(*more: str) -> set[str]:
        text = invoke("test", f"tables/{NAME}", "--suggest", "--format", "json", *more).stdout
        return {each["aim"] for each in json.loads(text)["cases"]}

    assert "pair" not in aims()
    assert "pair" in aims("--mcdc")


@pytest.mark.usefixtures("lacking")
@pytest.mark.parametrize(
    "options",
    [
        ("--mcdc",),
        ("--append-to", "x.xlsx"),
        ("--suggest", "--force"),
        ("--suggest", "--format", "junit"),
        ("--suggest", "--append-to", "x.xlsx"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...]) -> None:
    assert invoke("test", *options).exit_code == 2
    assert not Path("x.xlsx").exists()
