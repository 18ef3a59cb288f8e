"""The longest of many spellings that a text has at a place.

Names of FEEL may hold blanks and operators (`Donor chimerism`, `follow-up`),
so that only what is known tells where one ends (DMN 1.5, section 10.3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, frozen

from dmn_dli.feel.characters import BLANK_RUN, NAME_RUN, squeeze

_FRACTION = re.compile(r"\.[0-9]")


@frozen
class Reading:
    """A name or a word found in the text.

    end: offset behind it.
    value: the canonical name, or the word's value.
    written: as the text has it, blanks squeezed.
    """

    end: int
    value: str | bool
    written: str


@frozen
class _Spelling:
    """A name, and its parts between blanks as they are looked for (case-folded where case is ignored)."""

    parts: tuple[str, ...]
    name: str


@define
class Spellings:
    """Names by their first run of name characters, the longest name first."""

    _fold: bool
    _by_run: dict[str, list[_Spelling]]

    def longest(self, text: str, start: int) -> Reading | None:
        """The longest of the names that the text has at `start`, up to a boundary."""
        if not self._by_run:
            return None
        run = _first_run(text, start)
        for spelling in self._by_run.get(run.casefold() if self._fold else run, ()):
            end = _end_of(spelling.parts, text, start, fold=self._fold)
            if end is not None:
                return Reading(end, spelling.name, squeeze(text[start:end]))
        return None


def spellings(names: Iterable[str], *, fold: bool) -> Spellings:
    """The index of the names; with `fold` letter case is ignored."""
    by_run: dict[str, list[_Spelling]] = {}
    for name in sorted(set(names), key=lambda text: (-len(text), text)):
        parts = tuple(squeeze(name.casefold() if fold else name).split(" "))
        if parts[0]:
            by_run.setdefault(_first_run(parts[0], 0), []).append(_Spelling(parts, name))
    return Spellings(fold, by_run)


def _first_run(text: str, start: int) -> str:
    run = NAME_RUN.match(text, start)
    return run[0] if run else text[start : start + 1]


def _end_of(parts: tuple[str, ...], text: str, start: int, *, fold: bool) -> int | None:
    end = start
    for position, part in enumerate(parts):
        if position:
            gap = BLANK_RUN.match(text, end)
            if gap is None:
                return None
            end = gap.end()
        behind = _past(part, text, end, fold=fold)
        if behind is None:
            return None
        end = behind
    last = parts[-1][-1]
    if NAME_RUN.match(last) and NAME_RUN.match(text, end):
        return None
    return None if last.isdigit() and _FRACTION.match(text, end) else end


def _past(part: str, text: str, start: int, *, fold: bool) -> int | None:
    """The offset behind the part, or None where the text has something else."""
    end = start + len(part)
    piece = text[start:end]
    if piece == part or not fold:
        return end if piece == part else None
    # Some characters fold to several, such as the German sharp s.
    folded, end = "", start
    while len(folded) < len(part) and end < len(text):
        folded += text[end].casefold()
        end += 1
    return end if folded == part else None
