"""Which names and words a text may use, and the longest of them at a place.

Names of FEEL may hold blanks and operators (`Donor chimerism`, `follow-up`),
so that only the vocabulary tells where one ends (DMN 1.5, section 10.3.1.4).
"""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import define, field, frozen

from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.feel.characters import BLANK_RUN, GAP, NAME, NAME_PART, squeeze
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.feel.vocabulary import Vocabulary

_RUN = re.compile(f"[{NAME_PART}]+")
_FRACTION = re.compile(r"\.[0-9]")

PROPERTIES = ("time offset", "start included", "end included")


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


@lru_cache(maxsize=128)
def _index(names: tuple[str, ...], *, fold: bool) -> dict[str, list[_Spelling]]:
    """The names by their first run of name characters, the longest name first."""
    index: dict[str, list[_Spelling]] = {}
    for name in sorted(set(names), key=lambda text: (-len(text), text)):
        parts = tuple(squeeze(name.casefold() if fold else name).split(" "))
        if parts[0]:
            index.setdefault(_first_run(parts[0], 0), []).append(_Spelling(parts, name))
    return index


def _first_run(text: str, start: int) -> str:
    run = _RUN.match(text, start)
    return run[0] if run else text[start : start + 1]


def _longest(names: tuple[str, ...], text: str, start: int, *, fold: bool) -> Reading | None:
    """The longest of the names that the text has at `start`, up to a boundary."""
    if not names:
        return None
    run = _first_run(text, start)
    for spelling in _index(names, fold=fold).get(run.casefold() if fold else run, ()):
        end = _end_of(spelling.parts, text, start, fold=fold)
        if end is not None:
            return Reading(end, spelling.name, squeeze(text[start:end]))
    return None


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
    if _RUN.match(last) and _RUN.match(text, end):
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


@define
class Names:
    """The names in scope while a text is parsed; `bound` and `keys` grow with what the text itself names."""

    vocabulary: Vocabulary
    bound: list[str] = field(factory=list)
    keys: set[str] = field(factory=lambda: set(PROPERTIES))

    def word(self, text: str, start: int) -> Reading | None:
        """The longest bare word at `start`, letter case ignored."""
        words = self.vocabulary.words
        found = _longest(tuple(words), text, start, fold=True)
        return None if found is None else Reading(found.end, words[str(found.value)], found.written)

    def name(self, text: str, start: int) -> Reading | None:
        """The longest name at `start`: bound in the text, of the vocabulary, or of a built-in function."""
        names, fold = self.vocabulary.names, self.vocabulary.fold_case
        bound = tuple(self.bound)
        found = [_longest(bound, text, start, fold=False)]
        if fold:
            found.append(_longest(bound, text, start, fold=True))
        builtin = _longest(BUILTIN_NAMES, text, start, fold=fold)
        known = _longest(tuple(names), text, start, fold=True)
        if known is not None:
            known = Reading(known.end, names[str(known.value)], known.written)
            # A built-in's own spelling beats a name that differs in letter case: `date` a fact called `Date`.
            found += [builtin, known] if _differs_in_case(known) else [known, builtin]
        else:
            found.append(builtin)
        readings = [reading for reading in found if reading is not None]
        return max(readings, key=lambda reading: reading.end) if readings else None

    def member(self, text: str, start: int) -> Reading | None:
        """The name behind a dot: a key that the text has named, else as far as names reach."""
        found = _longest(tuple(sorted(self.keys)), text, start, fold=False)
        loose = unknown_name(text, start)
        if found is None or (loose is not None and loose.end > found.end):
            return loose
        return found


def _differs_in_case(reading: Reading) -> bool:
    value = str(reading.value)
    return value != reading.written and value.casefold() == reading.written.casefold()


def unknown_name(text: str, start: int) -> Reading | None:
    """A name that nobody knows: the words at `start`, up to an operator, a bracket or a keyword.

    Two words side by side are never FEEL, so that they can be read as one name
    and the reader be asked what it means.
    """
    first = NAME.match(text, start)
    if first is None or first[0].casefold() in KEYWORDS:
        return None
    end = _juxtaposed(text, first.end())
    written = squeeze(text[start:end])
    return Reading(end, written, written)


def extended(text: str, start: int, known: Reading) -> Reading:
    """The known name or word, or the unknown longer one where another word follows it."""
    end = _juxtaposed(text, known.end)
    if end == known.end:
        return known
    written = squeeze(text[start:end])
    return Reading(end, written, written)


def _juxtaposed(text: str, end: int) -> int:
    while True:
        gap = BLANK_RUN.match(text, end)
        following = _RUN.match(text, gap.end()) if gap else None
        if following is None or following[0].casefold() in KEYWORDS:
            return end
        end = following.end()


def skip_gap(text: str, start: int) -> int:
    """The offset of what comes after blanks and comments."""
    gap = GAP.match(text, start)
    return gap.end() if gap else start
