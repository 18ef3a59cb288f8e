"""The command as a process of its own: how long it takes, on one core or two, and how much memory it has."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from attrs import frozen

TABLES = Path(__file__).parents[2] / "tables"

MOST_ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
"""Up to how many rows files have; BENCH_ROWS=10000000 takes a long time."""


@frozen
class Ran:
    """What a process and those that it started took.

    seconds: on the clock. processor: of work, which tells more where the machine does other things too.
    megabytes: the most memory that one of them had at once.
    """

    seconds: float
    processor: float
    megabytes: float


def evaluate(cases: Path, output: Path, *options: str, cores: int = 1) -> Ran:
    """Put a file of cases to one payer's policy, into a file."""
    form = output.suffix[1:]
    return run(
        (sys.executable, "-m", "dmn_dli_cli", "evaluate", str(cases), "--tables", str(TABLES)),
        ("--payer", "molina", "--format", form, "--output", str(output), *options),
        cores=cores,
    )


def run(*arguments: Sequence[str], cores: int = 1) -> Ran:
    """Run a program, on so many cores. Raises RuntimeError where it fails."""
    words = [word for each in arguments for word in each]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    start = perf_counter()
    # A process between us and the program: the system then tells the memory of the two apart from ours.
    child = os.fork()
    if child == 0:
        os.sched_setaffinity(0, allowed)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        os.dup2(quiet, 1)
        os.execv(words[0], words)  # noqa: S606 - a program of ours, with nothing of a shell
    _, status, used = os.wait4(child, 0)
    seconds = perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(words)} failed")
    return Ran(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
