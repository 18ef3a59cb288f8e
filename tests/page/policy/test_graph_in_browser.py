"""The picture as a browser shows it: words within their shapes, links that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dmn_dli.page import anchors
from dmn_dli.page.document import asset, document
from dmn_dli.page.html import h
from dmn_dli.page.policy.graph import requirements_graph
from dmn_dli.page.view import View
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table
from tests.page.policy.drawn import page_policy
from tests.payers import WORKBOOKS
from tests.payers import linked as payer

_OUTSIDE = """() => [...document.querySelectorAll("svg text")].filter(text => {
    const fact = text.closest(".fact"), node = text.closest(".node");
    const inner = text.getBoundingClientRect();
    const outer = (fact ?? node).querySelector("rect").getBoundingClientRect();
    return inner.left < outer.left || inner.right > outer.right
        || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
}).map(text => text.textContent)"""


def _wide() -> LinkedPolicy:
    labels = (
        "W" * 300,
        "移植前の病気の状態は何ですか",
        "😀" * 40,
        "Ünïcödé e\u0301 <b>",
        "%@%@ %@%@%@%@%@%@%@%@",
    )
    facts = [fact(f"f{number}", label=label) for number, label in enumerate(labels)]
    headings = [*(f"IF {each.name}" for each in facts), "THEN x"]
    return linked(facts, table("m" * 90, "F", headings, None, [*"-----", "1"]))


def _view(key: str, policy: LinkedPolicy) -> View:
    sheets = [h("h2", tab, id=anchors.sheet(key, tab)) for tab in policy.workbook.tabs]
    figure = requirements_graph(page_policy(policy, key))
    return View(anchors.policy(key), key, key, [figure, sheets])


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    policies = [*map(payer, WORKBOOKS), _wide()]
    text = document("Graphs", [_view(f"p{number}", each) for number, each in enumerate(policies)])
    path: Path = tmp_path_factory.mktemp("graphs") / "page.html"
    path.write_text(text, encoding="utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize("number", range(len(WORKBOOKS) + 1))
def test_words_stand_within_their_shapes(page: Page, number: int) -> None:
    page.goto(f"{page.url.partition('#')[0]}#policy/p{number}")
    expect(page.locator("main > .view:not([hidden]) svg")).to_be_visible()
    assert page.evaluate(_OUTSIDE) == []


def test_a_node_leads_to_its_sheet_by_keyboard(page: Page) -> None:
    page.goto(f"{page.url.partition('#')[0]}#policy/p3")
    link = page.locator("main > .view:not([hidden]) svg a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{anchors.sheet('p3', 'Determination')}']")).to_be_focused()


def test_the_way_of_a_case_is_lit_with_the_lines_along_it(page: Page) -> None:
    way = [anchors.node("p3", name) for name in ("Determination", "Criteria")]
    marks = [{"id": each, "tone": "lit", "says": ""} for each in way]
    lit = page.evaluate(
        f"""(marks) => {{
            {asset("marks.js")}
            caseMarks.show(marks);
            const found = [...document.querySelectorAll(".lit[data-to]")].map((line) => line.dataset);
            caseMarks.show([]);
            return [found.map(({{ from, to }}) => [from, to]), document.querySelectorAll(".lit").length];
        }}""",
        marks,
    )
    assert lit == [[[way[1], way[0]]], 0]


def test_on_a_phone_the_picture_scrolls_by_itself(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    frame = page.locator("main > .view:not([hidden]) .drawing")
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
