"""Regular expressions of XML Schema and XPath, as Python's `re` (DMN 1.5, section 10.3.4.3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE}
_REPLACEMENT = re.compile(r"\\(.?)|\$([0-9]*)|[^\\$]+", re.DOTALL)
# Python's own escapes that XPath has not; `\Z` and such would otherwise pass silently.
_FOREIGN = frozenset("AZabBuUxNvfgGkKRXPpiIcCzlLEQ")


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    """The pattern with XPath's flags `s m i x q`; None where it is not valid, or Python has none such."""
    options = re.RegexFlag(0)
    for flag in flags:
        if flag not in "smixq":
            return None
        options |= _FLAGS.get(flag, re.RegexFlag(0))
    source: str | None = re.escape(pattern)
    if "q" not in flags:
        source = _translated(
            _unspaced(pattern) if "x" in flags else pattern, multiline="m" in flags, dotall="s" in flags
        )
    if source is None:
        return None
    try:
        return re.compile(source, options)
    except (re.error, OverflowError, RecursionError):
        return None


def _unspaced(pattern: str) -> str:
    """The pattern without blanks outside of brackets, as flag `x` has it."""
    kept, depth = [], 0
    for position, character in enumerate(pattern):
        if not pattern[:position].endswith("\\"):
            depth += (character == "[") - (character == "]")
        if depth > 0 or not character.isspace():
            kept.append(character)
    return "".join(kept)


_PIECE = re.compile(r"\\.?|\(\?.?|\[\^?|.", re.DOTALL)


def _translated(pattern: str, *, multiline: bool, dotall: bool) -> str | None:
    """The pattern as Python writes it; None where it uses what only one of the two has."""
    pieces = _PIECE.findall(pattern)
    parts: list[str] = []
    while pieces:
        piece = pieces.pop(0)
        if piece.startswith("["):
            pieces.insert(0, piece)
            found = _character_class(pieces)
            if found is None:
                return None
            parts.append(found)
            continue
        if piece == "\\" or (piece[0] == "\\" and piece[1] in _FOREIGN):
            return None
        if piece.startswith("(?") and piece != "(?:":
            return None
        if piece == "$" and not multiline:
            piece = r"\Z"
        elif piece == "." and not dotall:
            piece = r"[^\n\r]"
        parts.append(piece)
    return "".join(parts)


def _character_class(pieces: list[str]) -> str | None:
    """Takes a class in brackets off the pieces, one subtracted from it included: `[A-Z-[OI]]`."""
    parts = [pieces.pop(0)]
    while pieces:
        piece = pieces.pop(0)
        if piece == "]":
            return "".join([*parts, "]"])
        if piece.startswith("["):
            if parts.pop() != "-":
                return None
            pieces.insert(0, piece)
            subtracted = _character_class(pieces)
            if subtracted is None or not pieces or pieces.pop(0) != "]":
                return None
            return f"(?:(?!{subtracted})" + "".join([*parts, "])"])
        if piece[0] == "\\" and (piece == "\\" or piece[1].isdigit() or piece[1] in _FOREIGN):
            return None
        parts.append(piece)
    return None


def replacement(text: str, groups: int, *, literal: bool) -> Callable[[re.Match[str]], str] | None:
    """What fills in XPath's replacement text for a match; None where the text is not valid."""
    if literal:
        return lambda _: text
    pieces: list[str | int] = []
    for found in _REPLACEMENT.finditer(text):
        if found[0].startswith("\\"):
            if found[1] not in ("\\", "$") or not found[1]:
                return None
            pieces.append(found[1])
        elif found[0].startswith("$"):
            if not found[2]:
                return None
            digits = found[2]
            used = len(digits)
            while used > 1 and int(digits[:used]) > groups:
                used -= 1
            pieces += [int(digits[:used]), digits[used:]]
        else:
            pieces.append(found[0])

    def fill(found: re.Match[str]) -> str:
        return "".join(piece if isinstance(piece, str) else _group(found, piece) for piece in pieces)

    return fill


def _group(found: re.Match[str], number: int) -> str:
    return found[number] or "" if number <= found.re.groups else ""
