"""The page with its engine in it, and pages of which every request is watched.

The tests that need the engine's files are run where they are found; with CI=true their lack is a failure. A
started engine is shared, since a start takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dmn_dli.page.contents import Contents
from dmn_dli.page.engine.bundle import bundle
from dmn_dli.page.engine.files import read_engine
from dmn_dli.page.page import page
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import Given, workbooks_at
from tests.browser import missing
from tests.page.made import bundled
from tests.page.native import native_page  # noqa: F401 - a fixture


class OpenPage(Protocol):
    """Opens a file as a double click does; before: a script that runs before those of the page."""

    def __call__(self, file: Path, before: str = "") -> Page:
        """The page."""


STARTED_WITHIN = 120_000
"""Milliseconds that an engine may take to start where the machine is busy with other tests."""

_WITHIN_THE_PAGE = ("file:", "blob:", "data:")


@pytest.fixture(scope="session")
def engine_files() -> None:
    """The engine's files are where the page takes them from."""
    try:
        read_engine()
    except InputError as error:
        missing(f"{error} Then these tests run.")


@pytest.fixture(scope="session")
def opener(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages that last as long as the tests do."""
    with _Watched(browser) as watched:
        yield watched.open


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens files as a double click does; at the test's end none of them has asked for anything outside."""
    with _Watched(browser) as watched:
        yield watched.open


class _Watched:
    """Pages in a context of their own, which ends with the block: none of them has asked anybody outside."""

    def __init__(self, browser: Browser) -> None:
        self.context: BrowserContext = browser.new_context()
        self.requests: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))

    def open(self, file: Path, before: str = "") -> Page:
        page = self.context.new_page()
        page.set_default_timeout(STARTED_WITHIN)
        page.add_init_script(before)
        page.goto(file.as_uri())
        return page

    def __enter__(self) -> _Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert [each for each in self.requests if not each.startswith(_WITHIN_THE_PAGE)] == []


@pytest.fixture(scope="session")
def workbooks() -> tuple[Given, ...]:
    """The payers' workbooks."""
    return workbooks_at([str(bundled_tables())])


@pytest.fixture(scope="session")
def contents() -> Contents:
    """What a page of them shows."""
    return bundled()


@pytest.fixture(scope="session")
def page_file(
    engine_files: None,  # noqa: ARG001 - without them there is no such page
    workbooks: tuple[Given, ...],
    contents: Contents,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A page of them with the engine."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(page(contents, carried=bundle(workbooks, contents)), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def reading_file(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of them to read, without the engine."""
    file = tmp_path_factory.mktemp("page") / "reading.html"
    file.write_text(page(contents), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def ready_page(page_file: Path, opener: OpenPage) -> Page:
    """The page, open, with its engine started; whoever changes it leaves it as it was."""
    opened = opener(page_file)
    opened.evaluate("dmnDli.ready")
    return opened
