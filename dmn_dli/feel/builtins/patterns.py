"""What `matches`, `replace` and `split` do with regular expressions (DMN 1.5, section 10.3.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dmn_dli.feel.patterns.automaton import Automaton, Span
from dmn_dli.feel.patterns.backtracking import Backtracker
from dmn_dli.feel.patterns.errors import PatternError
from dmn_dli.feel.patterns.parser import parse_pattern
from dmn_dli.feel.patterns.program import compile_program
from dmn_dli.feel.reasons import Verbatim, note

_REPLACEMENT = re.compile(r"\\(.?)|\$([0-9]*)|[^\\$]+", re.DOTALL)

REPLACEMENT_IS = "write \\$ for a dollar sign, \\\\ for a backslash, $1 for a group"


def compiled(pattern: str, flags: str) -> Automaton | None:
    """The pattern with XPath's flags `s m i x q`; None where it is not valid.

    Raises FeelLimit where it is too large.
    """
    found = _compiled(pattern, flags)
    if isinstance(found, PatternError):
        note("{} is no regular expression of XPath: {}", pattern, Verbatim(found.message))
        return None
    return found


def checked(pattern: str, flags: str) -> Automaton:
    """As `compiled`, for what says what is wrong. Raises PatternError, in words, where it is not valid."""
    found = _compiled(pattern, flags)
    if isinstance(found, PatternError):
        raise found
    return found


@lru_cache(maxsize=64)
def _compiled(pattern: str, flags: str) -> Automaton | PatternError:
    try:
        program = compile_program(parse_pattern(pattern, flags))
        return Backtracker(program) if program.refers else Automaton(program)
    except PatternError as error:
        return error


def spans(expression: Automaton, text: str) -> Iterator[Span]:
    """The matches in the text, one behind the other; the pattern must not match the empty text."""
    start = 0
    while (found := expression.search(text, start)) is not None:
        yield found
        start = found[1]


def replacement(text: str, groups: int, *, literal: bool) -> list[str | int] | None:
    """The parts of XPath's replacement text, a group being its number; None where the text is not valid."""
    if literal:
        return [text]
    pieces: list[str | int] = []
    wrong = f"{{}} replaces nothing: {REPLACEMENT_IS}"
    for found in _REPLACEMENT.finditer(text):
        if found[0].startswith("\\"):
            if found[1] not in ("\\", "$") or not found[1]:
                note(wrong, text)
                return None
            pieces.append(found[1])
        elif found[0].startswith("$"):
            if not found[2]:
                note(wrong, text)
                return None
            pieces += _group_and_rest(found[2], groups)
        else:
            pieces.append(found[0])
    return pieces


def _group_and_rest(digits: str, groups: int) -> tuple[int, str]:
    """The number of a group at the start of the digits, as long as there is such a group, and the rest."""
    used = 1
    while used < len(digits) and int(digits[: used + 1]) <= groups:
        used += 1
    return int(digits[:used]), digits[used:]


def filled(pieces: list[str | int], text: str, span: Span) -> str:
    """The replacement for a match; a group that there is not, or that took no part, is empty."""
    return "".join(piece if isinstance(piece, str) else _group(text, span, piece) for piece in pieces)


def _group(text: str, span: Span, number: int) -> str:
    start, end = span[2 * number : 2 * number + 2] if 2 * number < len(span) else (-1, -1)
    return text[start:end] if 0 <= start <= end else ""
