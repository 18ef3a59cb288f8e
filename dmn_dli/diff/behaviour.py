"""The behavioural difference of two policies: where their answers differ, in words, with a case for each."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.share import NOTHING, Share
from dmn_dli.diff.verdict import Verdict


@frozen
class Difference:
    """A region of facts in which an aspect differs everywhere, with both answers.

    old, new: a determination ("error" where there is none); of the wording the texts that differ; of a list
    the item that one side lacks; of a criterion its status. Wording is compared where the
    determination stays.
    words: for each fact that the region narrows its label and values. witness: facts that lead into it;
    example: the same as label and value. share: how many of all combinations it holds.
    """

    aspect: Aspect
    old: Any
    new: Any
    words: tuple[tuple[str, str], ...]
    witness: dict[str, Any]
    example: tuple[tuple[str, str], ...]
    share: Share


@frozen
class CriterionBehaviour:
    """How the status of a row of a sheet of criteria differs, over the cases that both sides decide.

    old, new: the row's name on both sides (`Criteria.2.c`). The rest as Behaviour has it.
    """

    old: str
    new: str
    differences: tuple[Difference, ...] = ()
    share: Share = NOTHING
    untold: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether its status differs somewhere, or may differ for all that is known."""
        return bool(self.differences or self.reasons)


@frozen
class Behaviour:
    """What differs over all cases that both policies admit, every fact known.

    shares: for each aspect that differs how many of all combinations do. untold: aspects with more regions.
    reasons: why something remains unknown, in words; then an aspect may differ elsewhere too.
    directions: what the verdict sums up. criteria: the rows in force on both sides whose status differs, or
    may. compared: whether anything could be compared.
    """

    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    shares: tuple[tuple[Aspect, Share], ...] = ()
    untold: tuple[Aspect, ...] = ()
    reasons: tuple[str, ...] = ()
    directions: frozenset[Verdict] = frozenset()
    criteria: tuple[CriterionBehaviour, ...] = ()
    compared: bool = True

    @property
    def differs(self) -> bool:
        """Whether anything differs, or may differ for all that is known."""
        found = self.differences or self.reasons or self.criteria
        return bool(found) or self.verdict is not Verdict.EQUIVALENT


def unknown(*reasons: str) -> Behaviour:
    """The behaviour of which nothing can be told, and why."""
    return Behaviour(Verdict.UNKNOWN, reasons=reasons, compared=False)
