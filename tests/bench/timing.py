"""Timing for the benchmarks: the best of several rounds, which is what the code can do on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def slowest_microseconds(function: Callable[[Any], Any], arguments: Sequence[Any], rounds: int = 5) -> float:
    """The slowest argument's microseconds, each in its best round."""
    return max(microseconds(function, [argument], rounds) for argument in arguments)
