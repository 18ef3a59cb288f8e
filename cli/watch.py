"""Checking again whenever a workbook is saved."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.given import Given, dictionary_of, workbooks_at

from .output import PLAIN_WIDTH, open_output, say, styled, width

if TYPE_CHECKING:
    from dmn_dli.checking import CheckResult

PAUSE = 0.3
"""Seconds between two looks at the files. A file counts as saved once it is the same at two of them."""

LOOKS_FOR_GONE = 10
"""Looks in which a file stays away before it counts as deleted; programs take it away while they save."""

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_State = Mapping[Path, tuple[int, int] | None]


def keep_checking(places: Sequence[str], run: Callable[[], CheckResult]) -> None:
    """Check at once, and again after each save, until the person interrupts.

    places: where the workbooks are, which may become more or fewer. Raises InputError where there is
    none to begin with; later troubles are said, and the watch goes on.
    """
    workbooks = workbooks_at(places, models=True)
    try:
        while True:
            seen = _state(workbooks)
            _show(run)
            workbooks = _wait_for_change(workbooks, seen, places)
    except KeyboardInterrupt:
        say("")


def _show(run: Callable[[], CheckResult]) -> None:
    from dmn_dli.report.findings import text

    try:
        report = text(run(), width(None), colour=styled(None))
    except InputError as error:
        say(f"{error}")
        report = ""
    except FileNotFoundError as error:
        say(f'"{error.filename}" is gone.')
        report = ""
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
    with open_output(None, "text") as stream:
        stream.write(report)
        stream.write("" if sys.stdout.isatty() else "=" * PLAIN_WIDTH + "\n")
    say("Waiting for a workbook to be saved; Ctrl+C ends.")


def _wait_for_change(workbooks: tuple[Given, ...], seen: _State, places: Sequence[str]) -> tuple[Given, ...]:
    """The workbooks, once they differ from what was seen and have come to rest."""
    before, alike = seen, 0
    while True:
        time.sleep(PAUSE)
        workbooks = _chosen(places) or workbooks
        now = _state(workbooks)
        alike = alike + 1 if now == before else 0
        before = now
        gone = any(stamp is not None and now.get(path) is None for path, stamp in seen.items())
        if now != seen and alike >= (LOOKS_FOR_GONE if gone else 1):
            return workbooks


def _chosen(places: Sequence[str]) -> tuple[Given, ...]:
    """The workbooks that are meant; none while the only one is being replaced."""
    try:
        return workbooks_at(places, models=True)
    except InputError:
        return ()


def _state(workbooks: tuple[Given, ...]) -> _State:
    """When each file, the dictionaries included, was last written, and its size; None for an absent one."""
    paths = {given.path for given in workbooks} | {dictionary_of(given).path for given in workbooks}
    return {path: _stamp(path) for path in sorted(paths)}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
