"""A text before and after an edit side by side, the words that changed in it marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from dmn_dli.page.html import Child, h, lines
from dmn_dli.report.edit_words import BLANK
from dmn_dli.report.layout import many

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

_MOST_WORDS, _WORD = 600, 20
"""Texts of more words, or longer than such words, are compared from both ends only, which takes no time."""

_LONG = 700
"""A text of more characters is shown in part; how many are left out is said."""

_KEPT = 80
"""So much of what stayed alike is shown on each side of a change in a long text."""

_MOST_CHANGED = 500
"""So much of a piece that changed is shown in a long text."""


@frozen
class _Piece:
    """A piece of both texts: the same in both, or what stands for what."""

    old: str
    new: str

    @property
    def kept(self) -> bool:
        return self.old == self.new


def marked(old: str, new: str) -> tuple[Child, Child]:
    """Both texts, what left the old one and came to the new one marked."""
    pieces = list(_pieces(old, new))
    long = max(len(old), len(new)) > _LONG
    return (
        _side([(piece.old, piece.kept) for piece in pieces], "del", long=long),
        _side([(piece.new, piece.kept) for piece in pieces], "ins", long=long),
    )


def shown(text: str) -> Child:
    """A text by itself, which may be blank or long."""
    return _side([(text, False)], "", long=len(text) > _LONG)


def _pieces(old: str, new: str) -> Iterator[_Piece]:
    before, after = (_WORDS.findall(text[: _WORD * _MOST_WORDS]) for text in (old, new))
    long = max(len(old), len(new)) > _WORD * _MOST_WORDS
    if long or max(len(before), len(after)) > _MOST_WORDS:
        yield from _from_both_ends(old, new)
        return
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    same = "".join("".join(before[a:b]) for tag, a, b, _, _ in found if tag == "equal")
    if not any(map(str.isalnum, same)):
        yield _Piece(old, new)
        return
    yield from _joined(_Piece("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in found)


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, changes between which only blanks or marks stay alike as one: as people would mark them."""
    waiting: list[_Piece] = []
    for piece in pieces:
        if piece.kept and any(map(str.isalnum, piece.old)):
            yield from _one(waiting)
            waiting = []
            yield piece
        else:
            waiting.append(piece)
    yield from _one(waiting)


def _one(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces as one, what they begin and end with alike by itself."""
    first = next((place for place, piece in enumerate(pieces) if not piece.kept), len(pieces))
    last = next((place for place, piece in enumerate(reversed(pieces)) if not piece.kept), 0)
    yield from pieces[:first]
    middle = pieces[first : len(pieces) - last]
    if middle:
        yield _Piece("".join(piece.old for piece in middle), "".join(piece.new for piece in middle))
        yield from pieces[len(pieces) - last :]


def _from_both_ends(old: str, new: str) -> Iterator[_Piece]:
    """What both texts begin and end with, and what stands between."""
    first = _alike(old, new)
    rest = old[first:], new[first:]
    last = _alike(rest[0][::-1], rest[1][::-1])
    middle = [each[: len(each) - last] for each in rest]
    end = rest[0][len(rest[0]) - last :]
    yield from (_Piece(*pair) for pair in ((old[:first], new[:first]), (middle[0], middle[1]), (end, end)))


def _alike(old: str, new: str) -> int:
    """With how many characters both texts begin alike."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old.startswith(new[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _side(pieces: Sequence[tuple[str, bool]], mark: str, *, long: bool) -> Child:
    if not any(text.strip() for text, _ in pieces):
        return h("em", BLANK, class_="blank")
    told: list[Child] = []
    for text, kept in pieces:
        if not text:
            continue
        content = lines(_shortened(text, kept=kept) if long else text)
        told.append(h(mark, content) if mark and not kept else [content])
    return told


def _shortened(text: str, *, kept: bool) -> str:
    """A piece of a long text; what is left out is counted."""
    if kept and len(text) > 3 * _KEPT:
        return f"{text[:_KEPT]} … ({_characters(len(text) - 2 * _KEPT)} as before) … {text[-_KEPT:]}"
    if not kept and len(text) > _MOST_CHANGED:
        rest = len(text) - _MOST_CHANGED
        return f"{text[:_MOST_CHANGED]} … (and {_characters(rest)} more)"
    return text


def _characters(number: int) -> str:
    return many(number, "character")
