"""A case tried in a real browser: form, answers, lit rules, interview, links; no focus jumps."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from dmn_dli.page.case_code import case_route, code, route
from tests.page.live.asking import TABLES, asked
from tests.page.native import Opened

RELAPSE = {
    "service": "donor lymphocyte infusion",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "relapsed",
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
}


COPIED = """() => addEventListener("copy", (event) => {
  window.copied = ["text/plain", "text/html"].map((kind) => event.clipboardData.getData(kind));
})"""
"""Keeps what is copied, at the window, which hears of it after the page's own scripts."""


@pytest.fixture
def view(native_page: Opened) -> Iterator[Page]:
    """The form, opened."""
    opened = native_page(TABLES, "#try")
    expect(opened.locator("article.answer")).to_have_count(5)
    yield opened
    opened.close()


def _field(view: Page, fact: str) -> Locator:
    return view.locator(f"[data-fact={fact}]")


def _fill(view: Page, facts: dict[str, str]) -> None:
    for fact, value in facts.items():
        _field(view, fact).locator(f"input[value='{value}']").check()


def _said(facts: dict[str, str]) -> str:
    said: str = asked("answers", facts=facts)["said"]
    return said


def test_everything_is_unknown_at_first_and_every_payer_answers_each_change(view: Page) -> None:
    expect(view.locator("#try-form [data-fact] input[type=radio]:checked").first).to_have_value("")
    expect(view.locator("#try-said")).to_have_text(_said({}))
    _fill(view, RELAPSE)
    expect(view.locator("#try-said")).to_have_text(_said(RELAPSE))
    view.locator("#try-payers input[value=cigna]").uncheck()
    expect(view.locator("article.answer")).to_have_count(4)
    view.get_by_role("button", name="Clear all").click()
    expect(view.locator("#try-said")).to_have_text(_said({}))


def test_while_somebody_types_the_focus_stays_and_what_is_wrong_is_told_beside(view: Page) -> None:
    typed = _field(view, "donor_chimerism_percent").locator("input[type=text]")
    typed.press_sequentially("many")
    expect(_field(view, "donor_chimerism_percent").locator(".error")).to_contain_text("a number is expected")
    expect(typed).to_be_focused()
    expect(typed).to_have_attribute("aria-invalid", "true")
    typed.fill("50")
    expect(_field(view, "donor_chimerism_percent").locator(".error")).to_be_hidden()


def test_a_missing_fact_leads_to_its_field(view: Page) -> None:
    view.locator("[data-payer=molina] [data-part=missing] > summary").click()
    view.locator("[data-payer=molina] [data-part=missing] a.to-field").first.click()
    fact = asked("answers", facts={}, payers=["molina"])["html"].split('href="#field/')[1].split('"')[0]
    expect(_field(view, fact).locator("input:focus, select:focus")).to_have_count(1)


def test_the_rule_that_applies_is_lit_in_its_table_and_back_leads_to_the_form(view: Page) -> None:
    view.locator("[data-fact=service] input[value='car-t']").check()
    rule = view.locator("[data-payer=molina] .decided a.to-rule")
    expect(rule).to_have_text("Determination M-01")
    rule.click()
    row = view.locator("[id='rule/molina-2025-02-12/Determination/M-01']")
    expect(row).to_be_visible()
    assert "lit" in (row.get_attribute("class") or "").split()
    expect(row).to_contain_text("applies to your case")
    view.go_back()
    expect(view.locator("[data-fact=service] input[value='car-t']")).to_be_checked()


def test_the_interview_asks_to_the_end_goes_back_and_fills_the_form(view: Page) -> None:
    panel = view.locator("#interview")
    view.get_by_role("button", name="Ask me what is missing").click()
    expect(panel.locator("h2")).to_be_focused()
    first = panel.locator("h2").inner_text()
    panel.get_by_role("button", name="donor lymphocyte infusion").click()
    expect(panel.locator("h2")).not_to_have_text(first)
    expect(view.locator("[data-fact=service] input[value='donor lymphocyte infusion']")).to_be_checked()
    panel.get_by_role("button", name="Back").click()
    expect(panel.locator("h2")).to_have_text(first)
    expect(view.locator("[data-fact=service] input[value='']")).to_be_checked()
    panel.get_by_role("button", name="car-t").click()
    while not panel.get_by_text("Nothing more need be asked").is_visible():
        question = panel.locator("h2").inner_text()
        panel.get_by_role("button", name="I do not know").click()
        expect(panel.locator("h2")).not_to_have_text(question)
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(view.locator("#try-said")).to_have_text(_said({"service": "car-t"}))


def test_what_takes_longer_comes_after_and_what_is_opened_in_one_card_is_in_all(view: Page) -> None:
    _fill(view, RELAPSE | {"disease_status": "remission"})
    expect(view.locator("[data-payer=regence] [data-next] .to-field")).to_be_attached()
    view.locator("[data-payer=molina] [data-part=criteria] > summary").click()
    expect(view.locator("[data-part=criteria][open]")).to_have_count(0)
    _fill(view, {"disease_status": "relapsed"})
    expect(view.locator("#try-said")).to_have_text(_said(RELAPSE))
    expect(view.locator("[data-part=criteria][open]")).to_have_count(0)


def test_an_example_fills_the_form(view: Page) -> None:
    view.locator("#try-example").select_option(index=3)
    expect(view.locator("#try-said")).not_to_have_text(_said({}))
    expect(view.locator("[data-fact=service] input[value='']")).not_to_be_checked()


