"""How sheets that the program writes for reading look: a title, dark headings, wrapped lines, print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.runtime.plain import visible

SheetCell: TypeAlias = Cell | MergedCell

FONT = "Arial"
LONGEST = 32_000
"""Characters that a cell or a note takes."""

_TITLE = Font(name=FONT, bold=True, size=12)
_HEAD = Font(name=FONT, bold=True, size=10, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="374151")
_BODY = Font(name=FONT, size=10)
_LINK = Font(name=FONT, size=10, color="1D4ED8", underline="single")
_LINE = Border(bottom=Side("hair", color="9CA3AF"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TALLEST = 400


def write(cell: SheetCell, text: str) -> SheetCell:
    """Put text into a cell as text: what begins with = stays what it is, now and when the cell is edited."""
    cell.value = plain(text)
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@", "'"))
    return cell


def write_title(cell: SheetCell, text: str) -> None:
    """The line above a list."""
    write(cell, text).font = _TITLE


def write_heading(cell: SheetCell, text: str) -> None:
    """A heading of a list."""
    write(cell, text).font = _HEAD
    cell.fill = _HEAD_FILL
    cell.alignment = _WRAPPED


def write_body(cell: SheetCell, text: str) -> SheetCell:
    """A cell of a list, its text broken into lines."""
    write(cell, text).font = _BODY
    cell.alignment = _WRAPPED
    cell.border = _LINE
    return cell


def link(cell: SheetCell, place: str) -> None:
    """Make a cell lead to another (`'Plan notes'!B5`)."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, tooltip="Go to the cell")
    cell.font = _LINK


def plain(text: str) -> str:
    """The text with escapes for what shows nothing, some of which an xlsx cannot hold."""
    return visible(text, "\n")[:LONGEST]


def lines(text: str, width: float) -> int:
    """How many lines a text takes where about so many characters fit on one."""
    return sum(1 + int(len(line) // width) for line in text.splitlines())


def height(texts: Iterable[str], widths: Sequence[float]) -> float:
    """How high a row is whose texts stand in columns of these widths."""
    most = max([1, *(lines(text, width) for text, width in zip(texts, widths, strict=False))])
    return min(6 + 13 * most, _TALLEST)


def for_reading(sheet: Worksheet, freeze: str, titles: str) -> None:
    """Frozen headings, no grid, and print set-up: landscape, as wide as a page, headings on each.

    freeze: the first cell that scrolls. titles: the rows of headings (`2:2`).
    """
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = titles
