"""Texts with slots: what stands between the slots follows from which of them are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded, Text
from dmn_dli.batch.state_values import Combinations, derived

SLOT = "\0"
"""Stands for what fills a slot while the text around it is made; no workbook can hold it."""


class Slotted:
    """A text that some of several slots are put into; `words` makes it of which of them are filled."""

    def __init__(self, words: Callable[[Sequence[bool]], str], slots: int) -> None:
        """words: makes the text with SLOT in place of each slot that is filled, in order."""
        self._gaps = Combinations(lambda filled: _gaps(words([*map(bool, filled)]), filled))
        self._texts: list[list[str]] = [[] for _ in range(slots + 1)]

    def of(self, filled: Sequence[NDArray[np.bool_]], slots: Sequence[Coded | Text]) -> Text:
        """The text of each row. slots: what fills each slot, where it is filled."""
        gaps = self._gaps.of([each.astype(np.intp) for each in filled])
        parts: list[Coded | Text] = [self._gap(gaps, 0)]
        for place, (where, fills) in enumerate(zip(filled, slots, strict=True), 1):
            parts += shown(fills, where)
            parts.append(self._gap(gaps, place))
        return Text(tuple(parts))

    def _gap(self, gaps: Coded, place: int) -> Coded:
        return derived(gaps, self._texts[place], lambda texts: texts[place])


def _gaps(text: str, filled: Sequence[int]) -> tuple[str, ...]:
    """What stands before the first slot, and behind each; behind one that is not filled nothing."""
    first, *others = text.split(SLOT)
    behind = iter(others)
    return (first, *[next(behind) if each else "" for each in filled])


def shown(text: Coded | Text, present: NDArray[np.bool_]) -> list[Coded | Text]:
    """A part of a text, with nothing in the rows where it is not present."""
    if present.all():
        return [text]
    return [Text((text,), ~present)] if present.any() else []
