"""Copies of workbooks that carry findings: notes, coloured cells, and a list on a sheet Findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel.archive import objection_to
from dmn_dli.excel.copies import copy_bytes, open_copy
from dmn_dli.excel.list_sheet import (
    for_reading,
    height,
    lines,
    link,
    plain,
    write_body,
    write_heading,
    write_title,
)
from dmn_dli.excel.parse import BROKEN_PART
from dmn_dli.excel.seal import SEAL, UNSEALED, sealed
from dmn_dli.model.cell import cell_name
from dmn_dli.model.repair import plain_word

SHEET = "Findings"

COLOURS = {"error": "F8B4B4", "warning": "FCE08B", "info": "DDD6FE", "waived": "D9D9D9"}
"""Fill of a cell by what is found there; each prints as another grey, and words say the same."""

_NOTE_HEAD = "Found by dmn-dli check:"
_MARK = 'N("dmn-dli check")=0'
"""The condition, always true, of the colours: by it they are told from the workbook's own formats."""

_HEADINGS = (
    ("Severity", 11),
    ("Code", 8),
    ("Where", 22),
    ("Rules", 12),
    ("What was found", 52),
    ("What to do", 42),
    ("To accept it, as it stood", 34),
)


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
    """A file that cannot be opened as a whole, so that there is nothing to copy."""


def annotated(data: bytes, remarks: Sequence[Remark], summary: str) -> bytes:
    """The workbook's bytes with these remarks in it; what an earlier copy carried is taken out first.

    summary: a line above the list. The bytes depend on the arguments alone. Charts and pictures are not
    carried over. Raises NotCopiedError where the file is no workbook or is damaged.
    """
    if objection_to(data, "") is not None:
        raise NotCopiedError
    try:
        book = open_copy(data)
    except BROKEN_PART as error:
        raise NotCopiedError from error
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for sheet in book.worksheets:
        if plain_word(sheet.title) == SHEET.casefold():
            book.remove(sheet)
        else:
            _clean(sheet)
    for name, sheet in sheets.items():
        _annotate(sheet, [remark for remark in remarks if remark.sheet == name])
    _list(book, remarks, summary)
    return _saved(book, data)


def _saved(book: Book, original: bytes) -> bytes:
    properties = vars(book)["custom_doc_props"]  # which the library's types do not know
    if SEAL in properties.names:
        del properties[SEAL]
    properties.append(StringProperty(name=SEAL, value=UNSEALED))
    return sealed(copy_bytes(book, original))


def _clean(sheet: Worksheet) -> None:
    """Take out what an earlier copy carried: its notes and its colours."""
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula != [_MARK]:
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                own, earlier, _ = cell.comment.text.partition(_NOTE_HEAD)
                if earlier:
                    cell.comment = _note(own.rstrip(), cell.comment.author) if own.strip() else None


def _annotate(sheet: Worksheet, remarks: Iterable[Remark]) -> None:
    """A note for each cell with remarks, in the colour of the gravest; those on the whole sheet go to A1."""
    by_cell: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_cell.setdefault(_anchor(sheet, remark.cell or "A1"), []).append(remark)
    coloured: dict[str, list[str]] = {}
    for reference, here in by_cell.items():
        cell = sheet[reference]
        said = "\n\n".join(
            f"{remark.severity} {remark.code}\n{remark.message} {remark.remedy}".rstrip() for remark in here
        )
        own = cell.comment
        before = f"{own.text}\n\n" if own is not None else ""
        cell.comment = _note(f"{before}{_NOTE_HEAD}\n{said}", own.author if own is not None else "dmn-dli")
        gravest = min((remark.severity for remark in here), key=list(COLOURS).index)
        coloured.setdefault(gravest, []).append(reference)
    if coloured:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                rule.priority += len(coloured)
    for priority, (severity, references) in enumerate(sorted(coloured.items()), 1):
        fill = PatternFill(bgColor=COLOURS[severity], fill_type="solid")
        rule = Rule("expression", priority, formula=[_MARK], dxf=DifferentialStyle(fill=fill))
        sheet.conditional_formatting.add(" ".join(references), rule)


def _anchor(sheet: Worksheet, reference: str) -> str:
    """The cell that can hold a note: of merged cells the first."""
    for area in sheet.merged_cells.ranges:
        if reference in area:
            return str(area.coord.split(":")[0])
    return reference


def _note(text: str, author: str) -> Comment:
    """A note large enough to be read."""
    text = plain(text)
    return Comment(text, author or "dmn-dli", width=340, height=min(30 + 17 * lines(text, 45), 500))


def _list(book: Book, remarks: Sequence[Remark], summary: str) -> None:
    """The sheet Findings, first and in front: a line for each remark, with a link to its cell."""
    sheet = book.create_sheet(SHEET, 0)
    write_title(sheet.cell(1, 1), summary)
    for column, (heading, width) in enumerate(_HEADINGS, 1):
        cell = sheet.cell(2, column)
        write_heading(cell, heading)
        sheet.column_dimensions[cell.column_letter].width = width
    widths = [width for _, width in _HEADINGS]
    names = set(book.sheetnames)
    for row, remark in enumerate(remarks, 3):
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
        for column, text in enumerate(texts, 1):
            write_body(sheet.cell(row, column), text)
        sheet.row_dimensions[row].height = height(texts, widths)
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[remark.severity])
        if remark.sheet in names:
            link(sheet.cell(row, 3), cell_name(remark.sheet, remark.cell or "A1"))
    for_reading(sheet, "A3", "2:2")
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
