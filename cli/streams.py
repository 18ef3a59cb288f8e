"""The standard streams as a process may meet them, closed ones included, and signals that end it."""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType

from dmn_dli.runtime.whole_files import discard_unfinished

_BY_CONVENTION = 128
"""What shells add to a signal's number for the exit code of a program that it has ended."""

_STREAMS = (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))
"""With what a closed one is replaced: output that can only be read from is an error to whoever writes."""

_ENDING = ("SIGTERM", "SIGHUP")


def open_closed_streams() -> None:
    """Put something in the place of standard streams that the caller has closed.

    Else the next file that is opened would get the number of one, and messages would go into it. From such
    an input nothing comes, messages go nowhere, and output is refused by the system in its own words.
    """
    for number, (name, flags) in enumerate(_STREAMS):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
        raw = io.FileIO(number, "r" if number == 0 else "w", closefd=False)
        buffer = io.BufferedReader(raw) if number == 0 else io.BufferedWriter(raw)
        setattr(sys, name, io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace"))


def end_cleanly_on_signals() -> None:
    """Let SIGTERM and SIGHUP remove the temporary files before they end the process.

    A signal that the caller has told us to ignore, as `nohup` does, stays ignored.
    """
    for name in _ENDING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    # At once: unwinding could wait for a reader of our output that never comes.
    discard_unfinished()
    os._exit(_BY_CONVENTION + number)
