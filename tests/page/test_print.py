"""On paper: no menu, black on white, tables whole with their heads on every sheet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.specimen import specimen


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("print") / "page.html"
    path.write_text(specimen(), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1100, "height": 700}, color_scheme="dark")
    opened.goto(f"{path.as_uri()}#policy/A")
    opened.emulate_media(media="print")
    yield opened
    opened.close()


def _style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(  # type: ignore[no-any-return]
        "(element, name) => getComputedStyle(element)[name]", name
    )


def test_menu_search_and_buttons_are_left_out(page: Page) -> None:
    expect(page.locator(".top")).to_be_hidden()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_hidden()


def test_black_on_white_though_the_screen_is_dark(page: Page) -> None:
    assert _style(page, "html", "color") == "rgb(0, 0, 0)"
    assert _style(page, "table", "backgroundColor") == "rgb(255, 255, 255)"


def test_a_table_is_printed_whole_and_its_head_comes_again_on_every_sheet(page: Page) -> None:
    frame = page.locator(".view:not([hidden]) .frame")
    assert frame.evaluate("(frame) => frame.scrollHeight - frame.clientHeight") == 0
    assert _style(page, ".frame thead", "display") == "table-header-group"
    assert _style(page, ".frame thead", "position") == "static"


def test_the_view_that_is_shown_is_printed_alone(page: Page) -> None:
    expect(page.locator("main > .view:not([hidden])")).to_have_count(1)
    expect(page.get_by_role("heading", name="Policy A", exact=True)).to_be_visible()


def test_no_empty_sheet_comes_before_the_view_that_is_shown(page: Page) -> None:
    assert _style(page, ".view:not([hidden])", "breakBefore") == "auto"
