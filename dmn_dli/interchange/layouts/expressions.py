"""FEEL that stands in other people's cells: told from text, and written with the names of our workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.feel.characters import STRING
from dmn_dli.feel.keywords import KEYWORDS


def _any_of(words: Mapping[str, object] | frozenset[str] | tuple[str, ...], behind: str) -> str:
    longest = sorted(words, key=lambda each: (-len(each), each))
    return "|".join(rf"\b{re.escape(each)}{behind}" for each in longest)


_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_SIGNS = re.compile(r"\.\.|[-+*/(),<>=!?\[\]{}:.]")
_MEMBER = re.compile(r"(?<=[\s)\]])\.\s*[^\W\d]\w*")
_SUM = re.compile(r"\d\s*[-+*/]\s*\d")
_CALLS = re.compile(_any_of(tuple(BUILTIN_NAMES), r"\s*(?=\()"))
_WORDS = re.compile(_any_of(tuple(KEYWORDS), r"\b"))
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class Spellings:
    """Names as a file spells them, and what each means; letter case counts, the longest comes first."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the spellings with their meanings."""
        self._names = dict(names)
        listed = "|".join(
            re.escape(each) for each in sorted(self._names, key=lambda each: (-len(each), each))
        )
        self._pattern = re.compile(rf"(?<![\w.])(?:{listed})(?!\w)") if listed else None
        self.mentioned = lru_cache(4096)(self._mentioned)

    def __contains__(self, text: str) -> bool:
        return text in self._names

    def meaning(self, text: str) -> str | None:
        """What the text means where it is wholly a name."""
        return self._names.get(text)

    def renamed(self, text: str) -> str:
        """The text with the meaning in place of each name that stands in no quotes."""
        pattern = self._pattern
        if pattern is None:
            return text
        pieces: list[str] = []
        begun = 0
        for string in STRING.finditer(text):
            pieces += pattern.sub(self._meant, text[begun : string.start()]), string[0]
            begun = string.end()
        return "".join((*pieces, pattern.sub(self._meant, text[begun:])))

    def _meant(self, found: re.Match[str]) -> str:
        return self._names[found[0]]

    def _without(self, text: str) -> str:
        rest = STRING.sub(" ", text)
        return rest if self._pattern is None else self._pattern.sub(" ", rest)

    def is_expression(self, text: str) -> bool:
        """Whether a text is made of these names, numbers, strings and FEEL's own words and signs alone.

        One value by itself is none: it needs a name, a call or a sign of arithmetic.
        """
        rest = STRING.sub(" ", text)
        without = self._without(text)
        bare = _WORDS.sub(" ", _CALLS.sub(" ", without))
        bare = _MEMBER.sub(" ", bare)
        if _NUMBER.sub(" ", _SIGNS.sub(" ", bare)).strip():
            return False
        return without != rest or _CALLS.search(without) is not None or _SUM.search(without) is not None

    def _mentioned(self, text: str) -> frozenset[str]:
        """The meanings of the names in a text that is one of them, or an expression."""
        if text in self._names:
            return frozenset({self._names[text]})
        if self._pattern is None or not self.is_expression(text):
            return frozenset()
        rest = STRING.sub(" ", text)
        return frozenset(self._names[found[0]] for found in self._pattern.finditer(rest))

    def free(self, text: str) -> Iterator[str]:
        """The names in an expression that are none of these, nor keywords, nor built-in functions."""
        rest = _WORDS.sub(" ", _CALLS.sub(" ", self._without(text)))
        seen: set[str] = set()
        for found in _NAME.finditer(rest):
            called = rest[found.end() :].lstrip().startswith("(")
            if not called and found[0] not in seen:
                seen.add(found[0])
                yield found[0]
