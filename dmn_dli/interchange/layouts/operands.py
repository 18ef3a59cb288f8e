"""The values that cells of other people's tables hold, and what they are: numbers, text, days."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from attrs import frozen

from dmn_dli.feel import characters
from dmn_dli.feel.text import to_feel
from dmn_dli.interchange.layouts.drafts import Entry
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import repair_text, trim

NUMBER, BOOLEAN, DATE, STRING, WORD, NULL, OTHER = (
    "number",
    "boolean",
    "date",
    "string",
    "word",
    "null",
    "other",
)
"""Kinds of an operand. A word is text without quotes; other is what is no single value."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d{1,3})?")
_PERCENT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*%")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_CALL = re.compile(r"""date\(\s*["'](\d{4}-\d{2}-\d{2})["']\s*\)""")
_DATE_LITERAL = re.compile(r'@"(\d{4}-\d{2}-\d{2})"')
_BOOLEANS = {"true": "true", "false": "false"}
YES_NO = {"yes": "true", "no": "false"}


@frozen
class Operand:
    """A value: its kind, and its text: a string's characters, a number's digits, a day as ISO has it."""

    kind: str
    text: str

    @property
    def feel(self) -> str:
        """The value as FEEL writes it."""
        if self.kind in (STRING, WORD):
            return to_feel(self.text)
        return f'date("{self.text}")' if self.kind == DATE else self.text


def unquoted(text: str) -> str | None:
    """The characters of a text in quotes; None where it is none."""
    found = characters.STRING.fullmatch(text)
    if found is None:
        return None
    return re.sub(r"\\(.)", lambda each: {"n": "\n", "t": "\t"}.get(each[1], each[1]), found[0][1:-1])


@lru_cache(65_536)
def operand(text: str) -> Operand:
    """What a text says that is one value."""
    text = trim(text)
    plain = unquoted(text)
    if plain is not None:
        return Operand(STRING, plain)
    if _NUMBER.fullmatch(text):
        return Operand(NUMBER, plain_digits(text))
    percent = _PERCENT.fullmatch(text)
    if percent is not None:
        return Operand(NUMBER, plain_digits(str(Decimal(percent[1]) / 100)))
    for pattern in (_DATE_CALL, _DATE_LITERAL):
        if (found := pattern.fullmatch(text)) is not None:
            return Operand(DATE, found[1])
    if _DAY.fullmatch(text):
        return Operand(DATE, text)
    if text.casefold() in _BOOLEANS:
        return Operand(BOOLEAN, _BOOLEANS[text.casefold()])
    if text == "null":
        return Operand(NULL, "null")
    return Operand(WORD if text and not set(text) & set('"[]{}()<>=') else OTHER, text)


def plain_digits(text: str) -> str:
    """A number in plain digits."""
    return format(Decimal(text), "f").removeprefix("+")


def value_of(entry: Entry) -> Operand:
    """What an entry holds, where it is one value."""
    if entry.plain:
        return Operand(STRING, entry.text)
    match entry.kind:
        case CellKind.NUMBER:
            return Operand(NUMBER, entry.text)
        case CellKind.BOOLEAN:
            return Operand(BOOLEAN, entry.text)
        case CellKind.DATE if "T" not in entry.text:
            return Operand(DATE, entry.text)
        case CellKind.DATE:
            return Operand(OTHER, f'date and time("{entry.text}")')
        case CellKind.TIME:
            return Operand(OTHER, f'time("{entry.text}")')
    plain = operand(plain_text(entry))
    return plain if plain.kind not in (WORD, OTHER) else operand(entry.text)


def plain_text(entry: Entry) -> str:
    """The entry's text with plain quotes, blanks and comparison signs."""
    return entry.text if entry.plain else repair_text(entry.text)[0]


def parts_of(text: str, separator: str = ",") -> list[str]:
    """The parts of a text between separators that stand in no quotes and no brackets."""
    parts: list[str] = []
    depth, begun, position = 0, 0, 0
    while position < len(text):
        character = text[position]
        if character == '"':
            found = characters.STRING.match(text, position)
            position = found.end() if found is not None else len(text)
            continue
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif depth <= 0 and text.startswith(separator, position):
            parts.append(text[begun:position])
            position += len(separator)
            begun = position
            continue
        position += 1
    return [*parts, text[begun:]]
