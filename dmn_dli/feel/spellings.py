"""The longest of many spellings that a text has at a place.

Names of FEEL may hold blanks and operators (`Donor chimerism`, `follow-up`),
so that only what is known tells where one ends (DMN 1.5, section 10.3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

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


@define
class _Step:
    """What may follow so far in a name: runs of name characters, single other characters, a blank.

    name: the name that ends here, if one does.
    """

    following: dict[str, _Step] = field(factory=dict)
    name: str | None = None


@define
class Spellings:
    """Names by their parts: a look at a place takes as long as the name there, however many there are."""

    fold: bool
    _first: _Step = field(factory=_Step)

    def add(self, name: str) -> None:
        """Take one more name; of two that are spelled alike the first stays."""
        step = self._first
        for part in _parts(squeeze(name.casefold() if self.fold else name)):
            step = step.following.setdefault(part, _Step())
        if step is not self._first and step.name is None:
            step.name = name

    def longest(self, text: str, start: int) -> Reading | None:
        """The longest of the names that the text has at `start`, up to a boundary."""
        step: _Step | None = self._first
        end, found = start, None
        while step is not None and step.following:
            gap = BLANK_RUN.match(text, end) if end > start else None
            if gap is not None:
                step, end = step.following.get(" "), gap.end()
                continue
            run = _first_run(text, end)
            step = step.following.get(run.casefold() if self.fold else run)
            end += len(run)
            ends = step is not None and not (run[-1].isdigit() and _FRACTION.match(text, end))
            if step is not None and step.name is not None and ends:
                found = Reading(end, step.name, squeeze(text[start:end]))
        return found


def spellings(names: Iterable[str], *, fold: bool) -> Spellings:
    """The index of the names; with `fold` letter case is ignored."""
    index = Spellings(fold)
    for name in sorted(set(names), key=lambda text: (-len(text), text)):
        index.add(name)
    return index


def _parts(name: str) -> Iterator[str]:
    position = 0
    while position < len(name):
        run = _first_run(name, position)
        yield run
        position += len(run)


def _first_run(text: str, start: int) -> str:
    run = NAME_RUN.match(text, start)
    return run[0] if run else text[start : start + 1]
