"""Sets of characters as ranges of code points, and those that patterns name: `\\d`, `\\p{Lu}`."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from attrs import frozen

from dmn_dli.feel.patterns.blocks import BLOCKS

_END = 0x110000
# Beyond these Unicode assigns nothing but private use, so that there is no need to look at each code point.
_ASSIGNED = ((0, 0x40000), (0xE0000, 0xE1000))
_PRIVATE = ((0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_LAST_CASED = 0x1F000


@frozen
class CharacterSet:
    """A set of characters: the code points where membership changes, the first of them where it begins."""

    edges: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        """Whether the character is in the set."""
        return bisect_right(self.edges, ord(character)) % 2 == 1

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """First and last code point of each unbroken range."""
        return [(low, high - 1) for low, high in zip(self.edges[::2], self.edges[1::2], strict=True)]


def of_ranges(ranges: Iterable[tuple[int, int]]) -> CharacterSet:
    """The set of all code points in the ranges, both ends included."""
    edges: list[int] = []
    for low, high in sorted(ranges):
        if edges and low <= edges[-1]:
            edges[-1] = max(edges[-1], high + 1)
        else:
            edges += [low, high + 1]
    return CharacterSet(tuple(edges))


def of_characters(characters: str) -> CharacterSet:
    """The set of these characters."""
    return of_ranges((ord(each), ord(each)) for each in characters)


def union(sets: Iterable[CharacterSet]) -> CharacterSet:
    """What is in any of the sets."""
    return of_ranges(each for found in sets for each in found.ranges)


def complement(found: CharacterSet) -> CharacterSet:
    """What is not in the set."""
    edges = found.edges
    start = edges[1:] if edges[:1] == (0,) else (0, *edges)
    return CharacterSet(start[:-1] if start[-1:] == (_END,) else (*start, _END))


def difference(found: CharacterSet, without: CharacterSet) -> CharacterSet:
    """What is in the first set and not in the second."""
    return complement(union((complement(found), without)))


def any_case(found: CharacterSet) -> CharacterSet:
    """The set with all case variants of its characters (flag `i`)."""
    more = [
        (variant, variant)
        for code, variants in _variants().items()
        if chr(code) in found
        for variant in variants
    ]
    return of_ranges([*found.ranges, *more])


@cache
def _variants() -> dict[int, frozenset[int]]:
    """For each code point that has case variants these: the same in small letters, or in capitals."""
    alike: dict[tuple[str, str], set[int]] = {}
    cased = []
    for code in range(_LAST_CASED):
        character = chr(code)
        small, capital = character.lower(), character.upper()
        if small != character or capital != character:
            cased.append((code, small, capital))
            alike.setdefault(("small", small), set()).add(code)
            alike.setdefault(("capital", capital), set()).add(code)
    return {
        code: frozenset(alike["small", small] | alike["capital", capital]) for code, small, capital in cased
    }


@cache
def category(name: str) -> CharacterSet | None:
    """The characters of a general category, `L` or `Lu`; None where Unicode has none such."""
    found = [each for full, ranges in _categories().items() if full.startswith(name) for each in ranges]
    return of_ranges(found) if found and len(name) in (1, 2) else None


@cache
def _categories() -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {"Co": list(_PRIVATE)}
    for first, end in _ASSIGNED:
        start, current = first, unicodedata.category(chr(first))
        for code in range(first + 1, end):
            following = unicodedata.category(chr(code))
            if following != current:
                found.setdefault(current, []).append((start, code - 1))
                start, current = code, following
        found.setdefault(current, []).append((start, end - 1))
    unassigned = complement(of_ranges([*_ASSIGNED_RANGES, *_PRIVATE]))
    found["Cn"] += unassigned.ranges
    return found


_ASSIGNED_RANGES = tuple((first, end - 1) for first, end in _ASSIGNED)


@cache
def block(name: str) -> CharacterSet | None:
    """The characters of a block, by its name without blanks: `BasicLatin`; None where there is none such."""
    found = BLOCKS.get(name)
    return None if found is None else of_ranges([found])


_NAME_START = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF),
    (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_FURTHER = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


@cache
def escape(letter: str) -> CharacterSet | None:
    """The characters that `\\` and the letter stand for (`s i c d w`; in capitals all others); else None."""
    if letter in "SICDW":
        inner = escape(letter.lower())
        return None if inner is None else complement(inner)
    match letter:
        case "s":
            return of_characters(" \t\n\r")
        case "i":
            return of_ranges(_NAME_START)
        case "c":
            return of_ranges((*_NAME_START, *_NAME_FURTHER))
        case "d":
            return category("Nd")
        case "w":
            return complement(union(found for name in "PZC" if (found := category(name)) is not None))
    return None


NOTHING = CharacterSet(())
ANYTHING = complement(NOTHING)
NO_LINE_END = complement(of_characters("\n\r"))
