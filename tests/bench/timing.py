"""Timing for the benchmarks: the best of several rounds, which is what the code can do on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any


def microseconds(function: Callable[[Any], Any], arguments: Sequence[Any], rounds: int = 7) -> float:
    """Microseconds a call, over all arguments, in the best round."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for argument in arguments:
            function(argument)
        best = min(best, perf_counter() - start)
    return best / len(arguments) * 1e6


def microseconds_in_loops(
    loops: Mapping[str, Callable[[Sequence[Any]], None]], cases: Sequence[Any], rounds: int = 21
) -> dict[str, float]:
    """Microseconds a case of loops over all cases, each loop in its best round; rounds take turns.

    What else the machine does then slows all of them, not one.
    """
    best = dict.fromkeys(loops, float("inf"))
    for _ in range(rounds):
        for name, loop in loops.items():
            start = perf_counter()
            loop(cases)
            best[name] = min(best[name], perf_counter() - start)
    return {name: seconds / len(cases) * 1e6 for name, seconds in best.items()}


def rates(works: Mapping[str, Callable[[], Any]], rows: int, rounds: int = 7) -> dict[str, float]:
    """Millions of rows a second of work on so many rows, each in its best round; rounds take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = perf_counter()
            work()
            best[name] = min(best[name], perf_counter() - start)
    return {name: rows / seconds / 1e6 for name, seconds in best.items()}


def slowest_microseconds(function: Callable[[Any], Any], arguments: Sequence[Any], rounds: int = 5) -> float:
    """The slowest argument's microseconds, each in its best round."""
    return max(microseconds(function, [argument], rounds) for argument in arguments)
