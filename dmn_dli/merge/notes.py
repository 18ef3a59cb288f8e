"""Notes on cells: those that THEIRS has written, changed or taken away come to OURS; none is lost.

Threaded comments stay as OURS has them, since they hang on people and days of their own file: what THEIRS has
said in them is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from dmn_dli.keeping.conflict_marks import own_note
from dmn_dli.keeping.house_style.notes import is_ours
from dmn_dli.merge.apply import Standing, is_all_of_theirs
from dmn_dli.merge.books import Versions
from dmn_dli.merge.grids import Conflict, Edit, Grid, Key, MergedBook, Side
from dmn_dli.merge.words import REMOVED
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.places import reference_of

COMMENT = "comment"
"""The kind of a conflict about a threaded comment of THEIRS."""

_Cell = tuple[Key, Key]
_COMMENT = "\nComment:\n"
"""What parts the words of Excel in the note that is a threaded comment's copy from those of people."""


@frozen
class _Note:
    """What a note says, and whether it is the copy of a thread."""

    text: str
    threaded: bool


_NO_NOTE = _Note("", threaded=False)


def bring_notes(
    book: EditedBook,
    others: tuple[EditedBook | None, EditedBook],
    merged: MergedBook,
    versions: Versions,
    standings: Mapping[str, Standing],
    names: Mapping[str, str],
) -> Iterator[Edit]:
    """Merge the notes of the sheets that both sides have; what was done.

    book: OURS', merged but for its notes. others: base and THEIRS. names: the tabs' after the merge.
    Of a note that both changed the texts of both are kept. Threaded comments are left: `comment_conflicts`.
    """
    for name, before, now in _on_both(others, merged, versions):
        standing, sheet = standings[name], book.sheet(names[name])
        for cell in dict.fromkeys((*before, *now)):
            place = standing.place(*cell)
            was, wanted = _untied(before.get(cell)), _untied(now.get(cell))
            if place is None or was == wanted or sheet.is_threaded(place):
                continue
            ours = own_note(sheet.note_text(place) or "")
            text = _together(was, ours, wanted)
            if text != ours:
                sheet.note(place, text or None)
                yield Edit(Side.THEIRS, name, f"note on {reference_of(*place)}", *cell)


def comment_conflicts(
    book: EditedBook,
    others: tuple[EditedBook | None, EditedBook],
    merged: MergedBook,
    versions: Versions,
    standings: Mapping[str, Standing],
    names: Mapping[str, str],
) -> Iterator[Conflict]:
    """The threaded comments that THEIRS has written, changed or taken away, on sheets that both sides have.

    Arguments as of `bring_notes`. A program that knows no threads leaves their copies, which say the same.
    """
    for name, before, now in _on_both(others, merged, versions):
        sheet = book.sheet(names[name])
        for cell in dict.fromkeys((*before, *now)):
            then, there = before.get(cell, _NO_NOTE), now.get(cell, _NO_NOTE)
            was, wanted = _said(then.text), _said(there.text)
            place = standings[name].place(*cell)
            if place is None or _same(was, wanted) or not (there.threaded or then.threaded):
                continue
            ours = _said(own_note(sheet.note_text(place) or ""))
            if not _same(ours, wanted):
                yield Conflict(name, COMMENT, was, ours, wanted or REMOVED, *cell)


def _on_both(
    others: tuple[EditedBook | None, EditedBook], merged: MergedBook, versions: Versions
) -> Iterator[tuple[str, Mapping[_Cell, _Note], Mapping[_Cell, _Note]]]:
    """The sheets that both sides have, each with the notes of base and of THEIRS."""
    base_book, their_book = others
    for name, grid in merged.grids.items():
        their = versions.theirs[name]
        if is_all_of_theirs(grid, their):
            continue
        former = versions.base.get(name)
        before = {} if former is None or base_book is None else _notes(base_book, former)
        yield name, before, _notes(their_book, their)


def _notes(book: EditedBook, grid: Grid) -> dict[_Cell, _Note]:
    """The notes of a sheet by the keys of their cells, without what a merge has put there."""
    sheet = book.sheet(grid.name)
    rows, columns = ({place: key for key, place in axis.items()} for axis in (grid.rows, grid.columns))
    return {
        (rows[row], columns[column]): _Note(own_note(text), sheet.is_threaded((row, column)))
        for (row, column), text in sheet.notes().items()
        if row in rows and column in columns
    }


def _untied(note: _Note | None) -> str:
    """What a note says that belongs to no thread."""
    return "" if note is None or note.threaded else note.text


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same, in whatever lines a program writes them."""
    return one.split() == other.split()


def _said(text: str) -> str:
    return text.partition(_COMMENT)[2].strip() or text.strip()


def _together(was: str, ours: str, theirs: str) -> str:
    """A note that THEIRS has changed, and perhaps OURS: what both have written, none of it twice.

    Of two that the house style has written anew OURS stays, which the next `format` writes from the
    dictionary.
    """
    if ours in (was, theirs):
        return theirs
    if was and theirs.startswith(f"{was}\n"):
        return f"{ours}\n\n{theirs.removeprefix(was).strip()}"
    if was and ours.startswith(f"{was}\n"):
        return f"{theirs}\n\n{ours.removeprefix(was).strip()}".strip()
    if is_ours(ours) and is_ours(theirs):
        return ours
    return f"{ours}\n\n{theirs}".strip()
