"""The pictures of the page in the clinician's guide: each view can be photographed as the guide shows it.

`UPDATE_PICTURES=1` writes them anew into docs/pictures. Bytes are not compared, since fonts differ between
machines: what a picture is to show is waited for, and must stand in the window.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cli.program import invoke
from tests.docs.pages import ROOT, read
from tests.page.live.asking import TABLES
from tests.page.native import Opened

PICTURES = ROOT / "docs" / "pictures"
MOLINA = "molina-2025-02-12"
WIDTH, HEIGHT = 1000, 660
BYTES = 150_000
EXAMPLE = "mixed chimerism"


def _overview(page: Page) -> Locator:
    page.evaluate("location.hash = 'overview'")
    return page.locator("#overview tbody a").first


def _criteria(page: Page) -> Locator:
    page.evaluate(f"location.hash = 'sheet/{MOLINA}/Criteria'")
    return page.locator(f"[id='criterion/{MOLINA}/Criteria/T.2e.1']")


def _table(page: Page) -> Locator:
    page.evaluate(f"location.hash = 'sheet/{MOLINA}/Determination'")
    return page.locator(f"[id='rule/{MOLINA}/Determination/M-01'] th")


def _graph(page: Page) -> Locator:
    page.evaluate(f"location.hash = 'node/{MOLINA}/Determination'")
    return page.locator(f"[id='node/{MOLINA}/Determination']")


def _facts(page: Page) -> Locator:
    page.evaluate("location.hash = 'fact/malignancy_type'")
    return page.locator("[id='fact/malignancy_type']")


def _about(page: Page) -> Locator:
    page.evaluate("location.hash = 'about'")
    return page.get_by_role("heading", name="About this page")


def _search(page: Page) -> Locator:
    page.evaluate("location.hash = 'overview'")
    expect(page.locator("[id='overview/title']")).to_be_focused()
    page.locator("#search-field").fill("molina mixed chimerism")
    return page.locator("#search-results mark").first


def _try(page: Page) -> Locator:
    page.locator("#search-field").fill("")
    page.evaluate("location.hash = 'try'")
    page.locator("#try-example").select_option(label=EXAMPLE)
    return page.locator("#try .glance").get_by_text("medically necessary", exact=True).first


def _check(page: Page) -> Locator:
    page.evaluate("location.hash = 'check'")
    page.locator("#check-files").set_input_files(page.edited)  # type: ignore[attr-defined]
    found = page.locator("#check-found")
    expect(found).to_be_focused(timeout=60_000)
    found.evaluate("(heading) => heading.scrollIntoView()")
    return found


STEPS: Mapping[str, Callable[[Page], Locator]] = {
    "overview": _overview,
    "criteria": _criteria,
    "table": _table,
    "graph": _graph,
    "facts": _facts,
    "about": _about,
    "search": _search,
    "try": _try,
    "check": _check,
}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Molina's workbook without the last rule of its final decision, so that there is a gap."""
    folder = tmp_path_factory.mktemp("edited")
    for file in TABLES.glob("*.xlsx"):
        shutil.copy(file, folder)
    path = folder / f"{MOLINA}.xlsx"
    book = load_workbook(path)
    sheet = book["Determination"]
    sheet.delete_rows(max(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value))
    book.save(path)
    return path


@pytest.fixture(scope="module")
def page(native_page: Opened, edited: Path) -> Iterator[Page]:
    opened = native_page(TABLES)
    opened.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    opened.emulate_media(reduced_motion="reduce")
    opened.locator("#engine-status").evaluate("(status) => { status.textContent = 'Ready'; }")
    opened.edited = edited  # type: ignore[attr-defined]
    yield opened
    opened.close()


def _photograph(page: Page, name: str) -> None:
    page.wait_for_timeout(100)
    picture = page.screenshot(animations="disabled", caret="hide")
    if os.environ.get("UPDATE_PICTURES"):
        (PICTURES / f"page-{name}.png").write_bytes(picture)


@pytest.mark.parametrize("name", STEPS)
def test_the_view_looks_as_the_guide_shows_it(page: Page, name: str) -> None:
    expect(STEPS[name](page)).to_be_in_viewport(timeout=30_000)
    _photograph(page, name)


def test_the_approval_looks_as_the_guide_shows_it(
    browser: Browser, edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(edited.parent, tmp_path / "old")
    shutil.copytree(TABLES, tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "approval.html"
    made = invoke("page", "tables", "--diff", "old", "--no-engine", "--output", file.name)
    assert made.exit_code == 0, made.stderr
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", name="For approval")).to_be_in_viewport()
    _photograph(page, "approval")
    page.close()


def test_every_picture_of_the_page_is_in_the_guide_and_small() -> None:
    shown = set(re.findall(r"\(pictures/(page-\w+\.png)\)", read(ROOT / "docs" / "clinician-guide.md")))
    there = {file.name: file.stat().st_size for file in PICTURES.glob("page-*.png")}
    assert shown == set(there) == {f"page-{name}.png" for name in (*STEPS, "approval")}
    assert {name: size for name, size in there.items() if size > BYTES} == {}
