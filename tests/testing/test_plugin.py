"""The pytest plugin: what it collects from other people's workbooks, and how its failures read."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dmn_dli.testing.collect import node_name
from tests.cli.program import ROOT
from tests.cli.tables import ACME, FACTS, changed, write_tables
from tests.excel import build
from tests.excel.build import Rows, make_workbook

NAME = "acme-2025-01-01.xlsx"
OWN = "test_own"
"""The module of other tests that the repository holds."""


OURS_ALONE = ("-p", "dmn_dli.pytest_plugin", "-p", "no:cacheprovider")
Run = Callable[..., subprocess.CompletedProcess[str]]
"""Runs pytest with arguments, in the working directory `cwd`."""


def run_pytest(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """pytest as a process of its own, with no plugin but ours."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *OURS_ALONE, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        timeout=60,
    )


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """pytest within this process, with no plugin but ours: for what need not be seen to start."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    # What would enable itself for the whole process, or look for rubbish in all of it.
    quiet = ("-p", "no:faulthandler", "-p", "no:unraisableexception", "-p", "no:threadexception")

    def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        capfd.readouterr()
        with warnings.catch_warnings():
            code = pytest.main([*OURS_ALONE, *quiet, "--import-mode=importlib", *arguments])
        sys.modules.pop(OWN, None)
        return subprocess.CompletedProcess(arguments, code, *capfd.readouterr())

    return run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write_tables(tmp_path / "tables")
    (tmp_path / f"{OWN}.py").write_text("def test_own():\n    assert True\n")
    return tmp_path


def write(folder: Path, sheets: Mapping[str, Rows]) -> None:
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (folder / NAME).write_bytes(make_workbook(sheets))


ACME_TESTS = f"""\
tables/{NAME}::Policy::readable
tables/{NAME}::Policy::determined
tables/{NAME}::Scope::complete
tables/{NAME}::Scope::overlap-free
tables/{NAME}::Scope::hit policy
tables/{NAME}::Determination::complete
tables/{NAME}::Determination::hit policy
tables/{NAME}::Unmet criteria::hit policy
tables/{NAME}::Procedure codes::hit policy
tables/{NAME}::Plan notes::hit policy
tables/{NAME}::Cases::headings
tables/{NAME}::Cases::mixed cells
tables/{NAME}::Cases::unmixed cells
tables/{NAME}::Cases::high grade
tables/{NAME}::Cases::another service
tables/{NAME}::Cases::grade and cells unknown
tables/{NAME}::Cases::before the policy""".splitlines()


def test_every_table_and_every_case_is_a_test_beside_the_others(repository: Path, run_here: Run) -> None:
    result = run_here("--dmn-tables", "tables", "--collect-only", "-q", cwd=repository)
    found = [line for line in result.stdout.splitlines() if "::" in line]
    assert [each for each in found if NAME in each] == ACME_TESTS
    assert f"{OWN}.py::test_own" in found
    assert len([each for each in found if "beta-2024-06-01.xlsx" in each]) == 7


def test_good_tables_pass(repository: Path) -> None:
    result = run_pytest("--dmn-tables", "tables", "--dmn-examples", "40", cwd=repository)
    assert "25 passed" in result.stdout
    assert result.returncode == 0


def test_one_table_alone_can_be_asked_for(repository: Path, run_here: Run) -> None:
    result = run_here("--dmn-tables", "tables", f"tables/{NAME}::Scope", "-q", cwd=repository)
    assert "3 passed" in result.stdout


def test_a_folder_that_pytest_comes_to_anyway_is_collected_once(repository: Path, run_here: Run) -> None:
    result = run_here("--dmn-tables", "tables", "--collect-only", "-q", ".", cwd=repository)
    assert result.stdout.count(f"{NAME}::Scope::complete") == 1


def test_failures_are_told_in_the_words_of_the_workbook(tmp_path: Path, run_here: Run) -> None:
    gap = changed(ACME, "Scope", {(6, 2): "boost"})
    write(tmp_path, changed(gap, "Cases", {(3, 6): "investigational"}))
    result = run_here("--dmn-tables", ".", "--dmn-examples", "40", cwd=tmp_path)
    told = result.stdout
    assert result.returncode == 1
    assert 'The table "Scope" of acme-2025-01-01.xlsx (hit policy U) has no rule for this case:' in told
    assert "  Service  other\n" in told
    assert 'The case "unmixed cells" (Cases!A3) fails:\n  expect determination (F3)\n' in told
    assert "    expected  investigational\n    came out  not medically necessary\n" in told
    assert "Traceback" not in told
    assert "dmn_dli/testing" not in told
    assert "Falsifying" not in told


def test_a_sheet_of_criteria_is_a_group_whose_claims_are_tried(tmp_path: Path, run_here: Run) -> None:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": build.FACTS}))
    (tmp_path / build.GOOD_NAME).write_bytes(make_workbook(build.WITH_CRITERIA))
    told = run_here("--dmn-tables", ".", f"{build.GOOD_NAME}::Criteria::claims", cwd=tmp_path).stdout
    assert "1 failed" in told
    assert 'The group "DLI" (Criteria!A5) of acme-2025-02-12.xlsx claims to be met exactly if the ' in told
    assert 'is "medically necessary".\nThis case breaks the claim:\n' in told
    assert "  Acute GVHD grade  2\n" in told


def test_a_workbook_with_errors_is_one_failure_that_names_them(tmp_path: Path, run_here: Run) -> None:
    write_tables(tmp_path / "tables", "broken")
    result = run_here("--dmn-tables", f"tables/{NAME}", cwd=tmp_path)
    assert "1 failed" in result.stdout
    assert "acme-2025-01-01.xlsx has errors, and decides nothing:" in result.stdout
    assert "Scope!B5" in result.stdout


def test_misspelt_headings_of_the_cases_fail(tmp_path: Path, run_here: Run) -> None:
    write(tmp_path, changed(ACME, "Cases", {(1, 6): "expect determintion"}))
    result = run_here("--dmn-tables", ".", "-k", "headings", cwd=tmp_path)
    assert 'Did you mean "expect determination"?' in result.stdout


def test_a_path_that_is_not_there_is_refused(tmp_path: Path, run_here: Run) -> None:
    result = run_here("--dmn-tables", "tabels", cwd=tmp_path)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert 'there is no file or folder "tabels"' in result.stderr


def test_without_hypothesis_the_option_says_what_to_install(repository: Path) -> None:
    (repository / "hypothesis.py").write_text("raise ImportError('there is none here')\n")
    result = run_pytest("--dmn-tables", "tables", cwd=repository)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert 'dmn_dli.testing needs Hypothesis: pip install "dmn-dli[test]"' in result.stderr


def test_without_the_option_nothing_is_imported(repository: Path) -> None:
    # What `import dmn_dli` costs anyway: the face, and five rooms' empty doors.
    doors = (".diff", ".explain", ".merge")
    light = [f"dmn_dli{each}" for each in ("", ".api", *doors, ".page", ".pytest_plugin", ".suggest")]
    (repository / f"{OWN}.py").write_text(
        "import sys\n\n\ndef test_own():\n"
        f"    assert sorted(name for name in sys.modules if name.startswith('dmn_dli')) == {light}\n"
        "    assert 'openpyxl' not in sys.modules\n"
    )
    result = run_pytest(cwd=repository)
    assert "1 passed" in result.stdout
    assert ".xlsx" not in result.stdout


AWKWARD = {
    "a::b": "a: :b",
    "one\nline\r\nand more": "one line and more",
    "dose [mg::kg": "dose (mg: :kg",
    ":::x:": ": : :x",
    "bell\x07 \x1b[2J": "bell (2J",
}


@pytest.mark.parametrize(("name", "shown"), AWKWARD.items())
def test_a_name_of_any_characters_is_one_that_pytest_takes_back(name: str, shown: str) -> None:
    assert node_name(name) == shown


def test_every_case_can_be_run_by_its_node_id(tmp_path: Path, run_here: Run) -> None:
    names = ["a::b", "one\nline", "dose [mg::kg"]
    rows: Rows = [
        ["case", "Service", "expect determination"],
        *[[name, "boost", "not addressed"] for name in names],
    ]
    write(tmp_path, {**ACME, "Cases": rows})
    listed = run_here("--dmn-tables", NAME, "--collect-only", "-q", cwd=tmp_path)
    ids = [line for line in listed.stdout.splitlines() if "::Cases::" in line]
    assert [each.rpartition("::")[2] for each in ids] == ["headings", "a: :b", "one line", "dose (mg: :kg"]
    result = run_here("--dmn-tables", NAME, *ids[1:], "-q", cwd=tmp_path)
    assert "3 passed" in result.stdout
    result = run_here("--dmn-tables", NAME, ids[1], "-q", cwd=tmp_path)
    assert "1 passed" in result.stdout
