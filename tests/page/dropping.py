"""Dropping files on a page without a browser: what its script hands to the session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from dmn_dli.page.live.requests import answer
from dmn_dli.page.live.session import Session

TODAY = "2026-11-26"


def ask(session: Session, name: str, **payload: Any) -> Any:
    """What the session answers to a request."""
    return json.loads(answer(session, name, json.dumps(payload)))


def drop(session: Session, folder: Path, *files: tuple[str, bytes], **troubles: str) -> Any:
    """What is answered to files with these names and bytes; troubles: of names without bytes."""
    place = Path(mkdtemp(dir=folder))
    described: list[dict[str, Any]] = []
    for number, (name, data) in enumerate(files):
        (place / str(number)).write_bytes(data)
        described.append({"name": name, "size": len(data)})
    described += [{"name": name, "size": 0, "trouble": trouble} for name, trouble in troubles.items()]
    return look_at(session, folder=str(place), files=described)


def look_at(session: Session, **given: Any) -> Any:
    """What is answered once files that were brought have been looked at, and which they are."""
    taken = ask(session, "check/take", **given, today=TODAY)
    for each in taken["workbooks"]:
        ask(session, "check/file", number=each["number"])
    return taken | ask(session, "check/found")


def beside(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """The same files in a folder, for the command; their names."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(files, key=lambda name: (name.lower() == "facts.xlsx", name))
