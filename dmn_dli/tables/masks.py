"""Sets as bitmasks: bit i of a mask says that rule i (or class, atom, variable i) is in the set."""

from __future__ import annotations

from collections.abc import Iterator


def members(mask: int) -> list[int]:
    """The positions of a mask's bits, ascending."""
    if mask.bit_count() * 8 > mask.bit_length():
        return [position for position, bit in enumerate(bin(mask)[:1:-1]) if bit == "1"]
    return list(ascending(mask))


def ascending(mask: int) -> Iterator[int]:
    """The positions of a mask's bits, one by one, for those who may stop early."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
