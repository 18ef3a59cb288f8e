"""Which names and words a text may use at a place, and what is read as an unknown name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.feel.characters import BLANK_RUN, GAP, NAME, NAME_RUN, squeeze
from dmn_dli.feel.environment import Environment, Scope
from dmn_dli.feel.item_types import ANY, ItemType, entries_of
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.feel.spellings import Reading, Spellings, spellings

_PROPERTIES = spellings(("time offset", "start included", "end included"), fold=False)


_BUILTINS = {fold: spellings(BUILTIN_NAMES, fold=fold) for fold in (False, True)}


class Names:
    """The names in scope while a text is parsed; they grow with what the text itself names."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self._scopes: list[Scope] = []
        self._keys = Spellings(fold=False)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is bound inside the `with` block holds there alone."""
        self._scopes.append(Scope(fold=self.environment.fold_case))
        try:
            yield
        finally:
            self._scopes.pop()

    def bind(self, name: str, type_: ItemType = ANY) -> None:
        """Bind a variable in the innermost scope."""
        self._scopes[-1].add(name, type_)

    def key(self, name: str) -> None:
        """Remember the key of a context: it may stand behind a dot."""
        self._keys.add(name)

    def word(self, text: str, start: int) -> Reading | None:
        """The longest bare word at `start`, letter case ignored; a word exactly as written comes first."""
        found = self.environment.word_spellings.longest(text, start)
        if found is None:
            return None
        words = self.environment.words
        return Reading(found.end, words.get(found.written, words[str(found.value)]), found.written)

    def name(self, text: str, start: int) -> Reading | None:
        """The longest name at `start`: bound in the text, of the environment, or of a built-in function.

        Of names that are equally long the innermost is meant.
        """
        environment = self.environment
        found = [scope.longest(text, start) for scope in reversed(self._scopes)]
        found.append(environment.variable(text, start))
        builtin = _BUILTINS[environment.fold_case].longest(text, start)
        known = environment.name(text, start)
        # A built-in's own spelling beats a name that differs in letter case: `date` a fact called `Date`.
        found += [builtin, known] if known is not None and _differs_in_case(known) else [known, builtin]
        readings = [reading for reading in found if reading is not None]
        return max(readings, key=lambda reading: reading.end) if readings else None

    def bound(self) -> list[Mapping[str, ItemType]]:
        """What is bound here, innermost first, with its types."""
        return [scope.types for scope in reversed(self._scopes)]

    def member(self, text: str, start: int, type_: ItemType) -> Reading | None:
        """The name behind a dot: the longest of the type's entries, or of the keys that the text has named.

        Of an open type it may be an entry of any type of the model. Where nothing of that is there, or
        another word follows, it goes as far as names reach.
        """
        entries = entries_of(type_)
        of_types = spellings(entries, fold=False) if entries else self.environment.entry_spellings
        indexes = (_PROPERTIES, self._keys, of_types)
        known = [index.longest(text, start) for index in indexes]
        readings = [reading for reading in (unknown_name(text, start), *known) if reading is not None]
        return max(readings, key=lambda reading: reading.end) if readings else None


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
        following = NAME_RUN.match(text, gap.end()) if gap else None
        if following is None or following[0].casefold() in KEYWORDS:
            return end
        end = following.end()


def skip_gap(text: str, start: int) -> int:
    """The offset of what comes after blanks and comments."""
    if "!" <= text[start : start + 1] <= "~" and text[start] != "/":
        return start
    gap = GAP.match(text, start)
    return gap.end() if gap else start
