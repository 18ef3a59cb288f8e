"""Lines of JSON whose keys are known beforehand: decoded into slots, which are columns at once.

To decode an object of known keys takes msgspec two thirds of the time, and nothing is asked of it key by key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec

from dmn_dli.runtime.facts import ABSENT


def line_shape(names: Sequence[str], float_hook: Callable[[str], Any]) -> LineShape | None:
    """The shape of lines with these keys, two at least; None where a key is one that msgspec has no slot for.

    float_hook: makes the value of a number with a point or an exponent.
    """
    try:
        return LineShape(names, float_hook)
    except ValueError:  # it has a quotation mark in it, or the like
        return None


class LineShape:
    """The keys that lines may have; any others are passed over."""

    def __init__(self, names: Sequence[str], float_hook: Callable[[str], Any]) -> None:
        """As above. Raises ValueError for a key without a slot."""
        self.names = tuple(names)
        made, self._slots = _made(self.names)
        self._decoder = msgspec.json.Decoder(made, float_hook=float_hook)

    def columns(self, lines: bytes, count: int) -> Sequence[Sequence[Any]] | None:
        """What so many lines have under each of the keys, ABSENT where they lack it; None for other lines.

        Raises MsgspecError, UnicodeDecodeError, RecursionError for what it cannot decode.
        """
        rows = self._decoder.decode_lines(lines)
        return [*zip(*map(self._slots, rows), strict=True)] if len(rows) == count else None


@lru_cache(maxsize=64)
def _made(names: tuple[str, ...]) -> tuple[type[msgspec.Struct], Callable[[Any], tuple[Any, ...]]]:
    """The type of such lines, and what takes the values out of one."""
    slots = [f"slot_{place}" for place in range(len(names))]
    fields = [(slot, Any, ABSENT) for slot in slots]
    made = msgspec.defstruct("Line", fields, rename=dict(zip(slots, names, strict=True)), gc=False)
    return made, attrgetter(*slots)
