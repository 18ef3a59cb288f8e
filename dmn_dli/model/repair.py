"""Blanks and typographic characters that Excel, Word and web pages leave in a cell, read as plain ones."""

from __future__ import annotations

import re

from dmn_dli.runtime.words import composed

# Zero-width characters, direction marks and soft hyphens: nobody sees them, and they part equal words.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CURLY_DOUBLE = "“”„‟＂"
_DOUBLE = '"' + _CURLY_DOUBLE
_SPELLINGS = {
    **dict.fromkeys(_CURLY_DOUBLE, '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("‐‑−", "-"),
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "…": "..",
}
_WIDE = {chr(each + 0xFEE0): chr(each) for each in range(0x21, 0x7F)}
"""ASCII in full width, as keyboards for Chinese, Japanese and Korean give it."""

_SPELLINGS = _WIDE | _SPELLINGS
_CURLY = "curly quotes"
_NAMES = {
    **dict.fromkeys(_WIDE, "full-width characters"),
    **dict.fromkeys(_CURLY_DOUBLE + "‘’", _CURLY),
    **dict.fromkeys("‐‑−", "typographic hyphens"),
}
_SPECIAL = re.compile(f"[{re.escape(''.join(_SPELLINGS))}]")
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
_ODD_BLANK = re.compile(r"[^\S \t\r\n\v\f\x85\u2028\u2029]")
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029])[\s]*")
_BLANKS = re.compile(r"\t[ \t]*| [ \t]+")
_LONG_DASHES = ("–", "—")
# A string in quotes of either kind, a comment, or a stretch of anything else.
_PIECES = re.compile(
    rf'"(?:\\.|[^"\\])*"'
    rf'|[{_CURLY_DOUBLE}](?:\\.|[^"\\{_CURLY_DOUBLE}])*["{_CURLY_DOUBLE}]'
    rf'|"(?:\\.|[^"\\{_CURLY_DOUBLE}])*[{_CURLY_DOUBLE}]'
    r"|//[^\n]*\n?|/\*.*?\*/"
    rf'|(?:(?!//|/\*)[^"{_CURLY_DOUBLE}])+|.',
    re.DOTALL,
)


def trim(text: str) -> str:
    """The text without outer blanks, of whatever kind and width."""
    previous = None
    while text != previous:
        previous, text = text, text.strip().strip(_INVISIBLE)
    return text


def repair_blanks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with single plain blanks and no invisible characters; and what was repaired, in words."""
    found: dict[str, None] = {}
    return _without_outer_blanks(_single_blanks(text, found), found), tuple(found)


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """An expression, unary test or name in plain characters; and what was repaired, in words.

    What stands inside FEEL's string quotes and comments is kept; quotes themselves are straightened. A dash
    alone is the `-` that accepts any value. Repairing what is repaired changes nothing.
    """
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text, ()
    found: dict[str, None] = {}
    previous = None
    while text != previous:
        # Again, since dropping an invisible character may join the two that begin a comment.
        previous = text
        repaired = "".join(_repair_piece(match.group(), found) for match in _PIECES.finditer(text))
        text = _without_outer_blanks(repaired, found)
    if text in _LONG_DASHES:
        found["a long dash"] = None
        text = "-"
    return text, tuple(found)


def plain_word(text: str) -> str:
    """What somebody typed as it is compared with a name: repaired, and without letter case."""
    return composed(repair_text(text)[0]).casefold()


def _repair_piece(piece: str, found: dict[str, None]) -> str:
    """Straighten the quotes of a string, keep a comment, repair all else."""
    if len(piece) > 1 and piece[0] in _DOUBLE:
        if piece[0] + piece[-1] != '""':
            found[_CURLY] = None
        return f'"{piece[1:-1]}"'
    if piece.startswith(("//", "/*")):
        return piece
    for character in _SPECIAL.findall(piece):
        plain = _SPELLINGS[character]
        found[_NAMES.get(character, f"{character} (read as {plain})")] = None
    return _single_blanks(_SPECIAL.sub(lambda match: _SPELLINGS[match.group()], piece), found)


def _single_blanks(text: str, found: dict[str, None]) -> str:
    if _INVISIBLES.search(text):
        found["invisible characters"] = None
        text = _INVISIBLES.sub("", text)
    if _ODD_BLANK.search(text):
        found["non-breaking blanks"] = None
        text = _ODD_BLANK.sub(" ", text)
    if _LINE_BREAK.search(text):
        found["line breaks"] = None
    text = _LINE_BREAK.sub(" ", text)
    if _BLANKS.search(text):
        found["extra blanks"] = None
    return _BLANKS.sub(" ", text)


def _without_outer_blanks(text: str, found: dict[str, None]) -> str:
    stripped = text.strip()
    if stripped != text:
        found["extra blanks"] = None
    return stripped
