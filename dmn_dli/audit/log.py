"""Writing to an audit log: whole lines at its end, however many programs write at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dmn_dli.audit.entry import Entry

_OWNER_ONLY = 0o600
"""Facts of patients are nobody else's."""


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Append entries to the log, all of them together and on the disk when this returns. Raises OSError.

    A line that an earlier run left unfinished is ended first, so that it spoils no other.
    """
    lines = "".join(entry.line() for entry in entries).encode("utf-8", "backslashreplace")
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), _OWNER_ONLY)
    try:
        with _locked(descriptor):
            if _unfinished(descriptor):
                lines = b"\n" + lines
            while lines:
                lines = lines[os.write(descriptor, lines) :]
            with suppress(OSError):  # a pipe or a device has nothing to wait for
                os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """The file for this process alone, where the system has such locks; else one write must do."""
    try:
        from fcntl import LOCK_EX, LOCK_UN, flock
    except ImportError:
        yield
        return
    flock(descriptor, LOCK_EX)
    try:
        yield
    finally:
        flock(descriptor, LOCK_UN)


def _unfinished(descriptor: int) -> bool:
    """Whether the file's last line has no end."""
    with suppress(OSError):  # what cannot be sought in has no last line
        if os.lseek(descriptor, 0, os.SEEK_END) > 0:
            os.lseek(descriptor, -1, os.SEEK_END)
            return os.read(descriptor, 1) != b"\n"
    return False
