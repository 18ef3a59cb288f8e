"""One browser for all tests of a process: those of the page, and of models in other people's viewers.

The tests that need it are run where one is found; with CI=true its lack is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that is installed on this machine."""
    # Loaded by the tests that need it alone.
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        missing("no Chromium is found: `apt-get install chromium`, or Google Chrome, and these tests run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


def missing(what: str) -> NoReturn:
    """Skip the test, with how to have it run; with CI=true let it fail."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
