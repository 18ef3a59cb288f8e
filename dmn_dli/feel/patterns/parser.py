"""From a pattern's text to its tree (XQuery and XPath Functions 3.1, 5.6.1; XML Schema 1.1, appendix G)."""

from __future__ import annotations

import re

from attrs import define, field

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.patterns import characters
from dmn_dli.feel.patterns.characters import CharacterSet
from dmn_dli.feel.patterns.errors import PatternError
from dmn_dli.feel.patterns.syntax import (
    Anchor,
    Choice,
    Group,
    One,
    Pattern,
    Reference,
    Repeat,
    Sequence,
    Tree,
)

MAXIMUM_DEPTH = 50
FLAGS = "smixq"

_BLANKS = " \t\n\r"
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{each: each for each in "\\|.?*+(){}-[]^$"}}
_QUANTITY = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_MOST_DIGITS = 9


def parse_pattern(text: str, flags: str = "") -> Pattern:
    """The tree of a regular expression with XPath's flags `s m i x q`.

    Raises PatternError where it is none; FeelLimit for brackets nested too deeply.
    """
    for flag in flags:
        if flag not in FLAGS:
            raise PatternError(f"`{flag}` is no flag of a regular expression; these are s, m, i, x and q")
    if "q" in flags:
        parser = _Parser(text, dotall=False, any_case="i" in flags)
        return Pattern(Sequence(tuple(parser.one(each) for each in text)), 0, multiline=False)
    parser = _Parser(_unspaced(text) if "x" in flags else text, dotall="s" in flags, any_case="i" in flags)
    tree = parser.whole()
    return Pattern(tree, parser.groups, multiline="m" in flags, any_case="i" in flags)


def _unspaced(text: str) -> str:
    """The text without blanks outside of classes in brackets, as flag `x` has it."""
    kept, depth, escaped = [], 0, False
    for character in text:
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        if depth == 0 and character in _BLANKS:
            continue
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)


