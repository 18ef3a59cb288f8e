"""What the pages show of edits, merges and formatted files is what the program says of such files."""

from __future__ import annotations

import difflib
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import load_workbook

from dmn_dli.report.difference_text import Page, text
from tests.cli.program import invoke
from tests.cli.tables import ACME, changed, write_tables
from tests.diff.criteria_books import difference, edited
from tests.docs.pages import ROOT, blocks
from tests.excel.build import make_workbook, put

TABLES = ROOT / "tables"
MOLINA = "molina-2025-02-12.xlsx"


def _shown(page: str, start: str, language: str = "text") -> str:
    """The block of a page that begins so."""
    texts = [block.text for block in blocks(ROOT / "docs" / page, language)]
    (found,) = (each for each in texts if each.lstrip().startswith(start))
    return found


def _edited_molina(target: Path, **cells: str) -> Path:
    """Molina's workbook with other texts in cells of its sheet Criteria."""
    book = load_workbook(TABLES / MOLINA)
    for cell, value in cells.items():
        book["Criteria"][cell] = value
    book.save(target)
    return target


def test_an_edit_is_told_as_the_page_about_differences_shows(tmp_path: Path) -> None:
    copyfile(TABLES / "facts.xlsx", tmp_path / "facts.xlsx")
    new = _edited_molina(tmp_path / MOLINA, K19="t-cell depleted graft, other high risk", N15="[5..95]")
    assert _shown("diff.md", "Edited: ") in invoke("diff", str(TABLES / MOLINA), str(new)).stdout


def test_git_shows_an_edit_as_the_guide_for_pipelines_does(tmp_path: Path) -> None:
    new = _edited_molina(tmp_path / MOLINA, K19="t-cell depleted graft, other high risk")
    before, after = (invoke("show", str(file)).stdout.splitlines() for file in (TABLES / MOLINA, new))
    hunk = [*difflib.unified_diff(before, after, lineterm="")]
    assert _shown("ci-guide.md", "criterion: ", "diff") in "".join(f"{line}\n" for line in hunk)


def test_a_new_value_is_told_as_the_page_about_differences_shows(tmp_path: Path) -> None:
    facts = load_workbook(TABLES / "facts.xlsx")
    (listed,) = (row[3] for row in facts["Facts"].iter_rows() if row[0].value == "relapse_risk_setting")
    listed.value = f'{listed.value}, "haploidentical graft"'
    facts.save(tmp_path / "facts.xlsx")
    book = load_workbook(TABLES / MOLINA)
    for sheet, cell in (("Criteria", "K4"), ("Determination", "I4")):
        book[sheet][cell] = f"{book[sheet][cell].value}, haploidentical graft"
    book.save(tmp_path / MOLINA)
    first, _, told = _shown("diff.md", "molina: EQUIVALENT").partition("  …\n")
    said = invoke("diff", str(TABLES / MOLINA), str(tmp_path / MOLINA)).stdout
    assert said.startswith(first)
    assert told in said


def test_criteria_are_compared_as_the_page_about_differences_shows() -> None:
    said = text([difference(edited({(7, 6): "< 1"}))], Page(100))
    assert _shown("diff.md", "Criteria (2)") in said


def test_edits_that_do_not_go_together_are_told_as_the_page_about_merging_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path / "tables")
    ours = changed(changed(ACME, "Determination", {(6, 3): ">= 3"}), "Cases", {(4, 4): 3})
    expected = {(2, 4): 2, (2, 6): "investigational", (2, 8): "2: GVHD of grade 2 or more"}
    for name, sheets in (("ours", ours), ("theirs", changed(ACME, "Cases", expected))):
        Path(f"{name}.xlsx").write_bytes(make_workbook(sheets))
    files = ("tables/acme-2025-01-01.xlsx", "ours.xlsx", "theirs.xlsx")
    result = invoke("merge", *files, "--tables", "tables", "--output", "merged.xlsx")
    assert _shown("merge.md", "merged.xlsx: ") in result.stdout


def test_a_formatted_folder_is_told_as_the_page_about_the_house_style_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    copyfile(TABLES / "facts.xlsx", "tables/facts.xlsx")
    file = Path("tables/acme-2025-02-12.xlsx")
    file.write_bytes(put("Scope", B4="other"))
    book = load_workbook(file)
    book.create_sheet("Ward list").append(["Ward 3", "Ward 4"])
    book.save(file)
    command, _, told = _shown("format.md", "$ dmn-dli format").partition("\n")
    assert invoke(*command.split()[2:]).stdout == told
