"""What leads somewhere in the page arrives, whatever the workbooks hold, and text stays text."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from dmn_dli.page.contents import Contents
from dmn_dli.page.document import SCRIPTS
from dmn_dli.page.page import page
from tests.cli.tables import write_tables
from tests.page.hostile import NASTY, NASTY_FACTS
from tests.page.made import Parsed, bundled, made

MOST = 1_000_000


@cache
def nasty() -> Contents:
    return made(NASTY, NASTY_FACTS)


@pytest.fixture(scope="module", params=["bundled", "nasty"])
def whole(request: pytest.FixtureRequest) -> Parsed:
    return Parsed(page(bundled() if request.param == "bundled" else nasty()))


def test_no_id_stands_twice(whole: Parsed) -> None:
    assert [name for name, number in Counter(whole.ids).items() if number > 1] == []


def test_every_link_has_its_target(whole: Parsed) -> None:
    assert len(whole.links) > 100
    assert [link for link in whole.links if not link.startswith("#")] == []
    assert {link.removeprefix("#") for link in whole.links} - set(whole.ids) == set()


def test_what_workbooks_say_is_text() -> None:
    shown = Parsed(page(nasty()))
    assert (shown.tags.count("script"), shown.tags.count("img")) == (len(SCRIPTS), 0)
    said = shown.texts["main"]
    assert said.count("<img src=x onerror=alert(1)>") > 20
    assert "\u202e" not in said
    assert "\\u202e" in said


def test_the_page_without_the_engine_is_small() -> None:
    assert len(page(bundled()).encode()) < MOST


def test_the_same_workbooks_give_the_same_page(tmp_path: Path) -> None:
    """Also in processes that put the members of sets in another order."""
    tables = write_tables(tmp_path / "tables", "unproven")
    pages = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        arguments = ["page", str(tables), "--no-engine", "--today", "2026-03-01", "--output", str(file)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-m", "cli", *arguments], env=environment, check=True)
        pages.append(file.read_bytes())
    assert pages[0] == pages[1]