def test_the_link_that_is_taken_along_restores_the_case(view: Page, native_page: Opened) -> None:
    _fill(view, RELAPSE)
    expect(view.locator("#try-said")).to_have_text(_said(RELAPSE))
    view.locator("#try-keep > summary").click()
    link = view.locator("#try-link")
    expect(link).to_have_value(view.url.partition("#")[0] + route(RELAPSE))
    view.goto("about:blank")
    again = native_page(TABLES, route(RELAPSE))
    expect(again.locator("#try-said")).to_have_text(_said(RELAPSE))
    again.close()


def test_a_case_that_the_page_was_made_with_is_in_the_form(native_page: Opened) -> None:
    opened = native_page(TABLES, "", RELAPSE)
    expect(opened.locator("#try-said")).to_have_text(_said(RELAPSE))
    expect(opened.locator("#try")).to_be_visible()
    opened.close()


def test_every_link_is_read_as_it_was_written(view: Page) -> None:
    typed = _field(view, "donor_chimerism_percent").locator("input[type=text]")

    @settings(max_examples=25)
    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
    def restored(text: str) -> None:
        wanted = {"donor_chimerism_percent": text, "service": "car-t"}
        view.evaluate("code => { location.hash = `#try?case=${code}`; }", code(wanted))
        expect(typed).to_have_value(text)

    restored()


def test_a_link_that_holds_no_case_is_told_in_words(view: Page) -> None:
    told = view.locator("#try-told")
    for facts in ("[1]", "5", "null", "no json", '{"service": {"toString": 1}}', "[" * 9_999):
        code = base64.urlsafe_b64encode(facts.encode()).decode().rstrip("=")
        view.evaluate("code => { location.hash = `#try?case=${code}`; }", code)
        expect(told).to_have_text("The link does not hold a case.")
        view.evaluate("hash => { location.hash = hash; }", route(RELAPSE))
        expect(told).to_be_hidden()


def test_a_link_of_unknown_facts_is_told_in_short(view: Page) -> None:
    wanted = {**{f"fact_{number}": "1" for number in range(12)}, "constructor": "1", "service": "car-t"}
    view.evaluate("hash => { location.hash = hash; }", route(wanted))
    expect(view.locator("#try-told")).to_contain_text("fact_9 and 3 more.")
    expect(view.locator("[data-fact=service] input[value='car-t']")).to_be_checked()


def test_a_case_to_try_keeps_yes_no_and_what_does_not_apply(view: Page) -> None:
    facts = {"purpose_prevent_relapse": True, "donor_chimerism_percent": 20}
    view.evaluate("hash => { location.hash = hash; }", case_route(facts))
    expect(view.locator("[data-fact=purpose_prevent_relapse] input:checked")).to_have_value("Yes")
    expect(view.locator("#try-told")).to_be_hidden()


def test_summaries_open_for_each_payer_and_stay_so(view: Page) -> None:
    for payer in ("molina", "cigna"):
        view.locator(f"[data-payer={payer}] [data-part=summary] > summary").click()
    expect(view.locator("[data-summary] pre")).to_have_count(2)
    view.locator("[data-fact=service] input[value='car-t']").check()
    expect(view.locator("#try-said")).to_have_text(_said({"service": "car-t"}))
    expect(view.locator("[data-summary] pre")).to_have_count(2)
    expect(view.locator("[data-part=summary][open]")).to_have_count(2)


def test_the_row_is_copied_as_cells_of_text(view: Page) -> None:
    _fill(view, RELAPSE)
    view.locator("#try-keep > summary").click()
    view.locator("#try-workbook").select_option("molina-2025-02-12.xlsx")
    expect(view.locator("#try-row thead")).to_contain_text("expect criterion Criteria.2.c.ii")
    expect(view.locator("#try-row tbody")).to_contain_text("relapsed")
    shown = view.locator("#try-row tbody td").all_text_contents()
    assert len(shown) == view.locator("#try-row thead th").count()
    view.evaluate(COPIED)
    view.get_by_role("button", name="Copy the row").click()
    expect(view.get_by_role("button", name="Copied")).to_be_visible()
    plain, html = view.evaluate("window.copied")
    assert plain.split("\t") == shown
    assert html.count("mso-number-format") == len(shown)


def test_a_phone_needs_no_sideways_scrolling(view: Page) -> None:
    view.set_viewport_size({"width": 360, "height": 740})
    assert view.evaluate("document.documentElement.scrollWidth") == 360


def test_the_criteria_of_the_policy_say_how_the_case_stands(view: Page) -> None:
    _fill(view, RELAPSE)
    expect(view.locator("#try-said")).to_have_text(_said(RELAPSE))
    line = view.locator("[id='criterion/molina-2025-02-12/Criteria/1']")
    expect(line.locator(".mark-says")).to_have_text("your case: met")


def test_on_a_phone_the_determinations_stay_in_view_and_lead_to_the_answers(view: Page) -> None:
    view.set_viewport_size({"width": 360, "height": 740})
    _field(view, "service").locator("input[value='car-t']").check()
    bar = view.locator(".to-answers")
    expect(bar).to_contain_text("not addressed")
    box = bar.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(740, abs=1)
    assert box["height"] < 160
    view.get_by_role("link", name="To the answers").click()
    expect(view.locator("#try-results .glance")).to_be_in_viewport()
    expect(bar).not_to_be_in_viewport()
