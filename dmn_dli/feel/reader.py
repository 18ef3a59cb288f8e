"""The text under the parser's finger: blanks, symbols, keywords, literals, and what to say when none fits."""

from __future__ import annotations

import re

from attrs import define, field, frozen

from dmn_dli.feel.characters import NAME, NUMBER, STRING
from dmn_dli.feel.errors import FeelSyntaxError
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.feel.names import skip_gap
from dmn_dli.feel.syntax import Span


@frozen
class Repair:
    """A word whose letter case differs from its canonical spelling; harmless, but worth telling."""

    span: Span
    found: str
    meant: str


_SYMBOLS = ("**", "<=", ">=", "!=", "..", "->")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|([nrt\"'\\]))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_LOOKALIKES = {
    "“": 'straight quotes ("…")', "”": 'straight quotes ("…")', "„": 'straight quotes ("…")',
    "‘": 'straight double quotes ("…")', "’": 'straight double quotes ("…")',
    "≤": "<=", "≥": ">=", "≠": "!=", "–": "- or ..", "—": "- or ..", "…": "..", "×": "*", "÷": "/",
}  # fmt: skip


@define
class Reader:
    """Reads from left to right.

    position: the offset of what comes next; `skip` moves it past blanks and comments.
    end: the offset behind what was taken last.
    """

    text: str
    fold_case: bool
    position: int = 0
    end: int = 0
    repairs: list[Repair] = field(factory=list)

    def move(self, position: int) -> None:
        """Take all up to the position, or go back to it."""
        self.position = self.end = position

    def skip(self) -> int:
        """Pass blanks and comments; the offset reached."""
        self.position = skip_gap(self.text, self.position)
        return self.position

    def symbol(self) -> str:
        """The operator or bracket at the position, not taken; "" at the end."""
        start = self.skip()
        pair = self.text[start : start + 2]
        return pair if pair in _SYMBOLS else pair[:1]

    def take(self, symbol: str) -> bool:
        """Take the symbol if it stands here."""
        if self.symbol() != symbol:
            return False
        self.move(self.position + len(symbol))
        return True

    def expect(self, symbol: str, why: str) -> None:
        """Take the symbol. Raises FeelSyntaxError where something else stands; `why` says what it is for."""
        if not self.take(symbol):
            raise self.error(f"`{symbol}` {why}")

    def keyword(self) -> str:
        """The keyword at the position, not taken; "" where there is none."""
        word = NAME.match(self.text, self.skip())
        if word is None:
            return ""
        found = word[0].lower() if self.fold_case else word[0]
        return found if found in KEYWORDS or found == "of" else ""

    def take_keyword(self, keyword: str) -> bool:
        """Take the keyword if it stands here."""
        if self.keyword() != keyword:
            return False
        self.repaired(self.position, self.position + len(keyword), keyword)
        self.move(self.position + len(keyword))
        return True

    def expect_keyword(self, keyword: str, why: str) -> None:
        """Take the keyword. Raises FeelSyntaxError where something else stands."""
        if not self.take_keyword(keyword):
            raise self.error(f"the word `{keyword}` {why}")

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what the pattern matches at the position."""
        found = pattern.match(self.text, self.skip())
        if found is not None:
            self.move(found.end())
        return found

    def repaired(self, start: int, end: int, meant: str) -> None:
        """Remember a word that was read in another letter case than it is spelled in."""
        found = self.text[start:end]
        if found != meant:
            self.repairs.append(Repair(Span(start, end), found, meant))

    def string(self) -> str | None:
        """Take a quoted string, escapes resolved."""
        if self.text[self.skip() : self.position + 1] != '"':
            return None
        start = self.position
        found = self.match(STRING)
        if found is None:
            message = 'the text that starts with a quote here has no closing quote (")'
            raise FeelSyntaxError(message, Span(start, len(self.text)))
        unescaped = _ESCAPE.sub(_unescape, found[0][1:-1])
        # Escapes may have spelled a character beyond the 16-bit range as a surrogate pair.
        return unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def number(self) -> str | None:
        """Take a numeric literal."""
        found = self.match(NUMBER)
        return None if found is None else found[0]

    def error(self, expected: str) -> FeelSyntaxError:
        """What to raise where something else than `expected` stands at the position."""
        start = self.skip()
        if self.text.startswith("/*", start):
            message = "the comment that starts with /* here has no end (*/)"
            return FeelSyntaxError(message, Span(start, len(self.text)))
        if start >= len(self.text):
            return FeelSyntaxError(f"the text ends too early; expected {expected}", Span(start, start))
        word = NAME.match(self.text, start) or NUMBER.match(self.text, start)
        found = word[0] if word else self.symbol()
        message = f"found `{found}`; expected {expected}"
        if found in _LOOKALIKES:
            message += f"; type {_LOOKALIKES[found]} instead of `{found}`"
        elif found.lower() in KEYWORDS and found not in KEYWORDS:
            message += f"; the word `{found.lower()}` is written in small letters"
        return FeelSyntaxError(message, Span(start, start + len(found)))


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code is None:
        return _ESCAPED[found[3]]
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else found[0]
