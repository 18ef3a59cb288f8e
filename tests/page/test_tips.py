"""What a heading or a mark leads to shows itself beside it, for the pointer and for the keyboard alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dmn_dli.page import anchors
from tests.page.made import bundled

KEY = "molina-2025-02-12"
TABLE = f"[id='{anchors.sheet(KEY, 'Determination')}']"


@pytest.fixture(scope="module")
def tab(browser: Browser, reading_file: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{reading_file.as_uri()}#{anchors.sheet(KEY, 'Determination')}")
    yield page
    page.close()


def test_the_pointer_on_a_fact_shows_its_question(tab: Page) -> None:
    tab.hover(f"{TABLE} thead a[href='#{anchors.fact('service')}']")
    question = bundled().policies[0].linked.dictionary.by_name["service"].question
    expect(tab.get_by_role("tooltip")).to_contain_text(question)
    tab.hover(f"{TABLE} h2")
    expect(tab.get_by_role("tooltip")).to_have_count(0)


def test_the_keyboard_on_a_criterion_shows_what_it_requires_and_escape_hides_it(tab: Page) -> None:
    link = tab.locator(f"{TABLE} thead a[href='#{anchors.criterion(KEY, 'Criteria', 'DLI')}']")
    link.focus()
    expect(tab.get_by_role("tooltip")).to_contain_text("Donor lymphocyte infusion is medically necessary")
    expect(link).to_have_attribute("aria-describedby", "tip")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("tooltip")).to_have_count(0)
    expect(link).to_be_focused()


def test_the_pointer_may_go_to_what_is_shown(tab: Page) -> None:
    tab.hover(f"{TABLE} thead a[href='#{anchors.fact('service')}']")
    tab.get_by_role("tooltip").hover()
    tab.wait_for_timeout(400)
    expect(tab.get_by_role("tooltip")).to_be_visible()


def test_a_mark_shows_the_message_and_leads_to_it(tab: Page) -> None:
    policy = next(each for each in bundled().policies if each.key == KEY)
    finding = policy.findings[0]
    mark = tab.locator(f".marks a[href='#{anchors.finding(KEY, 1)}']")
    mark.focus()
    expect(tab.get_by_role("tooltip")).to_contain_text(finding.message)
    mark.press("Enter")
    expect(tab.locator(f"[id='{anchors.finding(KEY, 1)}']")).to_be_in_viewport()
    expect(tab.get_by_role("tooltip")).to_have_count(0)
