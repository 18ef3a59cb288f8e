"""Notes on cells: those that THEIRS has written, changed or taken away come to OURS; none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.keeping.conflict_marks import own_note
from dmn_dli.keeping.house_style.notes import is_ours
from dmn_dli.merge.apply import Standing, is_all_of_theirs
from dmn_dli.merge.books import Versions
from dmn_dli.merge.grids import Edit, Grid, Key, MergedBook, Side
from dmn_dli.model.cell import column_letters
from dmn_dli.ooxml.book import EditedBook

_Cell = tuple[Key, Key]


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
    Of a note that both changed the texts of both are kept. Threaded comments are left as they are.
    """
    base_book, their_book = others
    for name, grid in merged.grids.items():
        their = versions.theirs[name]
        if is_all_of_theirs(grid, their):
            continue
        former = versions.base.get(name)
        before = {} if former is None or base_book is None else _notes(base_book, former)
        now = _notes(their_book, their)
        standing, sheet = standings[name], book.sheet(names[name])
        for row, column in dict.fromkeys((*before, *now)):
            place = standing.place(row, column)
            was, wanted = before.get((row, column), ""), now.get((row, column), "")
            if place is None or was == wanted or sheet.is_threaded(place):
                continue
            ours = own_note(sheet.note_text(place) or "")
            text = _together(was, ours, wanted)
            if text != ours:
                sheet.note(place, text or None)
                said = f"note on {column_letters(place[1])}{place[0]}"
                yield Edit(Side.THEIRS, name, said, row, column)


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


def _notes(book: EditedBook, grid: Grid) -> dict[_Cell, str]:
    """What the notes of a sheet say, but for what a merge has put there."""
    sheet = book.sheet(grid.name)
    rows, columns = ({place: key for key, place in axis.items()} for axis in (grid.rows, grid.columns))
    return {
        (rows[row], columns[column]): own_note(text)
        for (row, column), text in sheet.notes().items()
        if row in rows and column in columns and not sheet.is_threaded((row, column))
    }
