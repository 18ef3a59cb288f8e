"""The page in a real browser, with the session of this very Python behind it instead of the page's engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dmn_dli.page import document
from dmn_dli.page.contents import gather
from dmn_dli.page.live import requests
from dmn_dli.page.live.session import Session
from dmn_dli.page.page import page
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import workbooks_at
from tests.page.made import TODAY, bundled

STUB = """\
"use strict";
const dmnDli = {
  ready: Promise.resolve(),
  ask: async (name, payload, files = []) => {
    const given = files.map(({ name, bytes }) => [name, Array.from(new Uint8Array(bytes))]);
    const told = await window.nativeAnswer(name, JSON.stringify(payload ?? {}), given);
    const { answer, problem } = JSON.parse(told);
    if (problem !== undefined) throw new Error(problem);
    return answer;
  },
};
"""
"""Stands in for `engine.js`: as its `dmnDli`, but for `run`."""

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def native_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """`native_page(tables, "#try", case={…})`: a page of these tables, opened there and answered from here.

    None of the pages' scripts may fail, which is looked at when all tests are done.
    """
    folder = tmp_path_factory.mktemp("native")
    made: dict[str, tuple[Path, Session]] = {}
    errors: list[str] = []
    views: list[Page] = []

    def opened(tables: Path, route: str = "", case: Mapping[str, str] | None = None) -> Page:
        key = json.dumps([str(tables), case])
        if key not in made:
            file = folder / f"{len(made)}.html"
            file.write_text(_html(tables, case), encoding="utf-8")
            made[key] = (file, Session(tables))
        file, session = made[key]
        view = browser.new_page()
        view.set_default_timeout(20_000)
        view.on("pageerror", lambda error: errors.append(str(error)))
        views.append(view)
        _serve(view, session, folder)
        view.goto(f"{file.as_uri()}{route}")
        return view

    yield opened
    for view in views:
        view.context.close()
    assert errors == []


def _html(tables: Path, case: Mapping[str, str] | None) -> str:
    """A page with an engine, in whose place this Python answers."""
    own = tables == bundled_tables()
    contents = bundled() if own else gather(workbooks_at([str(tables)]), TODAY)
    whole = document.asset
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "asset", lambda name: STUB if name == "engine.js" else whole(name))
        return page(contents, None, {}, case)


def _serve(view: Page, session: Session, folder: Path) -> None:
    """Let a session answer what the page asks, the files that it brings in a folder of their own."""
    asked = iter(range(1_000_000))

    def answer(name: str, payload: str, files: list[tuple[str, list[int]]]) -> str:
        given = json.loads(payload)
        if files:
            place = folder / f"{id(view)}-{next(asked)}"
            place.mkdir()
            for file, data in files:
                (place / file).write_bytes(bytes(data))
            given["folder"] = str(place)
        try:
            found = json.loads(requests.answer(session, name, json.dumps(given)))
        except Exception as error:  # noqa: BLE001 - as the worker does
            return json.dumps({"problem": str(error)})
        return json.dumps({"answer": found})

    view.expose_function("nativeAnswer", answer)
