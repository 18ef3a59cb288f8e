"""`dmn-dli import` writes into a folder, which no workbook's name is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import invoke


def test_a_workbook_named_as_the_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loans.csv").write_text("days,-> loan\n< 15,lent\n", encoding="utf-8")
    result = invoke("import", "loans.csv", "--output", "loans.xlsx")
    assert result.exit_code == 2
    assert '"loans.xlsx" names a workbook; --output names the folder' in result.stderr
    assert not Path("loans.xlsx").exists()
