"""The smallest part of a list that still shows something: delta debugging.

Source: A. Zeller, R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 28(2), 2002.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class SpentError(Exception):
    """The trials that were allowed are used up."""


def smallest(items: Sequence[T], shows: Callable[[Sequence[T]], bool]) -> list[T]:
    """A part of the items, in their order, that shows it, and without any one of which it does not.

    items: they show it together. shows: asked of parts; where it raises SpentError the smallest part found
    until then is the answer.
    """
    kept, parts = list(items), 2
    try:
        while len(kept) > 1:
            size = -(-len(kept) // parts)
            pieces = [kept[start : start + size] for start in range(0, len(kept), size)]
            rests = [[each for other in pieces if other is not piece for each in other] for piece in pieces]
            found = next((each for each in pieces if shows(each)), None)
            if found is not None:
                kept, parts = found, 2
                continue
            rest = None if len(pieces) == 2 else next((each for each in rests if shows(each)), None)
            if rest is not None:
                kept, parts = rest, max(len(pieces) - 1, 2)
            elif len(pieces) < len(kept):
                parts = min(2 * len(pieces), len(kept))
            else:
                break
    except SpentError:
        pass
    return kept
