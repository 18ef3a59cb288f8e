"""Workbooks in other people's layouts, made cell by cell, and what an import makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

import dmn_dli
from dmn_dli.interchange.formats import imported_book
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.interchange.layouts.asked import Asked

Cells = Sequence[Sequence[Any]]

_DOUBLE = Side(style="double")


def put(sheet: Worksheet, rows: Cells, top: int = 1, left: int = 1) -> None:
    """Write rows; None leaves a cell blank."""
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            if value is not None:
                sheet.cell(row, column).value = value


def double_right(sheet: Worksheet, column: int, first: int, last: int) -> None:
    """A double line to the right of a column's cells."""
    for row in range(first, last + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(right=_DOUBLE, bottom=cell.border.bottom)


def double_below(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """A double line below a row's cells."""
    for column in range(first, last + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(bottom=_DOUBLE, right=cell.border.right)


def book(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Workbook:
    """A workbook of these sheets, from A1 on."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        put(made.create_sheet(name), rows)
    return made


def saved(made: Workbook) -> bytes:
    """The workbook's bytes."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def imported(data: bytes, name: str, **asked: Any) -> ImportedBook:
    """What an import makes of the bytes."""
    return imported_book(data, name, Asked(**asked))


def told(result: ImportedBook) -> str:
    """All that was guessed, a line each."""
    return "\n".join(f"{each.place}: {each.text}" for each in result.guesses)


def policy(folder: Path, data: bytes, name: str, **asked: Any) -> Any:
    """The policy that an import gives: written, read and compiled as any other."""
    source = folder / name
    source.write_bytes(data)
    (made,) = dmn_dli.import_files(source, **asked)
    assert made.findings == ()
    target = folder / f"imported-{made.file.name}"
    target.write_bytes(made.file.data)
    return dmn_dli.load_policy(target)
