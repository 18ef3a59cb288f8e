"""`dmn-dli diff` over files, folders and git revisions, and what it writes."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook

from tests.cli.program import invoke
from tests.cli.tables import ACME, FACTS, changed
from tests.excel.build import make_workbook

BOOK = "acme-2025-01-01.xlsx"
STRICTER = changed(ACME, "Determination", {(6, 3): ">= 1"})


def _edit(folder: Path) -> None:
    (folder / BOOK).write_bytes(make_workbook(STRICTER))


def _git(*arguments: str) -> None:
    settings = ("-c", "user.name=A. Nurse", "-c", "user.email=nurse@example.org")
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)  # noqa: S607


def _edited_copy(folder: Path) -> str:
    copytree(folder / "tables", folder / "edited")
    _edit(folder / "edited")
    return "edited"


def test_folders_are_matched_and_only_what_differs_is_told(with_tables: Path) -> None:
    result = invoke("diff", "tables", _edited_copy(with_tables), "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    (policy,) = document["policies"]
    assert policy["payer"] == "acme"
    assert policy["behaviour"]["verdict"] == "stricter"
    assert [each["case"] for each in policy["cases"]]
    assert [(each["old_cell"], each["old"], each["new"]) for each in policy["changes"]] == [
        ("Determination!C6", ">= 2", ">= 1")
    ]


def test_exit_code_1_is_for_other_answers_alone(with_tables: Path) -> None:
    edited = _edited_copy(with_tables)
    assert invoke("diff", "tables", edited).exit_code == 0
    assert invoke("diff", "tables", edited, "--exit-code").exit_code == 1
    _edit(with_tables / "tables")
    assert invoke("diff", "tables", edited, "--exit-code").exit_code == 0


@pytest.mark.usefixtures("with_tables")
def test_a_note_alone_is_an_edit_and_no_other_answer() -> None:
    book = changed(ACME, "Scope", {(1, 2): "Is the service one of the policy's?"})
    copytree("tables", "edited")
    Path("edited", BOOK).write_bytes(make_workbook(book))
    result = invoke("diff", "tables", "edited", "--exit-code")
    assert result.exit_code == 0
    assert "acme: EQUIVALENT" in result.stdout
    assert 'now "Is the service one of the policy\'s?" (Scope!B1)' in " ".join(result.stdout.split())


def test_revisions_are_compared_with_each_other_and_with_the_working_tree(with_tables: Path) -> None:
    _git("init", "--initial-branch=main")
    _git("add", "tables")
    _git("commit", "--message=first")
    assert invoke("diff", "main..", "--exit-code").exit_code == 0
    _edit(with_tables / "tables")
    for arguments in (["main.."], ["main"], ["main..", f"tables/{BOOK}"], ["main", "tables"]):
        result = invoke("diff", *arguments, "--exit-code")
        assert result.exit_code == 1, arguments
        assert f"main:tables/{BOOK} → tables/{BOOK}" in result.stdout
    _git("commit", "--all", "--message=second")
    assert invoke("diff", "main..", "--exit-code").exit_code == 0
    assert f"main~1:tables/{BOOK} → main:tables/{BOOK}" in invoke("diff", "main~1..main").stdout


@pytest.mark.usefixtures("with_tables")
def test_a_first_workbook_is_compared_with_a_revision_that_holds_none() -> None:
    _git("init", "--initial-branch=main")
    _git("add", "tables/facts.xlsx")
    _git("commit", "--message=facts")
    assert invoke("diff", "main..").stdout.startswith("acme: ADDED\n")
    result = invoke("diff", "main..main")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "neither holds a workbook" in result.stderr
    result = invoke("diff", "main..", f"tables/{BOOK}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds no workbook at" in result.stderr


@pytest.mark.usefixtures("with_tables")
def test_a_revision_that_git_does_not_know_is_said() -> None:
    _git("init", "--initial-branch=main")
    for revision in ("nobody..", "--output=x.."):
        result = invoke("diff", "--", revision)
        assert result.exit_code == 2
        assert "neither a path nor a revision" in result.stderr
    assert not Path("x").exists()


@pytest.mark.usefixtures("with_tables")
def test_a_new_version_is_compared_with_the_one_before_it() -> None:
    copytree("tables", "edited")
    later = changed(STRICTER, "Policy", {(6, 2): "2026-01-01"})
    Path("edited", "acme-2026-01-01.xlsx").write_bytes(make_workbook(later))
    document = json.loads(invoke("diff", "tables", "edited", "--format", "json").stdout)
    (policy,) = document["policies"]
    assert policy["match"] == "next version"
    assert [each["workbook"] for each in (policy["old"], policy["new"])] == [
        f"tables/{BOOK}",
        "edited/acme-2026-01-01.xlsx",
    ]


@pytest.mark.usefixtures("with_tables")
def test_a_removed_policy_is_told() -> None:
    copytree("tables", "edited")
    copytree("tables", "third")
    Path("edited", "beta-2024-06-01.xlsx").unlink()
    result = invoke("diff", "third", "edited", "--exit-code")
    assert result.exit_code == 1
    assert "beta: REMOVED" in result.stdout


@pytest.mark.usefixtures("with_tables")
def test_a_workbook_with_errors_makes_the_verdict_unknown() -> None:
    copytree("tables", "edited")
    broken = changed(ACME, "Scope", {(5, 2): "infussion"})
    Path("edited", BOOK).write_bytes(make_workbook(broken))
    result = invoke("diff", "tables", "edited", "--exit-code")
    assert result.exit_code == 2
    assert "acme: UNKNOWN" in result.stdout
    assert "S-1, Service: was infusion, now infussion (Scope!B5)" in result.stdout


def test_the_workbook_marks_changed_cells_and_is_the_same_each_time(with_tables: Path) -> None:
    edited = _edited_copy(with_tables)
    assert invoke("diff", "tables", edited, "--format", "xlsx").exit_code == 2
    for name in ("one.xlsx", "two.xlsx"):
        assert invoke("diff", "tables", edited, "--format", "xlsx", "--output", name).exit_code == 0
    data = Path("one.xlsx").read_bytes()
    assert data == Path("two.xlsx").read_bytes()
    book = load_workbook(BytesIO(data))
    first, both = book["Changes"], book["acme Determination"]
    assert [cell.value for cell in first[3]][:2] == ["acme", "stricter"]
    assert [cell.value for cell in first[4]][1:5] == ["D-2, GVHD grade", "was >= 2, now >= 1", ">= 2", ">= 1"]
    assert first["F4"].hyperlink.location == "'acme Determination'!D8"
    coloured = {
        cell.coordinate: cell.value for row in both.iter_rows(5) for cell in row if cell.fill.fill_type
    }
    assert coloured == {"A7": "before", "B7": "D-2", "D7": ">= 2", "A8": "now", "B8": "D-2", "D8": ">= 1"}


def test_the_workbook_is_laid_out_for_reading_and_print(with_tables: Path) -> None:
    edited = _edited_copy(with_tables)
    invoke("diff", "tables", edited, "--format", "xlsx", "--output", "one.xlsx")
    for sheet in load_workbook("one.xlsx"):
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.fitToHeight == 0, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        written = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.font.name for cell in written} == {"Arial"}
        assert all(sheet.row_dimensions[cell.row].height for cell in written if cell.row > 4)


def test_a_new_value_of_the_dictionary_is_told_for_each_payer_and_no_verdict_stands_without_it(
    with_tables: Path,
) -> None:
    copytree("tables", "edited")
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "unheard of"'
    (with_tables / "edited" / "facts.xlsx").write_bytes(make_workbook({"Facts": facts}))
    book = changed(ACME, "Scope", {(6, 2): "not(infusion)"})
    Path("edited", BOOK).write_bytes(make_workbook(book))
    policies = json.loads(invoke("diff", "tables", "edited", "--format", "json").stdout)["policies"]
    acme = next(each for each in policies if each["payer"] == "acme")
    (value,) = acme["values"]
    assert (acme["behaviour"]["verdict"], value["values"], value["same_as"]) == (
        "equivalent",
        "unheard of",
        "boost, other",
    )
    assert [
        (each["determination"], each["catch_all"]) for each in value["gets"] if each["deciding"]["count"]
    ] == [("not addressed", True)]
    text = invoke("diff", "tables", "edited").stdout
    assert "acme: EQUIVALENT, 1 NEW VALUE" in text
    assert text.count("Service: unheard of\n") == len(policies) == 2
    for form in ("md", "xlsx"):
        result = invoke("diff", "tables", "edited", "--format", form, "--output", f"one.{form}")
        assert result.exit_code == 0
    assert load_workbook("one.xlsx")["New values"]["B3"].value == "unheard of"
    assert "unheard of" in Path("one.md").read_text()


def test_cases_are_put_to_both_sides_and_a_bad_one_is_exit_code_2(with_tables: Path) -> None:
    edited = _edited_copy(with_tables)
    case = {
        "case_id": "a1",
        "payer": "acme",
        "service": "infusion",
        "gvhd_grade": 1,
        "donor_cells": 50,
        "paid": 12.5,
    }
    Path("claims.jsonl").write_text(json.dumps(case) + "\n")
    asked = ("diff", "tables", edited, "--cases", "claims.jsonl", "--amount", "paid")
    result = invoke(*asked)
    assert result.exit_code == 0
    assert result.stdout.startswith("CASES: 1 of 1 cases get another determination; paid: 12.5 of 12.5\n")
    assert "acme: STRICTER" in result.stdout
    assert json.loads(invoke(*asked, "--format", "json").stdout)["case_changes"]["changed"] == 1
    with Path("claims.jsonl").open("a") as stream:
        stream.write(json.dumps({**case, "service": "nonsense"}) + "\n")
    result = invoke(*asked)
    assert result.exit_code == 2
    assert "claims.jsonl, case 2 (id a1)" in result.stdout


@pytest.mark.usefixtures("with_tables")
def test_amounts_without_cases_and_files_that_are_no_cases_are_refused() -> None:
    assert invoke("diff", "tables", "tables", "--amount", "paid").exit_code == 2
    assert invoke("diff", "tables", "tables", "--cases", "nowhere.csv").exit_code == 2
    Path("claims.csv").write_text("service\nboost\n")
    result = invoke("diff", "tables", "tables", "--cases", "claims.csv", "--amount", "service")
    assert (result.exit_code, "no amount" in result.stderr) == (2, True)
