"""How far a long run has come, on a terminal alone: a line on standard error that is written over."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from dmn_dli.cases.files import STANDARD_INPUT

_QUIET = 2.0
"""Seconds for which nothing is shown: most runs are over by then."""

_BETWEEN = 0.2
"""Seconds between two looks at the line."""

_ERASE = "\r\x1b[K"


class Progress:
    """A line that tells how much is done, how fast, and how long the rest will take."""

    def __init__(self, total: int | None) -> None:
        """total: the bytes that there are to do; None where nobody knows, or where nobody looks."""
        self._total = total
        self._begun = self._looked = time.monotonic()
        self._size = self._records = 0
        self._shown = False

    def advance(self, size: int, records: int) -> None:
        """So many bytes more have become so many records."""
        self._size += size
        self._records += records
        now = time.monotonic()
        if now - self._begun >= _QUIET and now - self._looked >= _BETWEEN:
            self._looked = now
            self._write(_ERASE + line(self._size, self._total, self._records, now - self._begun))
            self._shown = True

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """While this lasts the line is not there, and others may write."""
        if self._shown:
            self._write(_ERASE)
            self._shown = False
        yield

    def _write(self, text: str) -> None:
        with suppress(OSError):  # messages that nobody hears stop nothing
            sys.stderr.write(text)
            sys.stderr.flush()


class _Nowhere(Progress):
    """What is shown where no person looks on: nothing."""

    def _write(self, text: str) -> None:
        pass


@contextmanager
def progress(names: Sequence[str], output: Path | None, *, meanwhile: bool = True) -> Iterator[Progress]:
    """Progress through these files; the line is gone at the end.

    It is shown on a terminal alone, and not where results appear there meanwhile. output: as of commands.
    """
    looking = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if looking and not (meanwhile and output is None and sys.stdout.isatty()):
        shown = Progress(None if STANDARD_INPUT in names else size_of(names))
    else:
        shown = _Nowhere(None)
    try:
        yield shown
    finally:
        with shown.hidden():
            pass


def size_of(names: Sequence[str]) -> int:
    """How many bytes these files hold together; one that cannot be read holds none."""
    size = 0
    for name in names:
        with suppress(OSError):
            size += Path(name).stat().st_size
    return size


def line(size: int, total: int | None, records: int, seconds: float) -> str:
    """How far it has come, such as `42 %, 1,234,567 records, 56,000 a second, 1:05 left`."""
    rate = records / seconds if seconds else 0.0
    words = [f"{records:,} records", f"{rate:,.0f} a second"]
    if total and 0 < size <= total:
        words.insert(0, f"{100 * size // total} %")
        words.append(f"{_clock((total - size) * seconds / size)} left")
    return ", ".join(words)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
