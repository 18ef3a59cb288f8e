"""How wide text is before anybody has drawn it, and how it breaks into lines.

Readers have different fonts. The widths are those of DejaVu Sans Bold, rounded up: of the faces that systems
come with it is the widest, so that what fits by this table fits everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width, normalize

_WIDTHS = {
    each: width
    for width, characters in {
        0.35: " 'ijl",
        0.4: ",./IJ\\|",
        0.48: "!()-:;[]ft",
        0.6: '"*?_`crsz',
        0.7: "$0123456789EFLTaekovxy{}",
        0.74: "PSYZbdghnpqu",
        0.84: "#+<=>ABCDGHKNRUVX^~",
        0.93: "&OQw",
        1.0: "@M",
        1.11: "%Wm",
    }.items()
    for each in characters
}
"""Of characters at a size of 1."""

_WIDE, _OTHER = 1.3, 1.05
_ELLIPSIS = "…"
_READ = 100
"""Characters that a line holds at most; what lies beyond is not looked at."""


def width(text: str, size: int) -> float:
    """How wide a line is at most, in the unit of `size`."""
    return size * sum(map(_character, text))


def wrapped(text: str, size: int, limit: float, most: int) -> tuple[str, ...]:
    """The text in lines of at most this width, broken at blanks if it can be; after `most` it ends in …."""
    read = text[: _READ * most]
    lines = [""]
    for word in read.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if width(joined, size) <= limit:
            lines[-1] = joined
        else:
            lines[-1:] = [*filter(None, lines[-1:]), *_pieces(word, size, limit)]
    if len(lines) > most or len(read) < len(text):
        del lines[most:]
        while lines[-1] and width(lines[-1] + _ELLIPSIS, size) > limit:
            lines[-1] = lines[-1][:-1]
        lines[-1] += _ELLIPSIS
    return tuple(lines)


def _pieces(word: str, size: int, limit: float) -> Iterator[str]:
    """A word, in several pieces where it is wider than a line."""
    piece = ""
    for each in word:
        if piece and width(piece + each, size) > limit:
            yield piece
            piece = ""
        piece += each
    yield piece


def _character(each: str) -> float:
    if each in _WIDTHS:
        return _WIDTHS[each]
    base = normalize("NFD", each)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if combining(each):
        return 0
    return _WIDE if east_asian_width(each) in "FW" else _OTHER
