"""The view in which people check their own workbooks: where to drop them, and where results appear."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.html import h
from dmn_dli.page.view import View
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES

FILES, STATUS, RESULTS, FOUND = "check-files", "check-status", "check-results", "check-found"
"""The ids by which the page's script finds the field for files, the line that says what goes on, the place
for results, and their heading."""


def check_view() -> View:
    """The place to drop workbooks on, and the places where results appear."""
    return View(
        anchors.CHECK,
        "Check a workbook",
        "Check a workbook",
        [
            h(
                "div",
                h("label", "Workbooks to check (.xlsx)", for_=FILES),
                h("input", type="file", id=FILES, multiple=True, data_most=WORKBOOK_BYTES),
                h("p", "Choose one or more files, or drop them anywhere on this page."),
                class_="drop",
            ),
            h(
                "p",
                "You are told what is wrong in them and in which cell, how their Cases come out, and what "
                "they change against the versions in this page. All of this happens in your browser: nothing "
                "is stored, and nothing leaves this computer. Choose facts.xlsx along with them if it has "
                "changed too.",
            ),
            h("p", id=STATUS, role="status"),
            h("div", id=RESULTS),
        ],
        engine=True,
    )
