"""The file of an audit log: whole lines at its end, however many programs write at once; and its lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dmn_dli.audit.entry import Entry
from dmn_dli.runtime.bounded_files import lines_within
from dmn_dli.runtime.input_error import InputError, why

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


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of the log that are not blank, with their numbers. Raises InputError."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            for number, line in enumerate(lines_within(stream), 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError(f'"{path}" cannot be read: {why(error)}.') from error


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
