"""Files that people dropped on the page: put under names that can be trusted, in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES
from dmn_dli.runtime.plain import visible
from dmn_dli.store.folder import LOCK_FILES
from dmn_dli.store.given import Given

_NAME_BYTES = 200
_FOLDER = "files"


@frozen
class Dropped:
    """What was dropped.

    workbooks: the files to look at, by name, their dictionary last; each is shown by its name.
    notes: what is to be said of files that are not looked at, or that stand under another name.
    """

    folder: Path
    workbooks: tuple[Given, ...]
    notes: tuple[str, ...]

    @property
    def policies(self) -> tuple[Given, ...]:
        """The files that are no dictionary."""
        return tuple(each for each in self.workbooks if not each.is_dictionary)


def take(folder: Path, files: Sequence[Mapping[str, Any]]) -> Dropped:
    """The files of a folder, in which the bytes of the first stand as `0`, of the next as `1` and so on.

    files: of each its `name`, which may be anything, its `size`, and where there are no bytes of it its
    `trouble`: `folder` or `unreadable`.
    """
    target = folder / _FOLDER
    target.mkdir()
    notes: list[str] = []
    placed: dict[str, Path] = {}
    for number, each in enumerate(files):
        name = str(each["name"])
        note = _left_out(name, each.get("trouble"))
        if note:
            notes.append(note)
            continue
        source = folder / str(number)
        if each["size"] > WORKBOOK_BYTES:
            _make_too_large(source)
        wanted = _plain_name(name)
        if wanted in placed and _same(placed[wanted], source):
            notes.append(f'"{name}" was given twice; it is looked at once.')
            continue
        own = _free_name(wanted, placed)
        if own != wanted:
            notes.append(f'Two different files are named "{name}"; the second is shown as "{own}".')
        elif own != name:
            notes.append(f'"{visible(name)}" is shown as "{own}".')
        placed[own] = source.rename(target / own)
    given = [Given(path, name) for name, path in sorted(placed.items())]
    given.sort(key=lambda each: each.is_dictionary)
    return Dropped(target, tuple(given), tuple(notes))


def _left_out(name: str, trouble: str | None) -> str:
    """Why a file is not looked at; "" where it is."""
    if trouble == "folder":
        return f'"{name}" is a folder. Open it, select the workbooks inside, and drop these.'
    if name.startswith(LOCK_FILES):
        return (
            f'"{name}" is no workbook: a spreadsheet program keeps it while the workbook is open, and takes '
            "it away when it is closed. It was left out."
        )
    if trouble:
        return f'"{name}" could not be read; perhaps another program holds it, or it has been moved.'
    return ""


def _make_too_large(path: Path) -> None:
    """Let a file be as large as is refused, so that the reader refuses it; its bytes are never asked for."""
    with path.open("wb") as stream:
        stream.truncate(WORKBOOK_BYTES + 1)


def _plain_name(name: str) -> str:
    """The name as that of a file in a folder: no path, nothing that cannot be seen, not too long."""
    plain = "".join("_" if each in '/\\:*?"<>|' or visible(each) != each else each for each in name)
    if not plain.strip(" ."):
        return "_"
    stem, ending = os.path.splitext(plain)  # noqa: PTH122 - a name alone, which may be no path
    while len((stem + ending).encode()) > _NAME_BYTES:
        stem, ending = (stem[:-1], ending) if stem else (ending[:-1], "")
    return stem + ending


def _free_name(name: str, taken: Mapping[str, Path]) -> str:
    """The name, with a number where it is taken, as browsers and Excel put it."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - as above
    number, own = 1, name
    while own in taken:
        number += 1
        own = f"{stem} ({number}){ending}"
    return own


def _same(first: Path, second: Path) -> bool:
    return first.stat().st_size == second.stat().st_size and first.read_bytes() == second.read_bytes()
