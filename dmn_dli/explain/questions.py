"""Which missing fact to ask for: the one whose worst answer leaves the fewest determinations open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from dmn_dli.explain.verdicts import Verdicts


class Prospect(NamedTuple):
    """What asking for a fact leaves open on its worst answer: determinations first, then missing facts."""

    determinations: int
    facts: int


def prospect(verdicts: Verdicts, atoms: Sequence[int], variable: int) -> Prospect:
    """What the answer on an unknown fact leaves open at worst."""
    answered = list(atoms)
    worst = Prospect(0, 0)
    for atom in range(1, verdicts.sizes[variable] + 1):
        answered[variable] = atom
        possible = len(verdicts.possible(answered))
        if possible >= worst.determinations:
            missing = len(verdicts.missing(answered)) if possible > 1 else 0
            worst = max(worst, Prospect(possible, missing))
    return worst


def best_question(
    verdicts: Verdicts, atoms: Sequence[int], order: Sequence[int], skipped: Collection[int] = ()
) -> tuple[int, Prospect] | None:
    """The variable to ask for next, with what it leaves open; None where none is left that matters.

    order: the variables as the dictionary lists them, which decides among equals.
    """
    missing = verdicts.missing(atoms)
    asked = [each for each in order if each in missing and each not in skipped]
    found = [(each, prospect(verdicts, atoms, each)) for each in asked]
    return min(found, key=lambda each: each[1], default=None)
