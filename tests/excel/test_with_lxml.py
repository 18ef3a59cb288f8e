"""A workbook is read and made as the same with and without lxml, and where openpyxl was there before us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.excel import broken
from tests.excel.build import GOOD_NAME

_SAID = """
import sys
from hashlib import sha256
from pathlib import Path
{before}
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.keeping.new.file import book_bytes
import openpyxl
for path in sorted(Path(sys.argv[1]).iterdir()):
    for each in read_workbook_bytes(path.read_bytes(), path.name, path.name).findings:
        print(path.name, each.code.code, each.place, each.message)
rows = [["Policy", "Value"], ["Title", "Größe <1 & \\u2265 2"], ["Notes", "a\\nb"]]
print(sha256(book_bytes({{"Policy": rows}}, None)).hexdigest())
print(openpyxl.LXML, file=sys.stderr)
"""
_WITHOUT = "sys.modules['lxml'] = None"
_BEFORE = "import openpyxl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Broken workbooks of each kind, but for what is large."""
    made = tmp_path_factory.mktemp("broken")
    for number, each in enumerate((*broken.FILES, *broken.CELLS, *broken.SHEETS, *broken.HEADS)):
        data = each.make()
        if len(data) < 100_000:
            (made / f"{number:03} {GOOD_NAME}").write_bytes(data)
    return made


def _said(folder: Path, before: str) -> tuple[str, bool]:
    """What is said of the workbooks, and whether openpyxl used lxml."""
    program = [sys.executable, "-c", _SAID.format(before=before), str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "OPENPYXL_LXML"}
    done = subprocess.run(program, capture_output=True, text=True, check=True, env=environment)
    return done.stdout, done.stderr.split()[-1] == "True"


def test_what_is_read_and_made_is_the_same_without_lxml(folder: Path) -> None:
    with_lxml, used = _said(folder, "import lxml.etree")
    without, _ = _said(folder, _WITHOUT)
    assert with_lxml == without
    assert not used
    assert with_lxml.count("\n") > 40


def test_a_program_that_has_openpyxl_read_with_lxml_gets_the_same(folder: Path) -> None:
    """Only the words of what is no XML are lxml's own."""
    before, used = _said(folder, _BEFORE)
    without, _ = _said(folder, _WITHOUT)
    assert used
    assert [line.split()[:4] for line in before.splitlines()] == [
        line.split()[:4] for line in without.splitlines()
    ]
