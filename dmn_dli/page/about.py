"""What the page is made of: versions, the files that it was made from, and every licence."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from dmn_dli.page import anchors
from dmn_dli.page.contents import Contents
from dmn_dli.page.engine.files import PACKAGE, PYTHON
from dmn_dli.page.engine.licences import Licence, licences
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.view import View

_FOR_PROGRAMS = 'await dmnDli.run(["evaluate", "-", "--format", "jsonl"], cases)'

_WHAT_AN_ANSWER_IS = (
    "An answer applies the criteria that a payer has published to the facts that were given. Coverage is the "
    "plan's decision. An answer is no medical advice, no promise of payment, and no substitute for the "
    "payer's own document."
)


ABOUT = View(anchors.ABOUT, "About this page", "About", None)
"""The view as the menu knows it, without its body."""


def about(contents: Contents, *, engine: bool) -> View:
    """Where the page comes from; engine: whether it carries one."""
    every = licences(engine=engine)
    made = (
        f"Made by {every[0].subject} as of {contents.today.isoformat()}: by this day review dates have "
        "passed, or not. The page is one file. It asks for nothing on the network and stores nothing; what "
        "you type or drop stays in this browser until you close or reload the page."
    )
    return evolve(
        ABOUT,
        body=[
            h("p", made),
            _engine() if engine else None,
            h("h2", "What an answer is"),
            h("p", _WHAT_AN_ANSWER_IS),
            h("h2", "Files"),
            h("p", "The page was made from these files; each is known by its fingerprint."),
            _files(contents),
            h("h2", "Licences"),
            [_licence(each) for each in every],
        ],
    )


def _engine() -> Child:
    return [
        h(
            "p",
            "Cases and workbooks are answered by dmn-dli itself, which runs in this page: Pyodide, a Python "
            f"{PYTHON} for browsers, as published in the npm package {PACKAGE} (its source: "
            "github.com/pyodide/pyodide), with attrs, click, et_xmlfile and openpyxl.",
        ),
        h("p", "For programs: ", h("code", _FOR_PROGRAMS), " gives what the command gives."),
    ]


def _files(contents: Contents) -> Element:
    books = [(policy.linked.workbook.name, policy.linked.workbook.sha256) for policy in contents.policies]
    if contents.dictionary is not None:
        books.append((Path(contents.dictionary.file).name, contents.dictionary.sha256))
    head = h("tr", h("th", "File", scope="col"), h("th", "Fingerprint (SHA-256)", scope="col"))
    rows = [h("tr", h("th", name, scope="row"), h("td", h("code", digest))) for name, digest in books]
    return h("div", h("table", h("thead", head), h("tbody", rows)), class_="frame")


def _licence(licence: Licence) -> Element:
    return h(
        "details",
        h("summary", f"{licence.subject}: {licence.name}" if licence.name else licence.subject),
        h("pre", licence.text),
        class_="licence",
    )
