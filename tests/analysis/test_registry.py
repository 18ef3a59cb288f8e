"""A file in the folder of findings is all that a check needs."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from dmn_dli.analysis import findings, registry
from dmn_dli.analysis.catalogue import CATALOGUE
from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.checks import TableCheck
from tests.analysis.examples import NO, YES, rows
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "add-a-check.md"


def test_the_check_of_the_page_is_asked_once_its_file_is_there(tmp_path: Path) -> None:
    (block,) = blocks(PAGE, "py")
    text = block.text.replace("MOST_RULES = 200", "MOST_RULES = 1")
    (tmp_path / "long_table.py").write_text(text, encoding="utf-8")
    with patch.object(findings, "__path__", [*findings.__path__, str(tmp_path)]):
        listed = registry.listed()
    (added,) = set(listed) - set(registry.CHECKS)
    assert isinstance(added, TableCheck)
    with patch("dmn_dli.analysis.check.TABLE_CHECKS", [*registry.TABLE_CHECKS, added]):
        (finding,) = [
            each
            for each in analyse(rows("U", ("hematologic", "-", YES), ("not(hematologic)", "-", NO))).findings
            if each.code is added.code
        ]
    assert finding.text == (
        "The table has 2 rules. Split the table: let one decision group the cases, and another decide by the "
        "groups."
    )


def test_each_file_speaks_of_one_code_of_its_own() -> None:
    codes = [check.code.code for check in registry.CHECKS]
    assert len(codes) == len(set(codes)) == len(list(Path(*findings.__path__).glob("[a-z]*.py")))
    for check in registry.CHECKS:
        module = check.find.__module__
        assert __import__(module, fromlist=["CODE"]).CODE is CATALOGUE[check.code.code]
        assert str(__import__(module, fromlist=["CODE"]).__doc__).startswith(f"{check.code.code}: ")
