"""Workbooks merged by git itself: branches, rebase, cherry-pick, conflicts, and differences as text."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.merge.git_setup import install
from tests.cli.program import environment, invoke
from tests.cli.tables import write_tables

pytestmark = pytest.mark.skipif(which("git") is None, reason="git is not installed")

FOLDER = "our tables"
ACME, FACTS = f"{FOLDER}/acme-2025-01-01.xlsx", f"{FOLDER}/facts.xlsx"
Edited = tuple[int, int, Any]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on `main`, workbooks under a path with a blank, the driver installed."""
    for name, value in environment(
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_AUTHOR_NAME="A. Nurse",
        GIT_AUTHOR_EMAIL="nurse@example.org",
        GIT_COMMITTER_NAME="A. Nurse",
        GIT_COMMITTER_EMAIL="nurse@example.org",
        GIT_EDITOR="true",
    ).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path / FOLDER)
    git("init", "--initial-branch=main")
    install(tmp_path)
    commit("first")
    return tmp_path


def git(*arguments: str) -> str:
    """What git says, where it succeeds."""
    done = git_run(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def git_run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], capture_output=True, text=True)  # noqa: S607


def commit(message: str) -> None:
    git("add", "--all")
    git("commit", "--message", message)


def edit(file: str, sheet: str, *cells: Edited) -> None:
    """Change cells of a workbook, each given as row, column and value, as a person does in Excel."""
    book = load_workbook(file)
    for row, column, value in cells:
        book[sheet].cell(row, column, value)
    book.save(file)


def line(row: int, *values: Any) -> list[Edited]:
    """The cells of a row from column A on."""
    return [(row, column, value) for column, value in enumerate(values, 1)]


def cell(file: str, sheet: str, row: int, column: int) -> Any:
    return load_workbook(file)[sheet].cell(row, column).value


def two_branches(ours: Any, theirs: Any) -> None:
    """An edit on `main`, another one on `topic`; `main` is checked out."""
    git("checkout", "-b", "topic")
    edit(*theirs)
    commit("theirs")
    git("checkout", "main")
    edit(*ours)
    commit("ours")


GRADE_OURS = (ACME, "Determination", (6, 3, ">= 3"))
GRADE_THEIRS = (ACME, "Determination", (6, 3, "> 2"))
A_CASE = line(8, "a boost", None, "boost", 1, 50, "not addressed")
CASE_THEIRS: Any = (ACME, "Cases", *A_CASE)


@pytest.mark.usefixtures("repository")
def test_a_merge_of_branches_holds_the_edits_of_both_in_workbooks_and_dictionary() -> None:
    git("checkout", "-b", "topic")
    edit(*CASE_THEIRS)
    edit(FACTS, "Facts", *line(7, "age", "Age", "integer", "[0..120]", "years", "No", "How old?"))
    commit("theirs")
    git("checkout", "main")
    edit(ACME, "Determination", (7, 7, "Cells are mixed indeed."))
    edit(FACTS, "Facts", (4, 7, "Which grade is it?"))
    commit("ours")
    done = git_run("merge", "topic")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "dmn-dli check" in done.stderr
    assert cell(ACME, "Determination", 7, 7) == "Cells are mixed indeed."
    assert cell(ACME, "Cases", 8, 1) == "a boost"
    assert (cell(FACTS, "Facts", 4, 7), cell(FACTS, "Facts", 7, 1)) == ("Which grade is it?", "age")
    assert invoke("check", FOLDER, "--today", "2025-11-01").exit_code == 0
    assert invoke("test", FOLDER).exit_code == 0
    assert git("status", "--porcelain") == ""


