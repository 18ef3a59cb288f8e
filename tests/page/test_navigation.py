"""One view at a time: what a fragment names is shown, in sight and with the keyboard on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.specimen import HOSTILE, specimen


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("specimen") / "page.html"
    path.write_text(specimen(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def page(tab: Page, file: Path) -> Page:
    tab.set_viewport_size({"width": 1100, "height": 700})
    tab.goto("about:blank")
    tab.goto(file.as_uri())
    return tab


def _expect_shown(page: Page, *identifiers: str) -> None:
    shown = page.locator("main > .view:not([hidden])")
    expect(shown).to_have_count(len(identifiers))
    for number, identifier in enumerate(identifiers):
        expect(shown.nth(number)).to_have_id(identifier)


def _in_sight(page: Page, identifier: str) -> bool:
    """Whether nothing covers the middle of an element."""
    return page.evaluate(  # type: ignore[no-any-return]
        """(id) => {
            const place = document.getElementById(id), box = place.getBoundingClientRect();
            return place.contains(document.elementFromPoint(box.x + 30, box.y + box.height / 2));
        }""",
        identifier,
    )


def test_the_first_view_is_shown_and_named_in_the_title(page: Page) -> None:
    _expect_shown(page, "overview")
    assert page.title() == "All policies – Specimen"
    assert page.evaluate("document.activeElement.tagName") == "BODY"


@pytest.mark.parametrize("fragment", ["", "#nowhere", "#%E0%A4%A", "#<b>"])
def test_a_fragment_that_names_nothing_shows_the_first_view(page: Page, file: Path, fragment: str) -> None:
    page.goto("about:blank")
    page.goto(file.as_uri() + fragment)
    _expect_shown(page, "overview")


def test_a_link_deep_into_another_view_leads_to_the_row_beneath_the_heads(page: Page) -> None:
    page.get_by_role("link", name="rule 20 of B").click()
    _expect_shown(page, "policy/B")
    expect(page.locator("[id='rule/B/20']")).to_be_focused()
    assert _in_sight(page, "rule/B/20")
    assert page.title() == "Policy B – Specimen"


def test_a_page_opened_at_a_row_shows_it(page: Page, file: Path) -> None:
    page.goto("about:blank")
    page.goto(file.as_uri() + "#rule/A/25")
    page.wait_for_load_state("load")
    expect(page.locator("[id='rule/A/25']")).to_be_focused()
    assert _in_sight(page, "rule/A/25")


def test_what_is_folded_away_is_unfolded(page: Page) -> None:
    page.evaluate("location.hash = 'note/A'")
    expect(page.locator("[id='note/A']")).to_be_visible()


def test_back_and_forward_come_back_to_where_people_were(page: Page) -> None:
    page.evaluate("location.hash = 'policy/A'")
    _expect_shown(page, "policy/A")
    page.evaluate("scrollTo(0, 200)")
    page.wait_for_timeout(300)
    page.evaluate("location.hash = 'facts'")
    _expect_shown(page, "facts")
    page.go_back()
    _expect_shown(page, "policy/A")
    assert page.evaluate("scrollY") == 200
    page.go_forward()
    _expect_shown(page, "facts")


def test_the_same_link_again_leads_there_again(page: Page) -> None:
    link = page.get_by_role("link", name="rule 20 of B")
    link.click()
    _expect_shown(page, "policy/B")
    page.evaluate("document.getElementById('policy/B').prepend(document.querySelector('#overview a'))")
    page.evaluate("document.getElementById('rule/B/1').scrollIntoView()")
    assert not _in_sight(page, "rule/B/20")
    link.click()
    expect(page.locator("[id='rule/B/20']")).to_be_focused()
    assert _in_sight(page, "rule/B/20")


def test_the_views_script_is_told_what_stands_behind_the_question_mark(page: Page) -> None:
    page.evaluate(
        """document.addEventListener('view', ({detail}) => {
            window.told = [detail.anchor, detail.parameters.get('case')];
        })"""
    )
    page.evaluate("location.hash = 'try?case=eyJhIjoxfQ'")
    _expect_shown(page, "try")
    assert page.evaluate("told") == ["try", "eyJhIjoxfQ"]


def test_the_view_that_is_shown_is_marked_in_the_menu(page: Page) -> None:
    page.evaluate("location.hash = 'rule/A/3'")
    expect(page.locator("#menu [aria-current=page]")).to_have_text("Policy A")
    assert page.locator("#menu details.current").count() == 1


def test_views_that_were_replaced_are_found(page: Page) -> None:
    page.evaluate("location.hash = 'policy/A'")
    _expect_shown(page, "policy/A")
    page.evaluate(
        """() => {
            const view = document.getElementById('policy/A').cloneNode(true);
            view.querySelector('h1').textContent = 'Dropped';
            document.getElementById('policy/A').replaceWith(view);
            document.dispatchEvent(new CustomEvent('views'));
        }"""
    )
    assert page.title() == "Dropped – Specimen"
    _expect_shown(page, "policy/A")


def test_the_menu_works_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#menu summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Policy A")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#menu summary")).to_be_focused()
    expect(page.get_by_role("link", name="Policy A")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Policy A")).to_be_focused()
    assert page.locator("#menu details[open]").count() == 0


def test_the_menu_folds_away_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    button = page.get_by_role("button", name="Menu")
    expect(page.get_by_role("link", name="Facts")).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.get_by_role("link", name="Facts").click()
    _expect_shown(page, "facts")
    expect(page.get_by_role("link", name="Facts")).to_be_hidden()


def test_print_everything_shows_all_that_can_be_read_and_then_one_view_again(page: Page) -> None:
    page.evaluate(
        """window.print = () => {
            window.printed = [...document.querySelectorAll('.view:not([hidden])')].map((view) => view.id);
        }"""
    )
    page.locator("#print summary").click()
    page.get_by_role("button", name="Everything").click()
    assert page.evaluate("printed") == ["overview", "policy/A", "policy/B", "facts"]
    _expect_shown(page, "overview")
    page.locator("#print summary").click()
    page.get_by_role("button", name="This view").click()
    assert page.evaluate("printed") == ["overview"]


def test_what_is_folded_away_is_printed_and_folded_again(page: Page) -> None:
    page.evaluate("location.hash = 'policy/A'")
    _expect_shown(page, "policy/A")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("[id='note/A']")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[id='note/A']")).to_be_hidden()


def test_without_a_script_everything_stands_there(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    for view in ("overview", "policy/A", "facts"):
        expect(page.locator(f"[id='{view}']")).to_be_visible()
    expect(page.locator("#search-field")).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    context.close()


def test_the_browsers_own_search_opens_the_view_in_which_it_finds(page: Page) -> None:
    page.evaluate("document.getElementById('facts').dispatchEvent(new Event('beforematch', {bubbles: true}))")
    _expect_shown(page, "facts")
    page.go_back()
    _expect_shown(page, "overview")


def test_text_is_text(page: Page) -> None:
    page.evaluate("location.hash = 'note/A'")
    expect(page.locator("[id='note/A']")).to_be_focused()
    expect(page.locator("[id='note/A']")).to_have_text(HOSTILE)
    assert page.title() == "Policy A – Specimen"
