"""How cells look on which two versions disagree: a colour, and a note with both values.

The colour holds only as long as the sheet Conflicts is there: whoever has decided and deletes it sees the
colours go. The notes go with the next `format` or `merge` (`without_settled_marks`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.excel.conflicts import SHEET, ListedConflict
from dmn_dli.model.repair import plain_word
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Highlight
from dmn_dli.ooxml.places import reference_of
from dmn_dli.ooxml.sheet import EditedSheet, Place
from dmn_dli.runtime.plain import visible

COLOUR = "FDBA74"
MARKER = "dmn-dli merge"

_NOTE_HEAD = "Two versions disagree (dmn-dli merge):"
_NOTE_END = (
    f"Write into the cell what is to hold. When all is decided, delete the sheet {SHEET}: the colours go "
    "with it, and these notes at the next dmn-dli format."
)
_WHILE_LISTED = f'ISREF(INDIRECT("{SHEET}!A1"))'
_LONGEST = 2_000
"""Characters of one value in a note; the sheet has all of it."""


def mark(sheet: EditedSheet, conflicts: Mapping[Place, Sequence[ListedConflict]]) -> None:
    """Colour these cells and no others, and add both values to what their notes say."""
    areas = tuple(reference_of(*place) for place in sorted(conflicts))
    sheet.highlights(MARKER, [Highlight(areas, _WHILE_LISTED, COLOUR)] if areas else [])
    for place, here in conflicts.items():
        own = own_note(sheet.note_text(place) or "")
        said = "\n\n".join(
            f"Before: {_short(each.base)}\nOurs: {_short(each.ours)}\nTheirs: {_short(each.theirs)}"
            for each in here
        )
        sheet.note(place, f"{own}\n\n{_NOTE_HEAD}\n{said}\n\n{_NOTE_END}".lstrip())


def unmark(sheet: EditedSheet) -> None:
    """Take the colours, and what was added to notes, out of a sheet."""
    sheet.highlights(MARKER, [])
    for place, text in sheet.notes().items():
        if _NOTE_HEAD in text:
            sheet.note(place, own_note(text) or None)


def own_note(text: str) -> str:
    """What a note says besides what a merge has added to it."""
    return text.partition(_NOTE_HEAD)[0].rstrip() if _NOTE_HEAD in text else text


def without_settled_marks(book: EditedBook) -> None:
    """Take out all marks of a workbook whose sheet Conflicts has been deleted; nothing while it is there."""
    if any(plain_word(name) == SHEET.casefold() for name in book.sheet_names):
        return
    for name in book.worksheet_names:
        unmark(book.sheet(name))


def _short(value: str) -> str:
    text = visible(value, "\n") or "(blank)"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
