"""The approval page as a whole, and the command that writes it."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from dmn_dli.diff.since import differences_since
from dmn_dli.page.approval.view import approval
from dmn_dli.page.contents import gather
from dmn_dli.store.given import workbooks_at
from tests.cli.program import invoke
from tests.cli.tables import write_tables
from tests.diff.acme_editions import EDITED, NAME
from tests.excel.build import make_workbook
from tests.page.approval.books import read

_GOLDEN = Path(__file__).parent / "golden" / "approval.txt"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the tables as they were in `old`, and edited in `tables`."""
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path / "tables")
    copytree("tables", "old")
    _edit()
    return tmp_path


def _edit() -> None:
    Path("tables", NAME).write_bytes(make_workbook(EDITED))


def _read(old: str, *places: str) -> str:
    """The approval view of a page of these places."""
    contents = gather(workbooks_at(places), date(2025, 6, 1))
    return read(approval(differences_since(old, places), contents, engine=False).element())


def _git(*arguments: str) -> None:
    settings = ("-c", "user.name=A. Nurse", "-c", "user.email=nurse@example.org")
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.mark.usefixtures("folders")
def test_the_page_reads_as_agreed() -> None:
    """UPDATE_GOLDEN=1 writes it anew: read it before it is committed."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "(digest)", _read("old", "tables")) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        _GOLDEN.write_text(text, encoding="utf-8")
    assert text == _GOLDEN.read_text(encoding="utf-8")


@pytest.mark.usefixtures("folders")
def test_where_nothing_changed_the_page_says_so() -> None:
    text = _read("tables", "tables")
    assert "No difference: the same rules, the same answers." in text
    assert "Unchanged (2):\nAcme Health\nBeta Plan" in text
    assert "Sign-off" not in text


def test_the_old_side_may_be_a_revision_of_each_path(folders: Path) -> None:
    (folders / "tables" / NAME).write_bytes((folders / "old" / NAME).read_bytes())
    _git("init", "--initial-branch=main")
    _git("add", "tables")
    _git("commit", "--message=first")
    _edit()
    for old in ("main", "main.."):
        for places in (["tables"], [f"tables/{NAME}", "tables/beta-2024-06-01.xlsx"]):
            text = _read(old, *places)
            assert f"main:tables/{NAME} → tables/{NAME}" in text
            assert "Unchanged (1):\nBeta Plan" in text


@pytest.mark.usefixtures("folders")
def test_a_workbook_alone_says_nothing_of_others_and_a_folder_says_what_is_gone() -> None:
    assert "removed" not in _read("old", f"tables/{NAME}")
    Path("tables", "beta-2024-06-01.xlsx").unlink()
    assert "Beta Plan, from 2024-06-01\nremoved The policy is removed." in _read("old", "tables")


@pytest.mark.usefixtures("folders")
def test_the_command_begins_with_the_approval() -> None:
    given = ["page", "tables", "--no-engine", "--today", "2025-06-01", "--output", "page.html"]
    assert invoke(*given).exit_code == 0
    assert "For approval" not in Path("page.html").read_text(encoding="utf-8")
    assert invoke(*given, "--diff", "old").exit_code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.index('id="approval"') < page.index('id="overview"')
    assert 'href="#try' not in page


@pytest.mark.usefixtures("folders")
def test_two_revisions_are_refused_since_the_page_shows_what_is_there_now() -> None:
    result = invoke("page", "tables", "--no-engine", "--diff", "main..topic", "--output", "page.html")
    assert result.exit_code == 2
    assert '"main..topic" names two revisions' in result.stderr
    assert not Path("page.html").exists()


@pytest.mark.usefixtures("folders")
def test_whatever_the_approval_leads_to_is_in_the_page() -> None:
    given = ["page", "tables", "--no-engine", "--today", "2025-06-01", "--output", "page.html"]
    assert invoke(*given, "--diff", "old").exit_code == 0
    body = Path("page.html").read_text(encoding="utf-8").partition("<body")[2]
    approval_alone = body.partition('id="approval"')[2].partition('id="overview"')[0]
    led_to = set(re.findall(r'href="#([^"]*)"', approval_alone))
    assert "rule/acme-2025-01-01/Determination/D-2" in led_to
    assert led_to <= set(re.findall(r'\bid="([^"]*)"', body))
