"""Where something begins to hold, along whole numbers."""

from __future__ import annotations

from collections.abc import Callable

_ROUND_NUMBERS = 12
_NEAR = 1_000


def first_where(
    holds: Callable[[int], bool],
    first: int,
    last: int,
    guess: int | None = None,
    middle: Callable[[int, int], int] | None = None,
) -> int:
    """The first number of which it holds; one beyond the last where it holds of none.

    holds: of all numbers behind one of which it holds. guess: where to look first. middle: a number between
    two that is likely to be the one, or next to it.
    """
    low, high = first - 1, last + 1
    if guess is not None:
        low, high = _around(holds, guess, low, high)
    for _ in range(_ROUND_NUMBERS if middle else 0):
        if high - low <= _NEAR:
            break
        probe = middle(low, high)  # type: ignore[misc]
        if holds(probe):
            high = probe
            if not holds(probe - 1):
                return high
        else:
            low = probe
            if holds(probe + 1):
                return probe + 1
    while high - low > 1:
        half = (low + high) // 2
        if holds(half):
            high = half
        else:
            low = half
    return high


def _around(holds: Callable[[int], bool], guess: int, low: int, high: int) -> tuple[int, int]:
    """Bounds around the guess between which it begins to hold, found in growing steps."""
    step, probe, first, last = 1, guess, low + 1, high - 1
    while low < probe < high:
        if holds(probe):
            if low >= first:
                return low, probe
            high, probe = probe, probe - step
        else:
            if high <= last:
                return probe, high
            low, probe = probe, probe + step
        step *= 8
    return low, high
