"""Workbooks that are written over: which of them must not be, and all that may be at once or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.whole_files import write_all
from dmn_dli.store.folder import is_installed
from dmn_dli.store.given import Given

NOTHING_CHANGED = "No file was changed."


@frozen
class Change:
    """A file with the bytes that were read of it, and those that it is to hold."""

    given: Given
    before: bytes
    after: bytes


def read_given(given: Given) -> bytes:
    """A file's bytes. Raises InputError where it cannot be read."""
    try:
        return read_within(given.path, WORKBOOK_BYTES)
    except OSError as error:
        raise InputError(f'"{given.shown}" cannot be read: {why(error)}.') from error


def write_changes(changes: tuple[Change, ...]) -> None:
    """Write over the files, all or none.

    Raises InputError, and leaves every file as it is, where one is open in Excel or LibreOffice, has been
    saved since it was read, comes with the package, or cannot be written; all such files are named.
    """
    objections = [objection for change in changes for objection in _objections(change)]
    if objections:
        raise InputError("\n".join([*objections, NOTHING_CHANGED]))
    files: Mapping[Path, bytes] = {change.given.path: change.after for change in changes}
    try:
        write_all(files)
    except OSError as error:
        named = f'"{error.filename}"' if error.filename else "A file"
        raise InputError(f"{named} cannot be written: {why(error)}. {NOTHING_CHANGED}") from error


def _objections(change: Change) -> Iterator[str]:
    path, shown = change.given.path, change.given.shown
    if is_installed(path):
        yield f'"{shown}" is one of the bundled tables, which are never changed; copy it to your own folder.'
    # What is written is the file that a link leads to, and that may be open as well.
    for each in dict.fromkeys((path.parent.resolve() / path.name, path.resolve())):
        for lock, program in ((f"~${each.name}", "Excel"), (f".~lock.{each.name}#", "LibreOffice")):
            if each.with_name(lock).exists():
                yield (
                    f'"{shown}" is open in {program} (the file "{lock}" lies beside it): close it there, and '
                    "try again. If it is not open, delete that file."
                )
    if read_given(change.given) != change.before:
        yield f'"{shown}" has been saved while it was being worked on; try again.'
