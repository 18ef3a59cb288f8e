"""What the page answers about workbooks that people drop on it: findings, copies, differences, their use."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Any

from dmn_dli.checking import check_file, together
from dmn_dli.diff.version_difference import edition_differences
from dmn_dli.excel.annotate import NotCopiedError
from dmn_dli.page.contents import contents_of
from dmn_dli.page.html import fragment
from dmn_dli.page.live.difference_view import difference_view
from dmn_dli.page.live.dropped import take
from dmn_dli.page.live.editions import edition_at
from dmn_dli.page.live.found_view import found_view, lines_of
from dmn_dli.page.live.looking import Checked, Looking
from dmn_dli.page.live.replaced import replaced
from dmn_dli.page.live.session import Session
from dmn_dli.report.annotated_copies import annotated_copy
from dmn_dli.runtime.plain import visible
from dmn_dli.store.given import Given
from dmn_dli.store.shared import SharedDictionary


def prepare(_session: Session, _payload: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing: that this module is loaded by now is all there is to it, and takes the engine seconds."""
    return {}


def take_files(session: Session, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Take dropped files, which are then looked at one by one: `check/file`, at last `check/found`.

    payload: `folder`, and `files` as `take` has them; `today`, an ISO day.
    """
    _forget(session)
    dropped = take(Path(payload["folder"]), payload["files"])
    today = date.fromisoformat(payload["today"])
    session.looking = Looking(dropped, today, SharedDictionary(dropped.folder))
    return {
        "workbooks": [
            {"number": number, "name": given.shown, "policy": not given.is_dictionary}
            for number, given in enumerate(dropped.workbooks)
        ]
    }


def look(session: Session, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Look at the file with this `number`."""
    looking = _looking(session)
    number = payload["number"]
    looking.files[number] = check_file(looking.dropped.workbooks[number], looking.shared)
    return {}


def found(session: Session, _payload: Mapping[str, Any]) -> dict[str, Any]:
    """What was found in all files, once each has been looked at."""
    looking = _looking(session)
    workbooks = looking.dropped.workbooks
    files = [looking.files[number] for number in range(len(workbooks))]
    result = together(workbooks, files, looking.today, strict=False)
    contents = contents_of(workbooks, result, looking.today)
    session.checked = Checked(looking.dropped, contents)
    return {
        "html": fragment(found_view(looking.dropped, contents)),
        "summary": visible(lines_of(looking.dropped, result)[-1]),
    }


def _forget(session: Session) -> None:
    """Let the files go that were dropped before: they would fill the memory of a page that is long open.

    What is answered from was loaded as a whole, and stays.
    """
    for folder in {each.dropped.folder for each in (session.looking, session.checked) if each is not None}:
        rmtree(folder.parent)
    session.looking = session.checked = None


def copy(session: Session, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The annotated copy of the file with this `number`, or why there is none."""
    checked, given = _asked(session, payload)
    try:
        data = annotated_copy(given, checked.contents.check)
    except (NotCopiedError, OSError) as error:
        why = "cannot be read" if isinstance(error, OSError) else str(error)
        return {"problem": visible(f"There is no annotated copy: the file {why}.")}
    download = {"name": _copy_name(given.shown), "base64": base64.b64encode(data).decode()}
    return {"label": "Save the annotated copy", "downloads": [download]}


def difference(session: Session, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the workbook with this `number` changes against the page's own version of its payer."""
    checked, given = _asked(session, payload)
    read = next(each for each in checked.contents.check.workbooks if each.file == given.shown)
    if not read.tabs:
        return {"html": ""}
    edition = edition_at(given.path, given.shown)
    same = any(each.same_bytes(edition) for each in session.own_editions)
    changed = () if same else edition_differences(session.own_editions, [edition])
    return {"html": fragment(difference_view(changed))}


def use(session: Session, _payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer from the dropped workbooks from now on, drafts among them; the views that show them."""
    checked = _checked(session)
    session.use(checked.dropped.folder, [each.path for each in checked.dropped.policies])
    return replaced(checked.contents)


def go_back(session: Session, _payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer from the page's own policies again."""
    session.use(session.home)
    return {}


REQUESTS: Mapping[str, Callable[[Session, Mapping[str, Any]], dict[str, Any]]] = {
    "check/prepare": prepare,
    "check/take": take_files,
    "check/file": look,
    "check/found": found,
    "check/copy": copy,
    "check/difference": difference,
    "check/use": use,
    "check/back": go_back,
}
"""Each request's name, and what answers it."""


def _asked(session: Session, payload: Mapping[str, Any]) -> tuple[Checked, Given]:
    checked = _checked(session)
    return checked, checked.dropped.workbooks[payload["number"]]


def _looking(session: Session) -> Looking:
    assert session.looking is not None, "files are looked at once they were taken"
    return session.looking


def _checked(session: Session) -> Checked:
    assert session.checked is not None, "what is asked about was checked before"
    return session.checked


def _copy_name(name: str) -> str:
    """The name under which a copy is saved: beside the workbook it is seen which is which."""
    stem = Path(name).stem if name.lower().endswith(".xlsx") else name
    return f"{stem}.checked.xlsx"
