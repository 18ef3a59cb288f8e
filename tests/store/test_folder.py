"""Which files of a folder are workbooks."""

from __future__ import annotations

from pathlib import Path

from dmn_dli.excel import read_workbook
from dmn_dli.store.folder import find_workbooks
from tests.excel.build import make_workbook


def test_a_folders_workbooks_come_by_name_without_dictionary_and_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.XLSX", "facts.xlsx", "~$b.xlsx", ".~lock.b.xlsx#", "notes.txt", "b.xls"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.xlsx").mkdir()
    assert [path.name for path in find_workbooks(tmp_path)] == ["a.XLSX", "b.xlsx"]


def test_a_workbook_with_macros_is_found_so_that_it_can_be_reported(tmp_path: Path) -> None:
    (tmp_path / "acme-2025-02-12.xlsm").write_bytes(make_workbook())
    (path,) = find_workbooks(tmp_path)
    assert [finding.code.code for finding in read_workbook(path).findings] == ["DT103"]
