"""The characters of the FEEL grammar: blanks, names, literals (DMN 1.5, section 10.3.1.2)."""

from __future__ import annotations

import re
from functools import cache

# Blanks inside a regular expression's character class.
BLANKS = "\\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_NAME_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-\u1fff"
    "\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    "\U00010000-\U000effff"
)
NAME_PART = _NAME_START + "0-9'\u00b7\u0300-\u036f\u203f\u2040"

NAME = re.compile(f"[{_NAME_START}][{NAME_PART}]*")
NAME_RUN = re.compile(f"[{NAME_PART}]+")
NAME_END = f"(?![{NAME_PART}])"
GAP = re.compile(f"(?:[{BLANKS}]+|//[^\n\r]*|/\\*.*?\\*/)+", re.DOTALL)
BLANK_RUN = re.compile(f"[{BLANKS}]+")

_BOUND_NAME = f"[{_NAME_START}](?:[{NAME_PART}{BLANKS}./\\-+*]*[{NAME_PART}./\\-+*])?"
_SHORTEST_NAME = f"[{_NAME_START}](?:[{NAME_PART}{BLANKS}./\\-+*]*?[{NAME_PART}./\\-+*])??"

NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
BARE_DATE = re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![{NAME_PART}])")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


# Compiled when first asked for: few texts give names, and these patterns take longer than all others.


@cache
def bound_name() -> re.Pattern[str]:
    """A name at the place where it is given: it may hold blanks and the additional name symbols."""
    return re.compile(_BOUND_NAME)


@cache
def argument_name() -> re.Pattern[str]:
    """The name of a named argument, and the colon behind it."""
    return re.compile(f"({_BOUND_NAME})[{BLANKS}]*:")


@cache
def iterator_name() -> re.Pattern[str]:
    """The name of an iterator, and the word `in` behind it."""
    return re.compile(f"({_SHORTEST_NAME})[{BLANKS}]+[iI][nN]{NAME_END}")


@cache
def iterator_end() -> re.Pattern[str]:
    """What a longer name of an iterator goes on with, and the next word `in` behind it."""
    return re.compile(f"[{NAME_PART}{BLANKS}./\\-+*]*?[{BLANKS}]+[iI][nN]{NAME_END}")


def squeeze(name: str) -> str:
    """The name with single blanks inside and none around."""
    return BLANK_RUN.sub(" ", name).strip()
