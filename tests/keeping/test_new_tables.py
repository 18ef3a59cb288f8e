"""A folder for another field passes its own checks as it was begun."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import dmn_dli
from cli.main import COMMANDS
from tests.cli.program import invoke

FILES = {
    ".github/workflows/tables.yml",
    ".pre-commit-config.yaml",
    "README.md",
    "tables/facts.xlsx",
    "tables/loans.xlsx",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    result = invoke("new", "tables", "lending")
    assert (result.exit_code, {Path(line).as_posix() for line in result.stdout.splitlines()}) == (
        0,
        {f"lending/{name}" for name in FILES},
    )
    monkeypatch.chdir(tmp_path / "lending")
    return tmp_path / "lending"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_check_has_nothing_to_object_to_and_every_case_passes(folder: Path) -> None:
    assert _files(folder) == FILES
    checked = invoke("check", "--strict")
    assert (checked.exit_code, "Nothing to object to in 2 workbooks." in checked.stdout) == (0, True)
    tested = invoke("test")
    assert (tested.exit_code, tested.stdout.count("(100 %)")) == (0, 2)


@pytest.mark.usefixtures("folder")
def test_the_workflow_and_the_hooks_run_commands_that_pass() -> None:
    lines = []
    for name in (".github/workflows/tables.yml", ".pre-commit-config.yaml"):
        lines += re.findall(r"(?:run|entry): dmn-dli (.*)", Path(name).read_text(encoding="utf-8"))
    assert len(lines) == 5
    for line in lines:
        result = invoke(*shlex.split(line))
        assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("folder")
def test_the_readme_speaks_of_files_and_commands_that_there_are() -> None:
    text = Path("README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^dmn-dli (\w+)", text, re.MULTILINE)) <= set(COMMANDS)
    named = re.findall(r"`(\S+\.(?:xlsx|ya?ml))`", text)
    assert set(named) == FILES - {"README.md"}
    (case,) = re.findall(r'`(\{"[^`]*\})`', text)
    result = invoke("evaluate", "-", "--format", "json", stdin=case)
    assert (result.exit_code, '"needs information"' in result.stdout) == (0, True)


def test_an_edit_of_the_example_is_told_by_a_case(folder: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(folder / "tables/loans.xlsx")
    book["Loan"]["E9"] = "> 15"
    book.save(folder / "tables/loans.xlsx")
    assert invoke("test").exit_code == 1


@pytest.mark.parametrize("name", sorted(FILES))
def test_where_one_file_exists_none_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    result = invoke("new", "tables", str(tmp_path))
    assert (result.exit_code, name.rpartition("/")[2] in result.stderr) == (2, True)
    assert _files(tmp_path) == {name}
    assert (tmp_path / name).read_text() == "mine"


def test_the_same_bytes_each_time() -> None:
    assert dmn_dli.new_tables() == dmn_dli.new_tables()
