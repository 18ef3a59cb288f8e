"""Workbooks dropped on the page in a real browser, with this Python behind it."""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES
from dmn_dli.store.folder import bundled_tables
from tests.excel.broken import WITH_FACTS
from tests.excel.build import make_workbook, put
from tests.page.native import Opened

GOOD_NAME = "acme-2025-02-12.xlsx"
GAP = put("Scope", WITH_FACTS, A6=None, B6=None, C6=None, D6=None)
HOSTILE = "<img src=x onerror=document.title='owned'>"

_DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const { name, base64, size } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const file = new File([bytes], name);
    if (size) Object.defineProperty(file, "size", { value: size });
    transfer.items.add(file);
  }
  const event = (type) => new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event("dragover"));
  const shown = document.body.classList.contains("dropping");
  document.body.dispatchEvent(event("drop"));
  return shown && !document.body.classList.contains("dropping");
}"""

_LISTEN = """addEventListener("copy", ({ clipboardData }) => {
  window.copied = { text: clipboardData.getData("text/plain"), html: clipboardData.getData("text/html") };
})"""


_COPY = """(texts) => {
  const [table, button] = ["table", "button"].map((tag) => document.createElement(tag));
  const row = table.createTBody().insertRow();
  for (const text of texts) row.insertCell().textContent = text;
  table.id = button.dataset.copy = "row-to-copy";
  document.body.append(table, button);
  button.click();
  table.remove();
  button.remove();
}"""

_RECORD = """() => {
  Object.assign(window, { said: [], asked: [], refused: "" });
  const status = document.getElementById("check-status");
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
  dmnDli.asking ??= dmnDli.ask;
  dmnDli.ask = async (name, ...others) => {
    asked.push(name);
    if (name === refused) throw new Error(`${name} is refused`);
    return dmnDli.asking(name, ...others);
  };
}"""


@pytest.fixture(scope="module")
def view(native_page: Opened) -> Page:
    """A page of the bundled tables; who uses other tables in it goes back."""
    return native_page(bundled_tables(), "#overview")


def _chosen(*files: tuple[str, bytes]) -> Sequence[FilePayload]:
    return [{"name": name, "mimeType": "", "buffer": data} for name, data in files]


def _done(view: Page) -> str:
    """What is said once everything has been answered."""
    view.locator("#check-status", has_text="Done").wait_for()
    view.locator("[data-copy-of]:not(:empty)").last.wait_for()
    return view.inner_text("#check-results")


def _drop(view: Page, *files: tuple[str, bytes]) -> str:
    packed: list[dict[str, Any]] = [
        {"name": name, "base64": b64encode(data).decode()} for name, data in files
    ]
    assert view.evaluate(_DROP, packed) is True
    return _done(view)


def test_dropped_files_are_checked_wherever_they_are_dropped(view: Page) -> None:
    told = _drop(view, (GOOD_NAME, make_workbook(WITH_FACTS)), ("cases.csv", b"case_id\n1\n"))
    assert view.url.endswith("#check")
    assert "2 of 2 cases passed" in told
    assert "it is plain text, such as a CSV file" in told
    assert "cannot be opened" in told
    assert view.evaluate("document.activeElement.id") == "check-found"


def test_a_chosen_file_can_be_chosen_again_and_its_copy_saved(view: Page) -> None:
    for _ in range(2):
        view.set_input_files("#check-files", _chosen((GOOD_NAME, make_workbook(WITH_FACTS))))
        _done(view)
    with view.expect_download() as saved:
        view.click("[data-copy-of] a")
    assert saved.value.suggested_filename == "acme-2025-02-12.checked.xlsx"


def test_the_row_that_closes_a_gap_is_copied_as_text_cells(view: Page) -> None:
    told = _drop(view, (GOOD_NAME, GAP))
    assert "Then select cell A6 on the sheet Scope" in told
    view.evaluate(_LISTEN)
    view.click("text=Copy this row")
    view.get_by_role("button", name="Copied").wait_for()
    copied = view.evaluate("copied")
    assert copied["text"] == "S-2\tother\t\t"
    assert copied["html"].count("mso-number-format") == 4
    assert "to fill in" not in copied["html"]


def test_cells_are_copied_as_excel_copies_them(view: Page) -> None:
    cells = ["plain", 'a "quoted" word', "two\nlines", "a\ttab", '"', "", "<b> & 1"]
    view.evaluate(_LISTEN)
    view.evaluate(_COPY, cells)
    copied = view.evaluate("copied")
    assert next(csv.reader([copied["text"]], "excel-tab")) == ["plain", 'a "quoted" word', *cells[2:]]
    assert copied["text"].startswith('plain\t"a ""quoted"" word"\t"two\nlines"\t')
    assert 'two<br style="mso-data-placement:same-cell">lines' in copied["html"]
    assert "<b>" not in copied["html"]


def test_a_name_and_a_cell_stay_text(view: Page) -> None:
    told = _drop(view, (f"{HOSTILE}.xlsx", put("Determination", WITH_FACTS, B5=HOSTILE)))
    assert "img src=x onerror=document.title" in told
    assert view.locator("#check img").count() == 0
    assert "owned" not in view.title()


def test_a_huge_file_is_refused_without_being_read(view: Page) -> None:
    assert view.evaluate(_DROP, [{"name": "huge.xlsx", "base64": "", "size": WORKBOOK_BYTES + 1}])
    assert "more than 100 million bytes" in _done(view)


def test_files_are_checked_one_by_one_and_the_page_answers_between(view: Page) -> None:
    view.evaluate(_RECORD)
    _drop(view, *((f"{name}-2025-01-01.xlsx", make_workbook(WITH_FACTS)) for name in ("a", "b")))
    said = view.evaluate("said")
    assert [each for each in said if each.startswith("Checking")] == [
        "Checking a-2025-01-01.xlsx… 1 of 2. To stop, reload the page.",
        "Checking b-2025-01-01.xlsx… 2 of 2. To stop, reload the page.",
    ]
    # What checks is loaded when the view is opened, which may be before or after files are dropped.
    asked = [name for name in view.evaluate("asked") if name.startswith("check/") and name != "check/prepare"]
    assert asked[:4] == ["check/take", "check/file", "check/file", "check/found"]


def test_why_files_cannot_be_used_or_left_is_said_beside_the_button(view: Page) -> None:
    _drop(view, (GOOD_NAME, make_workbook(WITH_FACTS)))
    view.evaluate(_RECORD)
    view.evaluate("refused = 'check/use'")
    view.click("text=Use these in this page")
    expect(view.locator("#check-status")).to_have_text("check/use is refused")
    expect(view.get_by_role("button", name="Use these in this page")).to_be_focused()
    view.evaluate("refused = 'check/back'")
    view.click("text=Use these in this page")
    view.click("text=Go back to the page's own")
    expect(view.locator("#own-files [role=status], #own-files-said")).to_have_text("check/back is refused")
    view.evaluate("refused = ''")
    view.click("text=Go back to the page's own")
    expect(view.locator("#own-files")).to_be_empty()
    expect(view.locator("#check-status")).to_be_empty()


def test_dropped_workbooks_stand_in_for_the_page_s_own_until_people_go_back(view: Page) -> None:
    before = view.locator("#menu").inner_html()
    _drop(view, (GOOD_NAME, make_workbook(WITH_FACTS)), ("none.csv", b"nothing"))
    view.click("text=Use these in this page")
    banner = view.locator("#own-files", has_text="These are your files, not the page's:")
    banner.wait_for()
    assert GOOD_NAME in banner.inner_text()
    assert view.url.endswith("#overview")
    assert "Acme Health Plan" in view.locator("#overview").inner_text()
    assert view.locator("[id='policy/molina-2025-02-12']").count() == 0
    view.goto(f"{view.url.partition('#')[0]}#try")
    view.locator("#try", has_text="Acute GVHD grade").wait_for()
    view.click("text=Go back to the page's own")
    view.locator("[id='policy/molina-2025-02-12']").wait_for(state="attached")
    assert view.locator("#own-files").inner_text() == ""
    assert view.locator("#menu a").count() == before.count("<a ")
    view.goto(f"{view.url.partition('#')[0]}#try")
    view.locator("#try", has_text="Disease status").wait_for()
