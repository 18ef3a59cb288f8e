"""What every input is held to, whatever it is: an end within seconds, and memory within bounds."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 5
MEMORY_BYTES = 500 * 2**20


class TakesTooLong(BaseException):
    """A run used up its time. No `except Exception` on the way keeps it."""


@contextmanager
def bounded(what: object) -> Iterator[None]:
    """Fail where the block uses more CPU than a run may, or drives the process's memory over the bound."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TakesTooLong

    before = peak()
    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    except TakesTooLong:
        raise AssertionError(f"more than {CPU_SECONDS} s of CPU for {_shown(what)}") from None
    except Exception as error:
        error.add_note(f"for {_shown(what)}")
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    # A worker may have grown in other tests; what counts is what this block adds.
    assert peak() <= max(before + MEMORY_BYTES // 2, MEMORY_BYTES), (
        f"memory grew to {peak()} bytes for {_shown(what)}"
    )


def _shown(what: object) -> str:
    return repr(what)[:2_000]


def peak() -> int:
    """The most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
