"""A workbook as stable text: each cell of a table on a line of its own, so that a change is one line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from dmn_dli.excel.criteria import EVIDENCE, is_criteria, looks_like_criteria
from dmn_dli.excel.layouts import VALUES_ROW
from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.excel.table import looks_like_table
from dmn_dli.model.cell import Cell
from dmn_dli.model.repair import plain_word, trim

ANY = "-"
BLANK = "(blank)"

_INDENT = "  "
_KIND_ROW, _HEADING_ROW = 2, 3
_RECORDS = {
    "cases": "case",
    "facts": "fact",
    "change history": "change",
    "assumptions": "assumption",
    "accepted": "accepted",
    "conflicts": "sheet",
}
"""Sheets with a record in each row, and what one is called."""


def workbook_text(package: Package) -> str:
    """All sheets in the order of their tabs, as far as they can be read; no dictionary is needed.

    In a decision table each rule is a block, on a sheet of criteria each criterion; a condition that accepts
    any value is left out. Rows and columns are not numbered, so that an inserted row is inserted lines and
    nothing else.
    """
    blocks = [_block(sheet) for sheet in package.sheets]
    blocks += [f"## {name}\n\nThis sheet is damaged and cannot be read.\n" for name in package.damaged]
    return "\n".join(blocks)


def _block(sheet: Sheet) -> str:
    title = plain_word(sheet.name)
    if sheet.is_chart:
        lines: Iterable[str] = ("A chart.",)
    elif title == "policy":
        lines = _fields(sheet)
    elif title in _RECORDS:
        lines = _records(sheet, _RECORDS[title])
    elif title == "notes" or title.startswith("notes "):
        lines = _rows(sheet)
    elif looks_like_criteria(sheet):
        lines = _criteria(sheet)
    elif looks_like_table(sheet):
        lines = _table(sheet)
    else:
        lines = _rows(sheet)
    hidden = " (hidden)" if sheet.hidden else ""
    return "\n".join([f"## {sheet.name}{hidden}", "", *lines]) + "\n"


def _table(sheet: Sheet) -> Iterator[str]:
    yield from _entry("decision", _text(sheet.at(1, 1)))
    yield from _entry("question", _text(sheet.at(1, 2)))
    yield from _entry("hit policy", _text(sheet.at(_KIND_ROW, 1)))
    yield from _columns(sheet, "rule", may_be_blank=())


def _criteria(sheet: Sheet) -> Iterator[str]:
    yield from _entry("criteria", _text(sheet.at(1, 1)))
    yield from _entry("question", _text(sheet.at(1, 2)))
    if not is_criteria(sheet):
        yield from _entry("A2", _text(sheet.at(_KIND_ROW, 1)) or BLANK)
    yield from _columns(sheet, "criterion", may_be_blank=(plain_word(EVIDENCE),))


def _columns(sheet: Sheet, noun: str, may_be_blank: Container[str]) -> Iterator[str]:
    """The columns' heads, and a block for each row; may_be_blank: headings of THEN columns."""
    columns = range(2, max(cell.column for cell in sheet.cells.values()) + 1)
    for column in columns:
        yield from _entry(_kind(sheet, column), _text(sheet.at(_HEADING_ROW, column)))
        values = _text(sheet.at(VALUES_ROW, column))
        if values:
            yield from _entry("values", values, _INDENT)
    for row in sheet.rows:
        if row > VALUES_ROW:
            yield ""
            yield from _entry(noun, _text(sheet.at(row, 1)) or BLANK)
            yield from _cells(sheet, row, columns, may_be_blank)


def _cells(sheet: Sheet, row: int, columns: Iterable[int], may_be_blank: Container[str]) -> Iterator[str]:
    for column in columns:
        kind, text = _kind(sheet, column), _text(sheet.at(row, column))
        heading = _text(sheet.at(_HEADING_ROW, column))
        due = kind in ("IF", "THEN") and plain_word(heading) not in may_be_blank
        if (kind == "IF" and text == ANY) or not (due or text):
            continue
        yield from _entry(f"{kind} {heading or BLANK}", text or BLANK, _INDENT)


def _kind(sheet: Sheet, column: int) -> str:
    return _text(sheet.at(_KIND_ROW, column)).upper() or BLANK


def _fields(sheet: Sheet) -> Iterator[str]:
    """The Policy sheet: a field a line."""
    for row, cells in sheet.rows.items():
        if row > 1:
            name, *others = [_text(sheet.at(row, column)) for column in range(1, cells[-1].column + 1)]
            yield from _entry(name or BLANK, " | ".join(others))


def _records(sheet: Sheet, noun: str) -> Iterator[str]:
    """A sheet with headings in row 1: each row is a block that its first column names."""
    records = [row for row in sheet.rows if row > 1]
    for row in records:
        if row != records[0]:
            yield ""
        yield from _entry(noun, _text(sheet.at(row, 1)) or BLANK)
        for cell in sheet.rows[row]:
            if cell.column > 1 and _text(cell):
                yield from _entry(_text(sheet.at(1, cell.column)) or BLANK, _text(cell), _INDENT)


def _rows(sheet: Sheet) -> Iterator[str]:
    """Any other sheet: a row a line."""
    for cells in sheet.rows.values():
        yield " | ".join(" ".join(_text(cell).split()) for cell in cells)


def _entry(label: str, text: str, indent: str = "") -> Sequence[str]:
    """`label: text`; further lines of the text stand below it, further in."""
    first, *others = text.splitlines() or [""]
    label = " ".join(label.split())
    return [f"{indent}{label}: {first}".rstrip(), *[f"{indent}    {line}".rstrip() for line in others]]


def _text(cell: Cell) -> str:
    return trim(cell.text)
