"""Workbooks dropped on the page in a real browser, with this Python behind it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

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


def test_a_name_and_a_cell_stay_text(view: Page) -> None:
    told = _drop(view, (f"{HOSTILE}.xlsx", put("Determination", WITH_FACTS, B5=HOSTILE)))
    assert "img src=x onerror=document.title" in told
    assert view.locator("#check img").count() == 0
    assert "owned" not in view.title()


def test_a_huge_file_is_refused_without_being_read(view: Page) -> None:
    assert view.evaluate(_DROP, [{"name": "huge.xlsx", "base64": "", "size": WORKBOOK_BYTES + 1}])
    assert "more than 100 million bytes" in _done(view)


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
