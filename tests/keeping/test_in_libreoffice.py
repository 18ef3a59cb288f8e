"""Our workbooks as LibreOffice itself saves them: nothing is lost, and formatting twice is formatting once.

Where LibreOffice is missing (Debian: libreoffice-calc-nogui) a skip that says so:
`python -m pytest -m slow tests/keeping/test_in_libreoffice.py`.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package
from dmn_dli.store.folder import bundled_tables

SOFFICE = shutil.which("soffice") or ""
WORKBOOKS = sorted(bundled_tables().glob("*.xlsx"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)"),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of our workbooks, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    home = (tmp_path_factory.mktemp("home")).as_uri()
    command = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, WORKBOOKS)], check=True, timeout=300)
    assert sorted(path.name for path in folder.iterdir()) == [path.name for path in WORKBOOKS]
    return folder


def cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """The text of every cell, by sheet."""
    package, findings = open_package(path.read_bytes(), path.name, Place(str(path)))
    assert package is not None
    assert findings == ()
    return {sheet.name: {place: cell.text for place, cell in sheet.cells.items()} for sheet in package.sheets}


def test_what_it_saves_says_the_same_and_formatting_it_twice_is_formatting_it_once(
    saved: Path, tmp_path: Path
) -> None:
    tables = shutil.copytree(saved, tmp_path / "tables")
    assert [cells(tables / path.name) for path in WORKBOOKS] == [cells(path) for path in WORKBOOKS]
    dmn_dli.format([tables])
    once = {path.name: path.read_bytes() for path in tables.iterdir()}
    assert [cells(tables / path.name) for path in WORKBOOKS] == [cells(path) for path in WORKBOOKS]
    assert not any(each.changed for each in dmn_dli.format([tables]))
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == once
