"""Which two edits, one of each side, do not go together, where a clean merge is no longer whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from attrs import define, evolve, field, frozen

from dmn_dli.diff.edition import Edition
from dmn_dli.merge.apply import apply, final_names
from dmn_dli.merge.books import Versions, aligned, merge_books
from dmn_dli.merge.grids import Edit, Grids, Side
from dmn_dli.merge.merging import Version
from dmn_dli.merge.parts_of_edits import Piece, pieces, with_pieces, words
from dmn_dli.merge.smallest import SpentError, smallest
from dmn_dli.merge.whole import Problem, problems_of
from dmn_dli.ooxml.book import EditedBook

TRIALS = 60
"""How many workbooks, each with some of the edits, may be looked at. One takes about a second."""


@frozen
class Clash:
    """Edits that do not go together, in words, and what they bring about.

    Without either, every edit of the other, neither of the other, has the problem; certain: whether no edit
    could be left out, or the trials were spent before that was known.
    """

    problems: tuple[Problem, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    certain: bool = True


def clashes(
    versions: tuple[Version, Version, Version],
    found: Sequence[Problem],
    edits: Sequence[Edit],
    edition: Edition | None,
) -> tuple[Clash, ...]:
    """For each problem that a merge has brought about the fewest edits of both sides that bring it about.

    versions: base, OURS and THEIRS. edition: of the merged workbook, with the dictionary it is checked with.
    Without a base, since nobody knows then what an edit is, and of a dictionary the problems alone.
    """
    if edition is None or not versions[0].grids:
        return tuple(Clash((each,), (), (), certain=False) for each in found)
    base, ours, theirs = versions
    files = base.data, ours.data, theirs.data
    trials = _Trials(files, aligned(base.grids, ours.grids, theirs.grids), edition, TRIALS)
    told: list[Clash] = []
    left = list(found)
    while left:
        *taken, certain = trials.culprits(left[0])
        together = trials.seen(*taken)
        explained = [each for each in left if each is left[0] or each.about in together]
        left = [each for each in left if each not in explained]
        mine, other = (
            _worded(each, edits, side) for each, side in zip(taken, (Side.OURS, Side.THEIRS), strict=True)
        )
        told.append(Clash(tuple(explained), mine, other, certain))
    return tuple(told)


def _worded(taken: Iterable[Piece], edits: Iterable[Edit], side: Side) -> tuple[str, ...]:
    own = [each for each in edits if each.side is side]
    return tuple(dict.fromkeys(said for piece in taken for said in words(piece, own)))


_About = frozenset[tuple[str, ...]]
_Pieces = Sequence[Piece]


@define
class _Trials:
    """Workbooks with some of the edits of both sides, and what is wrong with each."""

    files: tuple[bytes, bytes, bytes]
    versions: Versions
    edition: Edition
    left: int
    known: dict[tuple[frozenset[Piece], frozenset[Piece]], _About] = field(factory=dict)

    def culprits(self, problem: Problem) -> tuple[list[Piece], list[Piece], bool]:
        """The fewest pieces of both sides that bring a problem about; whether none can be left out."""
        ours = list(pieces(self.versions.base, self.versions.ours))
        theirs = list(pieces(self.versions.base, self.versions.theirs))
        with suppress(SpentError):
            if not self._shows(problem, ours, theirs):  # one more of a kind that a side has already
                return ours, theirs, False
        fewer = smallest(theirs, lambda part: self._shows(problem, ours, part))
        fewest = smallest(ours, lambda part: self._shows(problem, part, fewer))
        return fewest, fewer, self.left > 0

    def seen(self, ours: _Pieces, theirs: _Pieces) -> _About:
        """What is known to be wrong with these edits."""
        return self.known.get((frozenset(ours), frozenset(theirs)), frozenset())

    def _shows(self, problem: Problem, ours: _Pieces, theirs: _Pieces) -> bool:
        """Whether the edits have the problem together, and neither side's have it alone."""
        return (
            problem.about in self._wrong(ours, theirs)
            and problem.about not in self._wrong(ours, [])
            and problem.about not in self._wrong([], theirs)
        )

    def _wrong(self, ours: _Pieces, theirs: _Pieces) -> _About:
        key = frozenset(ours), frozenset(theirs)
        if key not in self.known:
            if self.left == 0:
                raise SpentError
            self.left -= 1
            data = self._data(ours, theirs)
            tried = Edition(self.edition.shown, self.edition.name, data, self.edition.dictionary)
            self.known[key] = frozenset(each.about for each in problems_of(tried))
        return self.known[key]

    def _data(self, ours: _Pieces, theirs: _Pieces) -> bytes:
        """The workbook of the base with these pieces of both sides."""
        base = self.versions.base
        first = _Partial(self.files[0], base)
        mixed = first.with_edits(base, self.files[1], with_pieces(base, self.versions.ours, ours))
        return mixed.with_edits(base, self.files[2], with_pieces(base, self.versions.theirs, theirs)).data


@frozen
class _Partial:
    """A file, and the grids of what it holds."""

    data: bytes
    grids: Grids

    def with_edits(self, base: Grids, other: bytes, grids: Grids) -> _Partial:
        """The file with what another one changed, of which `grids` says how much."""
        book = EditedBook(self.data)
        versions = Versions(base, self.grids, grids)
        merged = merge_books(versions)
        standings = apply(book, EditedBook(other), merged, versions)
        names = final_names(merged, versions)
        there = {
            name: evolve(grids[name], name=names[name], rows=each.rows, columns=each.columns)
            for name, each in standings.items()
            if name in grids
        }
        return _Partial(book.data(), there)
