"""Workbooks dropped on the page are checked, compared, used and left by its own engine.

What is told of them is held to the commands elsewhere, with this Python behind the page. Here it is seen that
the engine, which knows no users and has no metadata of packages, can do all of it.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Locator, Page

from dmn_dli.checking import check
from dmn_dli.report.annotated_copies import annotated_copy
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import Given
from tests.excel.build import save

MOLINA, BROKEN = "molina-2025-02-12.xlsx", "broken-2025-01-01.xlsx"
REMOVED, FIRST, RENAMED = "M-08", "M-01", "M-NEW"


@pytest.fixture
def edited() -> bytes:
    """Molina's workbook with the last rule of its final decision removed, and the first one renamed."""
    book = load_workbook(bundled_tables() / MOLINA)
    sheet = book["Determination"]
    rows = {sheet.cell(row, 1).value: row for row in range(5, sheet.max_row + 1)}
    sheet.cell(rows[FIRST], 1).value = RENAMED
    sheet.delete_rows(rows[REMOVED])
    return save(book)


def _deciding(page: Page, rule: str) -> Locator:
    """Molina's answer to a case whose service it does not address, once this rule gives it."""
    page.evaluate("location.hash = 'try'")
    page.locator("[data-fact=service] input[value='car-t']").check()
    link = page.locator("[data-payer=molina] .decided a.to-rule", has_text=f"Determination {rule}")
    link.wait_for()
    return link


def _drop(page: Page, *files: tuple[str, bytes]) -> Locator:
    """What is shown once all has been answered."""
    page.evaluate("location.hash = 'check'")
    given: list[FilePayload] = [{"name": name, "mimeType": "", "buffer": data} for name, data in files]
    page.set_input_files("#check-files", given)
    page.locator("#check-status", has_text="Done").wait_for()
    page.locator("[data-copy-of]:not(:empty)").last.wait_for()
    return page.locator("#check-results")


def _copy_by_the_command(folder: Path, name: str, today: date) -> bytes:
    """The annotated copy of one of the workbooks in a folder, which are checked together."""
    given = [Given(path, path.name) for path in sorted(folder.iterdir())]
    (own,) = (each for each in given if each.shown == name)
    return annotated_copy(own, check(given, today, strict=False))


def _parts(data: bytes) -> dict[str, bytes]:
    """A workbook's parts as they are unpacked, since another zlib may pack them otherwise."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_dropped_workbooks_are_checked_used_and_left(ready_page: Page, edited: bytes, tmp_path: Path) -> None:
    page = ready_page
    _deciding(page, FIRST)
    results = _drop(page, (MOLINA, edited), (BROKEN, b"no workbook"))
    card = results.locator("article.checked", has_text=MOLINA)
    told = results.inner_text()
    assert "of 58 cases passed" in told
    assert "cannot be opened" in told
    assert "The row that is lacking" in card.inner_text()
    assert card.locator("button", has_text="Copy this row").count() > 0
    assert RENAMED in (card.locator("[data-difference-of]").text_content() or "")

    (tmp_path / MOLINA).write_bytes(edited)
    (tmp_path / BROKEN).write_bytes(b"no workbook")
    with page.expect_download() as saved:
        card.locator("[data-copy-of] a").click()
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    assert _parts(saved.value.path().read_bytes()) == _parts(_copy_by_the_command(tmp_path, MOLINA, today))

    page.click("text=Use these in this page")
    page.locator("#own-files", has_text=MOLINA).wait_for()
    _deciding(page, RENAMED)
    page.click("text=Go back to the page's own")
    page.locator("#own-files-said").wait_for(state="detached")
    _deciding(page, FIRST)
    page.click("#try-clear")
