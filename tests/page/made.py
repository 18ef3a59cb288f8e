"""What pages are made of in tests, gathered once, and a page's HTML taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from dmn_dli.page.contents import Contents, gather
from dmn_dli.page.html import Element, fragment
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import workbooks_at
from tests.excel.build import FACTS, Rows, make_workbook

TODAY = date(2026, 3, 1)


@cache
def bundled() -> Contents:
    """The payers' own workbooks."""
    return gather(workbooks_at([str(bundled_tables())]), TODAY)


def made(books: Mapping[str, Mapping[str, Rows]], facts: Rows | None = FACTS) -> Contents:
    """Workbooks of these sheets, by their files' names, in a folder with this dictionary."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        if facts is not None:
            (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": facts}))
        for name, sheets in books.items():
            (folder / name).write_bytes(make_workbook(sheets))
        return gather(workbooks_at([place]), TODAY)


class Parsed(HTMLParser):
    """A page as a browser reads it: tags, ids, links; the text and the links in each element with an id."""

    VOID = ("br", "col", "hr", "img", "input", "link", "meta")

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: dict[str, str] = {}
        self.leads: dict[str, list[str]] = {}
        self.attributes: dict[str, Mapping[str, str | None]] = {}
        self._open: list[str | None] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        name = given.get("id")
        if name is not None:
            self.ids.append(name)
            self.texts[name] = ""
            self.leads[name] = []
            self.attributes[name] = given
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
            for outer in filter(None, self._open):
                self.leads[outer].append(str(given["href"]).removeprefix("#"))
        if tag not in self.VOID:
            self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.texts[name] += data


def parsed(*elements: Element) -> Parsed:
    """Elements taken apart."""
    return Parsed(fragment(*elements))
