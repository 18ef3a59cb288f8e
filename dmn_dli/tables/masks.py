"""Sets as bitmasks: bit i of a mask says that rule i (or class, atom, variable i) is in the set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

_BITS = bytes.maketrans(b"01", b"\0\1")


def members(mask: int) -> list[int]:
    """The positions of a mask's bits, ascending."""
    if mask.bit_count() * 8 > mask.bit_length():
        bits = bin(mask)[:1:-1].encode().translate(_BITS)
        return list(compress(range(len(bits)), bits))
    return list(ascending(mask))


def mask_of(positions: Iterable[int]) -> int:
    """The mask whose bits have these positions, each once."""
    return sum(1 << position for position in positions)


def ascending(mask: int) -> Iterator[int]:
    """The positions of a mask's bits, one by one, for those who may stop early."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