@define
class _Parser:
    """Reads from left to right; `groups` counts those opened, `closed` holds those that are closed."""

    text: str
    dotall: bool
    any_case: bool
    position: int = 0
    groups: int = 0
    depth: int = 0
    closed: set[int] = field(factory=set)

    def whole(self) -> Tree:
        tree = self._choice()
        if self.position < len(self.text):
            raise PatternError("`)` closes no group; write \\) where the character itself is meant")
        return tree

    def one(self, character: str) -> One:
        return One(self._cased(characters.of_characters(character)))

    def _cased(self, found: CharacterSet) -> CharacterSet:
        return characters.any_case(found) if self.any_case else found

    def _next(self) -> str:
        return self.text[self.position : self.position + 1]

    def _taken(self) -> str:
        character = self._next()
        self.position += 1
        return character

    def _choice(self) -> Tree:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise FeelLimit(f"the pattern has brackets inside brackets more than {MAXIMUM_DEPTH} deep")
        branches = [self._branch()]
        while self._next() == "|":
            self.position += 1
            branches.append(self._branch())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Tree:
        parts: list[Tree] = []
        while self._next() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _quantified(self, atom: Tree) -> Tree:
        match self._next():
            case "?" | "*" | "+" as sign:
                self.position += 1
                least, most = int(sign == "+"), 1 if sign == "?" else None
            case "{":
                least, most = self._quantity()
            case _:
                return atom
        reluctant = self._next() == "?"
        self.position += reluctant
        if self._next() and self._next() in "?*+{":
            raise PatternError(f"`{self._next()}` repeats what is repeated already")
        return Repeat(atom, least, most, greedy=not reluctant)

    def _quantity(self) -> tuple[int, int | None]:
        found = _QUANTITY.match(self.text, self.position)
        if found is None:
            raise PatternError("`{` starts a number of times, such as {2} or {2,4}; write \\{ for itself")
        self.position = found.end()
        if max(len(found[1]), len(found[3] or "")) > _MOST_DIGITS:
            raise FeelLimit(f"the pattern repeats a part more often than can be matched: {found[0][:20]}")
        least = int(found[1])
        most = (int(found[3]) if found[3] else None) if found[2] else least
        if most is not None and most < least:
            raise PatternError(f"`{found[0]}` has the greater number first")
        return least, most

    def _atom(self) -> Tree:
        match self._taken():
            case "(":
                return self._group()
            case "[":
                return One(self._class())
            case ".":
                return One(characters.ANYTHING if self.dotall else characters.NO_LINE_END)
            case "^" | "$" as sign:
                return Anchor(at_start=sign == "^")
            case "\\":
                return self._escaped()
            case "?" | "*" | "+" | "{" as sign:
                raise PatternError(f"nothing stands before `{sign}` that could be repeated")
            case "]" | "}" as sign:
                raise PatternError(
                    f"`{sign}` closes nothing; write \\{sign} where the character itself is meant"
                )
            case character:
                return self.one(character)

    def _group(self) -> Tree:
        number = 0
        if self.text.startswith("?:", self.position):
            self.position += 2
        elif self._next() == "?":
            raise PatternError("`(?` starts nothing that XPath knows but `(?:`")
        else:
            self.groups += 1
            number = self.groups
        inner = self._choice()
        if self._taken() != ")":
            raise PatternError("`(` is not closed; write \\( where the character itself is meant")
        if not number:
            return inner
        self.closed.add(number)
        return Group(number, inner)

    def _escaped(self) -> Tree:
        letter = self._taken()
        if letter.isascii() and letter.isdigit():
            return self._reference(letter)
        if letter in _SINGLE:
            return self.one(_SINGLE[letter])
        return One(self._escaped_set(letter))

    def _reference(self, digits: str) -> Tree:
        """A reference; of several digits as many count as there are groups so far."""
        while (more := self._next()).isascii() and more.isdigit() and int(digits + more) <= self.groups:
            digits += self._taken()
        if int(digits) not in self.closed:
            raise PatternError(f"`\\{digits}` stands for a group, but none of that number is closed before")
        return Reference(int(digits))

    def _escaped_set(self, letter: str) -> CharacterSet:
        """The set that an escape of several characters stands for, its letter having been taken."""
        if letter in ("p", "P"):
            named = self._property()
            return named if letter == "p" else characters.complement(named)
        found = characters.escape(letter) if letter else None
        if found is None:
            raise PatternError(f"`\\{letter}` is no escape that XPath knows")
        return found

    def _property(self) -> CharacterSet:
        end = self.text.find("}", self.position)
        if self._next() != "{" or end < 0:
            raise PatternError("behind `\\p` stands what is meant in braces, such as \\p{L}")
        name = self.text[self.position + 1 : end]
        self.position = end + 1
        is_block = name.startswith("Is")
        found = characters.block(name[2:]) if is_block else characters.category(name)
        if found is None:
            raise PatternError(f"`\\p{{{name}}}` names no {'block' if is_block else 'category'} of Unicode")
        return found

    def _class(self) -> CharacterSet:
        """A class in brackets, the first of which has been taken: `[a-z-[aeiou]]`."""
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise FeelLimit(f"the pattern has brackets inside brackets more than {MAXIMUM_DEPTH} deep")
        negated = self._next() == "^"
        self.position += negated
        parts: list[CharacterSet] = []
        without = characters.NOTHING
        while self._next() != "]" or not parts:
            if self._next() in ("", "]"):
                raise PatternError("`[` starts a class of characters that is empty or not closed")
            if self.text.startswith("-[", self.position) and parts:
                self.position += 2
                without = self._class()
                if self._next() != "]":
                    raise PatternError("behind the class that is taken away stands `]`")
                break
            parts.append(self._part())
        self.position += 1
        self.depth -= 1
        found = characters.union(parts)
        return characters.difference(characters.complement(found) if negated else found, without)

    def _part(self) -> CharacterSet:
        """A character of a class, a range of them, or an escape."""
        low = self._member()
        if isinstance(low, CharacterSet):
            return low
        follows = self.text[self.position + 1 : self.position + 2]
        if self._next() != "-" or follows in ("", "]", "["):
            return self._cased(characters.of_characters(low))
        self.position += 1
        high = self._member()
        if isinstance(high, CharacterSet) or high < low:
            raise PatternError(
                f"the range from `{low}` in a class has no character at or above it at its end"
            )
        return self._cased(characters.of_ranges([(ord(low), ord(high))]))

    def _member(self) -> str | CharacterSet:
        character = self._taken()
        if character == "[":
            raise PatternError("a `[` inside of a class is written \\[")
        if character != "\\":
            return character
        letter = self._taken()
        return _SINGLE[letter] if letter in _SINGLE else self._escaped_set(letter)
