"""The verdict on a change of determinations: stricter, more permissive, or neither."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum
from typing import Any

ERROR = "error"
"""What stands for a determination where the tables conflict or give no value."""

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
    MENDED = "mended"
    """Cases that were errors are decided now, all others as before."""
    BROKEN = "broken"
    """Cases that were decided are errors now; others are decided as before."""
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


def direction(old: Any, new: Any) -> Verdict:
    """The verdict on one pair of different determinations, or of one and ERROR.

    What is neither a determination of the order nor an error is incomparable.
    """
    if ERROR in (old, new):
        return Verdict.MENDED if old == ERROR else Verdict.BROKEN
    if isinstance(old, str) and isinstance(new, str):
        if old == MOST_FAVOURABLE:
            return Verdict.STRICTER
        if new == MOST_FAVOURABLE:
            return Verdict.MORE_PERMISSIVE
        if old in FAVOUR and new in FAVOUR:
            return Verdict.STRICTER if FAVOUR.index(new) > FAVOUR.index(old) else Verdict.MORE_PERMISSIVE
    return Verdict.INCOMPARABLE


def verdict(directions: Set[Verdict], *, certain: bool) -> Verdict:
    """The verdict on all pairs of different determinations, from that on each.

    An error is neither for nor against the member: it counts where no determination changes into another.
    certain: whether these are all that can change. Where they are not, only what they show to be
    incomparable is so for certain, and all else is unknown.
    """
    changed = directions - {Verdict.MENDED, Verdict.BROKEN}
    if Verdict.INCOMPARABLE in changed or len(changed) > 1:
        return Verdict.INCOMPARABLE
    if not certain:
        return Verdict.UNKNOWN
    for each in (*changed, Verdict.BROKEN, Verdict.MENDED):
        if each in directions:
            return each
    return Verdict.EQUIVALENT
