"""The sheets of a file in Excel's format before 2007 (.xls), as many of Drools are; xlrd reads it."""

from __future__ import annotations

import datetime
import io
import struct
from typing import Any

from dmn_dli.excel.parse import MERGES_LIMIT, SHEETS_LIMIT
from dmn_dli.excel.sheet import AREA_LIMIT, Sheet
from dmn_dli.excel.stored_values import kind_and_text
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.repair import trim
from dmn_dli.runtime.input_error import InputError, further_package

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a file that holds parts as Windows stored them: .xls, .doc, an encrypted .xlsx."""

BYTES_LIMIT = 20_000_000
"""Bytes that an .xls may have: the format holds 65,536 rows a sheet, unpacked."""

_DOUBLE = 6
_STREAM = 2
_BROKEN = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    struct.error,
    OSError,
)


def read_xls(data: bytes, name: str) -> ForeignFile:
    """The file's sheets. Raises InputError where it cannot be read, or where xlrd is not installed."""
    try:
        import xlrd
        from xlrd.biffh import XLRDError
        from xlrd.compdoc import CompDocError
    except ImportError as error:
        raise InputError(
            f"{name} is in Excel's format before 2007 (.xls), which {further_package('xls')}; "
            "or save it as .xlsx in Excel."
        ) from error
    if len(data) > BYTES_LIMIT:
        raise InputError(
            f"{name} has {len(data) // 1_000_000} MB; at most {BYTES_LIMIT // 1_000_000} MB are read."
        )
    try:
        _refuse_circles(data)
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        if book.nsheets > SHEETS_LIMIT:
            raise InputError(f"{name} has {book.nsheets:,} sheets; at most {SHEETS_LIMIT} are read.")
        return ForeignFile(name, tuple(_grid(book, sheet) for sheet in book.sheets()))
    except (XLRDError, CompDocError, *_BROKEN) as error:
        raise InputError(
            f"{name} is no .xls workbook that can be read: {error or 'it is damaged'}."
        ) from error


def _refuse_circles(data: bytes) -> None:
    """Raise ValueError where the chain of a short stream's sectors is a circle: xlrd would follow it on."""
    from xlrd.compdoc import CompDoc

    document: Any = CompDoc(data, logfile=io.StringIO())
    for entry in document.dirlist:
        seen: set[int] = set()
        sector = entry.first_SID
        while entry.etype == _STREAM and entry.tot_size < document.min_size_std_stream and sector >= 0:
            if sector in seen or sector >= len(document.SSAT):
                raise ValueError("a part of it has no end")
            seen.add(sector)
            sector = document.SSAT[sector]


def _grid(book: Any, sheet: Any) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    right: set[tuple[int, int]] = set()
    below: set[tuple[int, int]] = set()
    held = sum(sheet.row_len(row) for row in range(sheet.nrows))
    if len(sheet.merged_cells) > MERGES_LIMIT or held > AREA_LIMIT:
        raise InputError(f'The sheet "{sheet.name}" has too many cells or merged ranges to be read.')
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            look = book.xf_list[sheet.cell_xf_index(row, column)]
            cell = _cell(book, sheet.cell(row, column), row + 1, column + 1, look)
            if cell is not None:
                cells[row + 1, column + 1] = cell
            border = look.border
            for style, places, place in (
                (border.right_line_style, right, (row + 1, column + 1)),
                (border.left_line_style, right, (row + 1, column)),
                (border.bottom_line_style, below, (row + 1, column + 1)),
                (border.top_line_style, below, (row, column + 1)),
            ):
                if style == _DOUBLE:
                    places.add(place)
    merged = tuple(Area(top + 1, left + 1, bottom, last) for top, bottom, left, last in sheet.merged_cells)
    comments = {(row + 1, column + 1): note.text for (row, column), note in sheet.cell_note_map.items()}
    read = Sheet(
        sheet.name,
        cells,
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=tuple(
            (column + 1, column + 1) for column, info in sorted(sheet.colinfo_map.items()) if info.hidden
        ),
        merged=merged,
    )
    return Grid(read, {}, comments, frozenset(right), frozenset(below))


def _cell(book: Any, stored: Any, row: int, column: int, look: Any) -> Cell | None:
    import xlrd

    shown = book.format_map.get(look.format_key)
    number_format = shown.format_str if shown is not None else "General"
    value = stored.value
    if stored.ctype == xlrd.XL_CELL_TEXT:
        return Cell(row, column, CellKind.TEXT, value, number_format) if trim(value) else None
    if stored.ctype == xlrd.XL_CELL_NUMBER:
        return Cell(row, column, *kind_and_text(value, "n"), number_format)
    if stored.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(row, column, CellKind.BOOLEAN, "true" if value else "false", number_format)
    if stored.ctype == xlrd.XL_CELL_ERROR:
        return Cell(row, column, CellKind.ERROR, xlrd.error_text_from_code.get(value, "#N/A"), number_format)
    if stored.ctype == xlrd.XL_CELL_DATE:
        return Cell(
            row, column, *_moment(xlrd.xldate_as_datetime(value, book.datemode), value), number_format
        )
    return None


def _moment(moment: datetime.datetime, number: float) -> tuple[CellKind, str]:
    if number < 1:
        return CellKind.TIME, str(moment.time())
    return kind_and_text(moment, "d")
