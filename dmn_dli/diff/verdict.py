"""The verdict on a change of determinations: stricter, more permissive, or neither."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

MOST_FAVOURABLE = "medically necessary"

FAVOUR = ("medically necessary", "criteria not met", "not medically necessary", "investigational")
"""Determinations from the most to the least favourable to the member.

`medically necessary` is more favourable than any other determination. `criteria not met` leaves
the request open to review, which a stated denial does not, and what is `investigational` is commonly
excluded by contract whatever the member's condition. `not addressed` says nothing for or against the
service: it is less favourable than `medically necessary` and cannot be compared with the others.
"""


class Verdict(Enum):
    """What a change does to the determinations, over all cases with every fact known."""

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    MORE_PERMISSIVE = "more permissive"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


def direction(old: Any, new: Any) -> Verdict:
    """The verdict on one pair of different determinations; what is none is incomparable."""
    if isinstance(old, str) and isinstance(new, str):
        if old == MOST_FAVOURABLE:
            return Verdict.STRICTER
        if new == MOST_FAVOURABLE:
            return Verdict.MORE_PERMISSIVE
        if old in FAVOUR and new in FAVOUR:
            return Verdict.STRICTER if FAVOUR.index(new) > FAVOUR.index(old) else Verdict.MORE_PERMISSIVE
    return Verdict.INCOMPARABLE


def verdict(changes: Iterable[tuple[Any, Any]], *, certain: bool) -> Verdict:
    """The verdict on all pairs of different determinations.

    certain: whether these are all that can change. Where they are not, only what they show to be
    incomparable is so for certain, and all else is unknown.
    """
    found = {direction(old, new) for old, new in changes}
    if Verdict.INCOMPARABLE in found or len(found) > 1:
        return Verdict.INCOMPARABLE
    if not certain:
        return Verdict.UNKNOWN
    return found.pop() if found else Verdict.EQUIVALENT
