"""The page in a real browser, with the session of this very Python behind it instead of the page's engine."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from dmn_dli.page import document
from dmn_dli.page.live.session import Session

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


def native_html(monkeypatch: Any, make: Any) -> str:
    """What `make` gives, a page with an engine, in which this Python answers."""
    whole = document.asset
    monkeypatch.setattr(document, "asset", lambda name: STUB if name == "engine.js" else whole(name))
    made: str = make()
    return made


def serve(page: Page, session: Session) -> None:
    """Let a session answer what the page asks, the files that it brings in a folder of their own."""

    def answer(name: str, payload: str, files: list[tuple[str, list[int]]]) -> str:
        asked = json.loads(payload)
        if files:
            folder = Path(tempfile.mkdtemp())
            for file, data in files:
                (folder / file).write_bytes(bytes(data))
            asked["folder"] = str(folder)
        try:
            found = json.loads(session.answer(name, json.dumps(asked)))
        except Exception as error:  # noqa: BLE001 - as the worker does
            return json.dumps({"problem": str(error)})
        return json.dumps({"answer": found})

    page.expose_function("nativeAnswer", answer)