@pytest.mark.usefixtures("repository")
def test_a_conflict_stops_git_until_somebody_has_decided() -> None:
    two_branches(GRADE_OURS, GRADE_THEIRS)
    done = git_run("merge", "topic")
    assert (done.returncode, "CONFLICT" in done.stdout) == (1, True)
    assert f"{ACME}: 1 conflict" in done.stderr
    assert git("status", "--porcelain") == f'UU "{ACME}"\n'
    assert cell(ACME, "Determination", 6, 3) == ">= 3"
    assert [cell(ACME, "Conflicts", 2, column) for column in (1, 2, 4, 5, 6)] == [
        "Determination", "C6", ">= 2", ">= 3", "> 2",
    ]  # fmt: skip
    assert "DT178" in invoke("check", FOLDER).stdout
    book = load_workbook(ACME)
    del book["Conflicts"]
    book.save(ACME)
    assert "DT178" not in invoke("check", FOLDER).stdout
    commit("decided")
    assert git("status", "--porcelain") == ""


@pytest.mark.usefixtures("repository")
def test_a_rebase_and_a_cherry_pick_merge_too() -> None:
    two_branches(GRADE_OURS, CASE_THEIRS)
    git("checkout", "-b", "picked")
    git("cherry-pick", "topic")
    assert (cell(ACME, "Determination", 6, 3), cell(ACME, "Cases", 8, 1)) == (">= 3", "a boost")
    git("checkout", "topic")
    git("rebase", "main")
    assert (cell(ACME, "Determination", 6, 3), cell(ACME, "Cases", 8, 1)) == (">= 3", "a boost")


@pytest.mark.usefixtures("repository")
def test_a_rebase_stops_at_a_conflict_and_goes_on() -> None:
    two_branches(GRADE_OURS, GRADE_THEIRS)
    git("checkout", "topic")
    assert git_run("rebase", "main").returncode == 1
    book = load_workbook(ACME)
    del book["Conflicts"]
    book["Determination"]["C6"] = "> 2"
    book.save(ACME)
    git("add", ACME)
    git("rebase", "--continue")
    assert cell(ACME, "Determination", 6, 3) == "> 2"
    assert git("log", "--format=%s", "-2") == "theirs\nours\n"


@pytest.mark.usefixtures("repository")
def test_two_workbooks_that_were_added_under_one_name_are_merged_from_nothing() -> None:
    new = f"{FOLDER}/acme-2026-01-01.xlsx"
    git("checkout", "-b", "topic")
    Path(new).write_bytes(Path(ACME).read_bytes())
    edit(new, "Cases", *A_CASE)
    commit("theirs")
    git("checkout", "main")
    Path(new).write_bytes(Path(ACME).read_bytes())
    edit(new, "Determination", (7, 7, "Cells are mixed indeed."))
    commit("ours")
    done = git_run("merge", "topic")
    assert (done.returncode, "1 conflict" in done.stderr) == (1, True)
    assert cell(new, "Determination", 7, 7) == "Cells are mixed indeed."
    assert cell(new, "Cases", 8, 1) == "a boost"


@pytest.mark.usefixtures("repository")
def test_what_cannot_be_read_is_a_conflict_that_leaves_our_file_whole() -> None:
    git("checkout", "-b", "topic")
    Path(ACME).write_bytes(Path(ACME).read_bytes()[:5000])
    commit("theirs")
    git("checkout", "main")
    edit(*GRADE_OURS)
    commit("ours")
    ours = Path(ACME).read_bytes()
    done = git_run("merge", "topic")
    assert (done.returncode, f"{ACME}: not merged" in done.stderr) == (1, True)
    assert Path(ACME).read_bytes() == ours
    assert git("status", "--porcelain") == f'UU "{ACME}"\n'


@pytest.mark.usefixtures("repository")
def test_git_shows_workbooks_as_text_and_runs_nothing_that_lies_in_the_repository() -> None:
    """Git runs the driver in the repository's own folder, whoever wrote the files in it."""
    for name in ("click", "attrs", "dmn_dli"):
        Path(f"{name}.py").write_text("raise SystemExit(99)")
    edit(*GRADE_OURS)
    assert "-  IF GVHD grade: >= 2\n+  IF GVHD grade: >= 3\n" in git("diff")


def test_the_driver_wants_what_git_gives() -> None:
    result = invoke("merge", "--driver", "a", "a", "a")
    assert (result.exit_code, "four arguments" in result.stderr) == (2, True)
