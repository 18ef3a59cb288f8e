"""Everybody can use every view: axe finds no violation of WCAG 2.2 AA, and nothing scrolls sideways."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, expect

from dmn_dli.diff.since import differences_since
from dmn_dli.page.contents import gather
from dmn_dli.page.page import page as page_text
from dmn_dli.store.given import workbooks_at
from tests.cli.tables import ACME, write_tables
from tests.diff.acme_editions import EDITED
from tests.diff.acme_editions import NAME as EDITED_NAME
from tests.excel.broken import WITH_FACTS
from tests.excel.build import FACTS, GOOD_NAME, WITH_CRITERIA, make_workbook, put
from tests.page.live.asking import TABLES
from tests.page.made import TODAY
from tests.page.native import Opened
from tests.page.specimen import specimen

Scheme: TypeAlias = Literal["light", "dark"]

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = {**WITH_CRITERIA, **{name: ACME[name] for name in ("Notes", "Change History")}, "Facts": FACTS}
MOLINA = "molina-2025-02-12.xlsx"
GAP = put("Scope", WITH_FACTS, A6=None, B6=None, C6=None, D6=None)
WIDE, PHONE = 1280, 360

CHANGED = ("color-contrast", "target-size")
"""The rules whose answers the dark and a phone may change."""

LOOKS = pytest.mark.parametrize(
    ("width", "scheme", "only"), [(WIDE, "light", ()), (PHONE, "dark", CHANGED)], ids=["light", "dark"]
)


@pytest.fixture(scope="module")
def specimen_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("specimen") / "page.html"
    path.write_text(specimen(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def specimen_page(browser: Browser, specimen_file: Path) -> Iterator[Page]:
    yield from _opened(browser, specimen_file)


@pytest.fixture(scope="module", params=["small", pytest.param("payer", marks=pytest.mark.slow)])
def whole_page(
    request: pytest.FixtureRequest, native_page: Opened, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A page with a case that was tried and a workbook that was checked.

    The small policy has one of everything that a payer's has many of, which takes axe half a minute.
    """
    folder = tmp_path_factory.mktemp("one")
    if request.param == "small":
        (folder / GOOD_NAME).write_bytes(make_workbook(SMALL))
        checked = tmp_path_factory.mktemp("checked") / GOOD_NAME
        checked.write_bytes(put("Scope", SMALL, A6=None, B6=None, C6=None, D6=None))
    else:
        for name in (MOLINA, "facts.xlsx"):
            shutil.copy(TABLES / name, folder)
        checked = folder / MOLINA
    page = native_page(folder, "#try")
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator("article.answer")).to_have_count(1)
    page.evaluate("location.hash = 'check'")
    page.locator("#check-files").set_input_files(checked)
    expect(page.locator("#check-found")).to_be_focused(timeout=60_000)
    yield page
    page.close()


def _opened(browser: Browser, file: Path) -> Iterator[Page]:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(file.as_uri())
    yield page
    page.close()


def _views(page: Page) -> Iterator[str]:
    """Shows one view after the other."""
    identifiers = page.locator("main > .view").evaluate_all("(views) => views.map((view) => view.id)")
    for identifier in identifiers:
        page.evaluate("(id) => { location.hash = id; }", identifier)
        shown = page.locator("main > .view:not([hidden])")
        expect(shown).to_have_count(1)
        expect(shown).to_have_id(identifier)
        yield identifier


def _looks(page: Page, width: int, scheme: Scheme) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)


def _violations(page: Page, *only: str) -> list[str]:
    """What axe objects to in the view that is shown; only: by these rules alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": WCAG}
    found = page.evaluate(
        "(run) => axe.run({runOnly: run, resultTypes: ['violations'], preload: false})",
        run,
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


def _sideways(page: Page) -> int:
    """By how much the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")  # type: ignore[no-any-return]


def test_a_violation_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<main><img src='data:,'><p style='color: #aaa; background: #fff'>pale</p></main>")
    assert {each.split(":")[0] for each in _violations(page)} >= {"image-alt", "color-contrast"}
    page.close()


@LOOKS
def test_what_all_views_share_is_accessible(
    specimen_page: Page, width: int, scheme: Scheme, only: Sequence[str]
) -> None:
    _looks(specimen_page, width, scheme)
    for view in _views(specimen_page):
        assert (view, _violations(specimen_page, *only)) == (view, [])
        assert (view, _sideways(specimen_page)) == (view, 0)


@LOOKS
def test_what_was_found_is_accessible(
    specimen_page: Page, width: int, scheme: Scheme, only: Sequence[str]
) -> None:
    _looks(specimen_page, width, scheme)
    for words in ("donor-", "chimersim"):
        specimen_page.get_by_role("combobox").fill(words)
        assert _violations(specimen_page, *only) == []
        assert _sideways(specimen_page) == 0


@LOOKS
def test_every_view_is_accessible(whole_page: Page, width: int, scheme: Scheme, only: Sequence[str]) -> None:
    _looks(whole_page, width, scheme)
    for view in _views(whole_page):
        assert (view, _violations(whole_page, *only)) == (view, [])
        assert (view, _sideways(whole_page)) == (view, 0)


def test_ones_own_workbooks_in_use_and_questions_are_accessible(whole_page: Page) -> None:
    _looks(whole_page, PHONE, "light")
    whole_page.evaluate("location.hash = 'check'")
    whole_page.locator("#check-files").set_input_files(
        {"name": "acme-2025-02-12.xlsx", "mimeType": "", "buffer": GAP}
    )
    expect(whole_page.get_by_role("button", name="Copy this row").first).to_be_visible()
    expect(whole_page.locator("[data-copy-of] a")).to_be_visible()
    whole_page.locator("#check details").evaluate_all("(all) => all.forEach((each) => (each.open = true))")
    assert _violations(whole_page) == []
    assert _sideways(whole_page) == 0
    whole_page.get_by_role("button", name="Use these in this page").click()
    expect(whole_page.locator("#own-files")).to_contain_text("These are your files")
    whole_page.evaluate("location.hash = 'try'")
    whole_page.get_by_role("button", name="Ask me", exact=True).click()
    expect(whole_page.locator("#interview h2")).to_be_focused()
    assert _violations(whole_page) == []
    assert _sideways(whole_page) == 0
    whole_page.get_by_role("button", name="Go back to the page's own").click()
    expect(whole_page.locator("#own-files")).to_be_empty()


def test_the_approval_is_accessible_in_the_dark(browser: Browser, tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables")
    shutil.copytree(tables, tmp_path / "old")
    (tables / EDITED_NAME).write_bytes(make_workbook(EDITED))
    given = [str(tables)]
    differences = differences_since(str(tmp_path / "old"), given)
    file = tmp_path / "approval.html"
    file.write_text(page_text(gather(workbooks_at(given), TODAY), differences), encoding="utf-8")
    page = browser.new_page(reduced_motion="reduce", color_scheme="dark")
    page.goto(f"{file.as_uri()}#approval")
    expect(page.locator("#approval")).to_be_visible()
    assert _violations(page) == []
    _looks(page, PHONE, "dark")
    assert _sideways(page) == 0
    page.close()
