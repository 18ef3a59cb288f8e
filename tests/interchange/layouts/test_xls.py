"""Files in Excel's format before 2007: read by xlrd, as LibreOffice writes them.

Where LibreOffice is missing (Debian: libreoffice-calc-nogui) a skip that says so:
`python -m pytest -m slow tests/interchange/layouts/test_xls.py`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dmn_dli.interchange.layouts.xls import SIGNATURE
from dmn_dli.runtime.input_error import InputError
from tests.interchange.layouts.books import imported, policy, saved
from tests.interchange.layouts.test_pydmn import BOOKS, CASES

SOFFICE = shutil.which("soffice") or ""

in_libreoffice = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)"),
]


def test_without_xlrd_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(InputError, match=r'pip install "dmn-dli\[xls\]"; or save it as \.xlsx in Excel'):
        imported(SIGNATURE + b"\0" * 600, "a.xls")


def _as_xls(data: bytes, folder: Path) -> bytes:
    (folder / "book.xlsx").write_bytes(data)
    home = (folder / "home").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", "xls"]
    subprocess.run([*command, "--outdir", str(folder), str(folder / "book.xlsx")], check=True, timeout=200)
    return (folder / "book.xls").read_bytes()


@pytest.mark.parametrize("layout", BOOKS)
class TestDoubleLines:
    """Borders and merges of the old format."""

    pytestmark = in_libreoffice

    def test_each_layout_decides_alike(self, layout: str, tmp_path: Path) -> None:
        data = _as_xls(saved(BOOKS[layout]), tmp_path)
        made = policy(tmp_path, data, "loans.xls")
        for facts, rebate in CASES:
            assert str(made.evaluate(facts).determination) in (rebate, f"{rebate}0"), facts


class TestCells:
    """Numbers, text, true and false, days."""

    pytestmark = in_libreoffice

    def test_they_are_what_they_are_in_an_xlsx(self, tmp_path: Path) -> None:
        from datetime import date

        from tests.interchange.layouts.books import book

        rows: list[list[object]] = [
            ["A", "Day", "Is", "Text"],
            [0.1, date(2020, 1, 31), True, "x"],
            [38242, None, False, "y"],
        ]
        data = saved(book({"T": rows}))
        old = imported(_as_xls(data, tmp_path), "t.xls")
        assert old.sheets["T"] == imported(data, "t.xlsx").sheets["T"]
