"""The page on testing shows the failure that a clinician reads, and lists the tests that pytest collects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

from openpyxl import load_workbook

import dmn_dli.testing
from tests.docs.pages import ROOT, blocks, read

PAGE = ROOT / "docs" / "testing.md"
NAME = "molina-2025-02-12.xlsx"
RULE = "M-S2"


def _pytest(folder: Path, *arguments: str) -> str:
    """What pytest says, as a process of its own with no plugin but ours."""
    plugin = ("-p", "dmn_dli.pytest_plugin", "-p", "no:cacheprovider", "--dmn-tables", NAME)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    ).stdout


def test_a_rule_that_is_deleted_is_missed_in_the_words_shown(tmp_path: Path) -> None:
    book = load_workbook(ROOT / "tables" / NAME)
    sheet = book["Scope"]
    sheet.delete_rows(next(cell.row for cell in sheet["A"] if cell.value == RULE))
    book.save(tmp_path / NAME)
    copyfile(ROOT / "tables" / "facts.xlsx", tmp_path / "facts.xlsx")
    (shown,) = blocks(PAGE, "text")
    assert shown.text in _pytest(tmp_path, f"{NAME}::Scope")


def test_the_tests_of_a_workbook_are_those_listed() -> None:
    listed = {"Policy::readable", "Policy::determined", "Cases::headings"}
    kinds = {"complete", "overlap-free", "hit policy"}
    assert all(f"| `{each}` |" in read(PAGE) for each in listed)
    assert all(f"| `<table>::{each}` |" in read(PAGE) for each in kinds)
    lines = _pytest(ROOT / "tables", NAME, "--collect-only", "-q").splitlines()
    collected = [line.partition("::")[2] for line in lines if f"{NAME}::" in line]
    assert listed <= set(collected)
    tables = [each for each in collected if each.partition("::")[0] not in ("Policy", "Cases")]
    assert "| `<sheet of criteria>::claims` |" in read(PAGE)
    assert {each.partition("::")[2] for each in tables} - {"claims"} == kinds


def test_the_page_lists_what_the_room_offers() -> None:
    offered = set(dmn_dli.testing.__all__) - {"TableFailure"}
    assert all(f"| `{name}(" in read(PAGE) for name in offered)
