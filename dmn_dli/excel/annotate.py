"""Copies of workbooks that carry findings: notes, coloured cells, and a list on a sheet Findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import frozen

from dmn_dli.excel.archive import objection_to
from dmn_dli.excel.list_sheet import ListRow, plain, write_list
from dmn_dli.excel.seal import SEAL, UNSEALED, sealed
from dmn_dli.model.cell import cell_name
from dmn_dli.model.repair import plain_word
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.ooxml.look import Highlight
from dmn_dli.ooxml.places import area_of, cell_place, reference_of
from dmn_dli.ooxml.sheet import EditedSheet, Place

SHEET = "Findings"

COLOURS = {"error": "F8B4B4", "warning": "FCE08B", "info": "DDD6FE", "waived": "D9D9D9"}
"""Fill of a cell by what is found there; each prints as another grey, and words say the same."""

_NOTE_HEAD = "Found by dmn-dli check:"
_MARKER = "dmn-dli check"
"""By it the colours are told from the workbook's own conditional formats."""

_HEADINGS = (
    ("Severity", 11),
    ("Code", 8),
    ("Where", 22),
    ("Rules", 12),
    ("What was found", 52),
    ("What to do", 42),
    ("To accept it, as it stood", 34),
)
_UNREADABLE = "cannot be opened"


@frozen
class Remark:
    """A finding as a copy shows it.

    severity: `error`, `warning`, `info` or `waived`. sheet, cell: "" where it is about more than one.
    as_it_stands: the text by which the sheet Accepted remembers what was accepted.
    """

    severity: str
    code: str
    message: str
    remedy: str
    sheet: str = ""
    cell: str = ""
    rules: tuple[str, ...] = ()
    as_it_stands: str = ""


class NotCopiedError(Exception):
    """A file of which there can be no copy; the message says why, and begins after the file's name."""


def annotated(data: bytes, remarks: Sequence[Remark], summary: str) -> bytes:
    """The workbook's bytes with these remarks in it; what an earlier copy carried is taken out first.

    summary: a line above the list. The bytes depend on the arguments alone. All else stays as it is, charts,
    pictures and threaded comments too. Raises NotCopiedError where the file is no workbook, is damaged, or
    holds what a change would spoil.
    """
    if objection_to(data, "") is not None:
        raise NotCopiedError(_UNREADABLE)
    try:
        book = EditedBook(data)
        book.set_property(SEAL, UNSEALED)
        for sheet in list(_sheets(book)):
            if plain_word(sheet.name) == SHEET.casefold():
                book.remove_sheet(sheet.name)
            else:
                _clean(sheet)
        for sheet in _sheets(book):
            _annotate(sheet, [remark for remark in remarks if remark.sheet == sheet.name])
        _list(book, remarks, summary)
        return sealed(book.data())
    except BrokenBookError as error:
        raise NotCopiedError(_UNREADABLE) from error
    except LostPartsError as error:
        raise NotCopiedError(f"holds {', '.join(error.parts)}, which a change would spoil") from error


def _sheets(book: EditedBook) -> Iterator[EditedSheet]:
    """The sheets that have cells."""
    for name in book.sheet_names:
        try:
            yield book.sheet(name)
        except KeyError:  # a chart on a sheet of its own
            continue


def _clean(sheet: EditedSheet) -> None:
    """Take out what an earlier copy carried in notes."""
    for place, text in sheet.notes().items():
        own, earlier, _ = text.partition(_NOTE_HEAD)
        if earlier:
            sheet.note(place, own.rstrip() or None)


def _annotate(sheet: EditedSheet, remarks: Iterable[Remark]) -> None:
    """A note for each cell with remarks, in the colour of the gravest; those on the whole sheet go to A1."""
    by_cell: dict[Place, list[Remark]] = {}
    for remark in remarks:
        by_cell.setdefault(_anchor(sheet, remark.cell or "A1"), []).append(remark)
    coloured: dict[str, list[str]] = {}
    for place, here in by_cell.items():
        said = "\n\n".join(
            f"{remark.severity} {remark.code}\n{remark.message} {remark.remedy}".rstrip() for remark in here
        )
        own = sheet.note_text(place)
        before = f"{own}\n\n" if own else ""
        sheet.note(place, plain(f"{before}{_NOTE_HEAD}\n{said}"))
        gravest = min((remark.severity for remark in here), key=list(COLOURS).index)
        coloured.setdefault(gravest, []).append(reference_of(*place))
    sheet.highlights(
        _MARKER,
        [
            Highlight(tuple(references), "", COLOURS[severity])
            for severity, references in sorted(coloured.items())
        ],
    )


def _anchor(sheet: EditedSheet, reference: str) -> Place:
    """The cell that can hold a note: of merged cells the first."""
    place = cell_place(reference)
    assert place is not None
    for area in map(area_of, sheet.merges()):
        if area is not None and area.holds(*place):
            return area.top, area.left
    return place


def _list(book: EditedBook, remarks: Sequence[Remark], summary: str) -> None:
    """The sheet Findings, first and in front: a line for each remark, with a link to its cell."""
    names = set(book.sheet_names)
    write_list(book.add_sheet(SHEET, 0), summary, _HEADINGS, [_line(remark, names) for remark in remarks])
    book.choose_sheet(SHEET)


def _line(remark: Remark, names: Collection[str]) -> ListRow:
    place = cell_name(remark.sheet, remark.cell) if remark.cell else remark.sheet
    texts = (
        remark.severity,
        remark.code,
        place or "the whole workbook",
        ", ".join(remark.rules),
        remark.message,
        remark.remedy,
        remark.as_it_stands,
    )
    target = cell_name(remark.sheet, remark.cell or "A1")
    return ListRow(texts, COLOURS[remark.severity], (3, target) if remark.sheet in names else None)
