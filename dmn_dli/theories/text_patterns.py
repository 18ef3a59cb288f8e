"""Regular expressions that are a few words: `^E1[01]` is a text that starts with "E10" or "E11"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from dmn_dli.feel.patterns.errors import PatternError
from dmn_dli.feel.patterns.parser import parse_pattern
from dmn_dli.feel.patterns.syntax import Anchor, Choice, Group, One, Repeat, Tree
from dmn_dli.feel.patterns.syntax import Sequence as Parts
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.constants import NotAnalysable

_MOST_WORDS = 256
"""How many words a pattern may stand for."""

_START, _END = Anchor(at_start=True), Anchor(at_start=False)

_Word = tuple[str | Anchor, ...]
"""Characters, and the places `^` and `$`."""


def pattern_marks(pattern: object, flags: object, case: str) -> Iterator[Mark]:
    """The marks that settle whether a pattern occurs in a text. Raises NotAnalysable."""
    if not isinstance(pattern, str) or not isinstance(flags, str | None):
        return
    try:
        read = parse_pattern(pattern, flags or "")
    except PatternError:
        return  # then the answer is null, whatever the text
    if read.multiline:
        raise NotAnalysable
    for word in _words(_bounded(read.tree)):
        yield _mark(word, case)


def _mark(word: _Word, case: str) -> Mark:
    """Whether a word occurs, at the start and the end where it says so. Raises NotAnalysable."""
    first = word[0] == _START if word else False
    last = word[-1] == _END if word[first:] else False
    inner = word[first : len(word) - last]
    text = "".join(each for each in inner if isinstance(each, str))
    if len(text) != len(inner):
        raise NotAnalysable
    if first and last:
        return Mark("is", text, case=case)
    return Mark("starts" if first else "ends" if last else "contains", text, case=case)


def _bounded(tree: Tree) -> Tree:
    """A pattern that occurs where another does, without what may follow or go before without end."""
    match tree:
        case Choice(branches):
            return Choice(tuple(map(_bounded, branches)))
        case Parts(parts) if parts:
            first, last = _least(parts[0]), _least(parts[-1])
            return Parts((first, *parts[1:-1], last)) if len(parts) > 1 else first
    return _least(tree)


def _least(tree: Tree) -> Tree:
    """Where an end is open, what is there as often as it must be is there."""
    return Repeat(tree.part, tree.least, tree.least, tree.greedy) if isinstance(tree, Repeat) else tree


def _words(tree: Tree) -> list[_Word]:
    """All words that a pattern stands for. Raises NotAnalysable where they are too many."""
    match tree:
        case Anchor():
            return [(tree,)]
        case One(characters):
            if sum(high - low + 1 for low, high in characters.ranges) > _MOST_WORDS:
                raise NotAnalysable
            return [(chr(each),) for low, high in characters.ranges for each in range(low, high + 1)]
        case Parts(parts):
            return _joined([_words(part) for part in parts])
        case Choice(branches):
            return _few([word for branch in branches for word in _words(branch)])
        case Group(_, inner):
            return _words(inner)
        case Repeat(_, _, 0):
            return [()]
        case Repeat(part, least, most) if most is not None and most <= _MOST_WORDS:
            words = _words(part)
            return _few([word for count in range(least, most + 1) for word in _joined([words] * count)])
    raise NotAnalysable


def _joined(parts: Sequence[list[_Word]]) -> list[_Word]:
    """One word of each part behind the other."""
    found: list[_Word] = [()]
    for words in parts:
        found = _few([(*left, *right) for left, right in product(found, words)])
    return found


def _few(words: list[_Word]) -> list[_Word]:
    if len(words) > _MOST_WORDS:
        raise NotAnalysable
    return words
