"""Search finds whatever the page says, as people write it, and leads there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.specimen import specimen


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("search") / "page.html"
    path.write_text(specimen(), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1100, "height": 700})
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def _type(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(words)


def _found(page: Page) -> list[str]:
    return page.locator("#search-results [role=option]").all_inner_texts()


def test_words_in_any_order_and_any_letter_case_find_the_row(page: Page) -> None:
    _type(page, "REASON-7 disease")
    assert [text.split("\n")[0] for text in _found(page)] == ["Determination › A-07", "Determination › B-07"]
    assert page.locator("#search-results [role=group] > p").all_inner_texts() == ["Policy A", "Policy B"]
    assert page.locator("#search-results mark").all_inner_texts()[:2] == ["disease", "reason-7"]
    expect(page.locator("#search-count")).to_have_text("2 places found")


def test_a_policys_name_and_a_word_of_its_table_find_the_row(page: Page) -> None:
    _type(page, "policy b donor-12")
    assert [text.split("\n")[0] for text in _found(page)] == ["Determination › B-12"]


@pytest.mark.parametrize(
    "words", ["b-04 >=18", "b-04 >= 18", "b-04 ≥18", "B-04 ≥ 18", "cafe-4 b-04", "CAFÉ-4 b-04"]
)
def test_signs_and_accents_are_found_however_they_are_written(page: Page, words: str) -> None:
    _type(page, words)
    assert [text.split("\n")[0] for text in _found(page)] == ["Determination › B-04"]
    assert page.locator("#search-results mark").count() == 2


def test_arrow_keys_and_enter_lead_to_what_was_found(page: Page) -> None:
    _type(page, "reason-7 donor")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("#search-results [role=option]").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search-field")).to_have_attribute("aria-activedescendant", "search-option-1")
    page.keyboard.press("Enter")
    expect(page.locator("#search-panel")).to_be_hidden()
    expect(page.locator("[id='rule/B/7']")).to_be_focused()
    assert page.evaluate("location.hash") == "#rule/B/7"


def test_a_line_without_a_name_of_its_own_is_brought_into_sight(page: Page) -> None:
    _type(page, "as it stands")
    page.keyboard.press("Enter")
    expect(page.locator("[id='policy/A'] pre")).to_be_in_viewport()


def test_escape_closes_and_then_empties(page: Page) -> None:
    _type(page, "donor")
    page.keyboard.press("Escape")
    expect(page.locator("#search-panel")).to_be_hidden()
    expect(page.locator("#search-field")).to_have_value("donor")
    page.keyboard.press("Escape")
    expect(page.locator("#search-field")).to_have_value("")


def test_nothing_found_says_so_and_offers_what_is_spelled_nearly_so(page: Page) -> None:
    _type(page, "chimersim percent")
    expect(page.locator("#search-count")).to_have_text("Nothing found. Did you mean one of these?")
    assert _found(page) == ["chimerism percent"]
    page.keyboard.press("Enter")
    expect(page.locator("#search-field")).to_have_value("chimerism percent")
    assert "Chimerism, in percent" in _found(page)[0]
    _type(page, "zzzz")
    expect(page.locator("#search-count")).to_have_text("Nothing found. Try fewer or shorter words.")


def test_what_does_not_fit_is_counted_and_shown_on_demand(page: Page) -> None:
    _type(page, "donor-")
    assert _found(page)[6] == "Show 24 more in Policy A"
    page.locator("#search-results [role=option]").nth(6).click()
    assert len(_found(page)) == 30 + 7


def test_markup_in_cells_and_in_what_is_typed_stays_text(page: Page) -> None:
    _type(page, "<img src=x onerror")
    assert len(_found(page)) == 2
    assert page.locator("#search-results img").count() == 0


@pytest.mark.parametrize("words", ["(", "[a-", "\\", "*", ".", "  ", "≥", "💥", "a" * 5000])
def test_odd_words_do_no_harm(page: Page, words: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    _type(page, words)
    _type(page, "donor-3")
    assert _found(page)
    assert not errors


def test_views_that_came_later_are_searched_and_those_that_went_are_not(page: Page) -> None:
    _type(page, "other")
    assert len(_found(page)) == 1
    page.evaluate("document.querySelector('#facts li:last-child').textContent = 'Brandnew'")
    page.evaluate("document.dispatchEvent(new CustomEvent('views'))")
    _type(page, "brandnew")
    assert len(_found(page)) == 1
    _type(page, "other")
    assert _found(page) == []


def test_cases_come_after_all_else_of_a_policy(page: Page) -> None:
    page.evaluate(
        """() => {
            const view = document.querySelector('main > .view:has(table)');
            const cases = document.createElement('section');
            cases.className = 'cases-sheet';
            cases.innerHTML = '<p>quokka</p>';
            const rest = document.createElement('p');
            rest.textContent = 'a word with aquokka inside';
            view.append(cases, rest);
            document.dispatchEvent(new CustomEvent('views'));
        }"""
    )
    _type(page, "quokka")
    assert [text.split("\n")[-1] for text in _found(page)] == ["a word with aquokka inside", "quokka"]


def test_a_megabyte_is_searched_while_people_type(page: Page) -> None:
    page.evaluate(
        """() => {
            const list = document.querySelector('#facts ul');
            for (let n = 0; n < 10000; n++) {
                const line = document.createElement('li');
                line.textContent = `Row ${n} ` + 'relapse after it with mixed donor chimerism '.repeat(2);
                list.append(line);
            }
            document.dispatchEvent(new CustomEvent('views'));
        }"""
    )
    _type(page, "row")
    times = page.evaluate(
        """() => ['mixed', 'mixed donor', 'row 9999', 'zzzz', 'low don mix'].map((words) => {
            const field = document.getElementById('search-field');
            return Math.min(...Array.from({length: 7}, () => {
                const begun = performance.now();
                field.value = words;
                field.dispatchEvent(new Event('input'));
                return performance.now() - begun;
            }));
        })"""
    )
    assert max(times) < 50, times
