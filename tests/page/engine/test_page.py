"""The page with its engine: its size, what it asks for, and what it says where it cannot start."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.page.conftest import STARTED_WITHIN, OpenPage

STATUS = "#engine-status"
MOST_BYTES, MOST_BYTES_TO_READ = 12_000_000, 1_000_000


def test_the_page_is_no_larger_than_an_e_mail_takes(page_file: Path, reading_file: Path) -> None:
    assert page_file.stat().st_size <= MOST_BYTES
    assert reading_file.stat().st_size <= MOST_BYTES_TO_READ


def test_the_session_is_asked_and_answers(ready_page: Page) -> None:
    assert ready_page.evaluate("dmnDli.ask('payers')") == {
        "payers": ["bcbsms", "centene", "cigna", "molina", "regence"]
    }


def test_of_requests_that_wait_the_last_of_a_name_is_answered(ready_page: Page) -> None:
    script = """() => {
      void dmnDli.run(["--version"]); // for which the others wait
      const asked = [1, 2, 3].map(() => dmnDli.ask("payers"));
      return Promise.all(asked.map((each) => each.then((answer) => answer !== null)));
    }"""
    assert ready_page.evaluate(script) == [False, False, True]


def test_a_page_without_an_engine_says_nothing_of_one(open_page: OpenPage, reading_file: Path) -> None:
    page = open_page(reading_file)
    assert page.locator(STATUS).count() == 0
    assert page.evaluate("typeof dmnDli") == "undefined"


def test_a_block_that_is_damaged_is_told_in_words(
    open_page: OpenPage, page_file: Path, tmp_path: Path
) -> None:
    text = page_file.read_text(encoding="utf-8")
    damaged = tmp_path / "damaged.html"
    place = re.search(r'id="engine/installed"[^>]*>', text)
    assert place is not None
    middle = place.end() + 100_000
    damaged.write_text(text[:middle] + "AAAAAAAA" + text[middle + 8 :], encoding="utf-8")
    page = open_page(damaged)
    expect(page.locator(STATUS)).to_contain_text("the page's file is damaged", timeout=STARTED_WITHIN)
    expect(page.locator("main")).to_contain_text("Molina")


def test_a_file_that_ends_too_early_is_told_in_words(
    open_page: OpenPage, page_file: Path, tmp_path: Path
) -> None:
    short = tmp_path / "short.html"
    short.write_bytes(page_file.read_bytes()[:-3_000_000])
    expect(open_page(short).locator(STATUS)).to_contain_text("file is damaged", timeout=STARTED_WITHIN)


def test_a_browser_without_webassembly_is_told_so(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "delete globalThis.WebAssembly")
    expect(page.locator(STATUS)).to_contain_text("this browser has no WebAssembly")


def test_nothing_but_the_page_s_own_scripts_and_styles_is_used(page_file: Path, reading_file: Path) -> None:
    for file, more in ((page_file, " blob: 'wasm-unsafe-eval'; worker-src blob:"), (reading_file, "")):
        text = file.read_text(encoding="utf-8")
        policy = text.split('Content-Security-Policy" content="')[1].split('"')[0]
        hashed = re.sub(r"( 'sha256-[^']+')+", " OWN", policy)
        assert hashed == (
            f"default-src 'none'; script-src OWN{more}; style-src OWN; style-src-attr 'unsafe-inline'; "
            "form-action 'none'; base-uri 'none'"
        )
        assert '<meta name="referrer" content="no-referrer">' in text
        assert not re.search(r'<(?:iframe|object|embed|img|link|base)\b|target="', text)
