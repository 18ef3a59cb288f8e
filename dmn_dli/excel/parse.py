"""From the bytes of an xlsx to its sheets, whichever program saved it; openpyxl reads the parts."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from attrs import frozen
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple, range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser, parse_richtext_string
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, iterparse

from dmn_dli.excel.archive import BROKEN_ARCHIVE
from dmn_dli.excel.sheet import Area, Package, Sheet
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.repair import trim

BROKEN_PART = (
    *BROKEN_ARCHIVE,
    ParseError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)
"""What openpyxl raises where a part is not as Excel writes it."""

_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
_INLINE, _STRING, _TEXT = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("is", "si", "t"))
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_EXACT_INTEGERS = 2**53
_BOOLEAN_FORMULAS = {"=TRUE()": "true", "=FALSE()": "false"}
"""How LibreOffice stores a typed TRUE or FALSE."""


def parse_package(data: bytes) -> Package:
    """All sheets of the file, in the order of their tabs.

    Raises one of `BROKEN_PART` where the file as a whole cannot be read; a sheet that cannot be read is only
    named. Charts, pictures, comments and conditional formats are not looked at: nothing in them decides.
    """
    # openpyxl's parts are called one by one, since load_workbook would also build the drawings, and an object
    # for each cell of a merge or link, of which a damaged file may claim a million.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = ExcelReader(BytesIO(data), keep_links=False, rich_text=True)
        with reader.archive:
            reader.read_manifest()
            _read_strings(reader)
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            return _sheets(reader)


def _sheets(reader: ExcelReader) -> Package:
    sheets: list[Sheet] = []
    damaged: list[str] = []
    styles = _Styles(reader.wb)
    for entry, relation in reader.parser.find_sheets():
        hidden = entry.state != "visible"
        if "chartsheet" in str(relation.Type):
            sheets.append(Sheet(entry.name, {}, hidden, is_chart=True))
            continue
        try:
            sheets.append(_sheet(reader, styles, entry.name, str(relation.target), hidden=hidden))
        except BROKEN_PART:
            damaged.append(entry.name)
    return Package(tuple(sheets), tuple(damaged))


@frozen(slots=False)
class _Look:
    """What a style says about a cell, as far as it matters here."""

    number_format: str
    struck: bool


class _Styles:
    """The workbook's cell styles by their number, each worked out once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._looks: dict[int, _Look] = {}

    def look(self, style: int) -> _Look:
        """The style's look; a plain one where the file has no such style (no styles part at all, say)."""
        if style not in self._looks:
            self._looks[style] = self._work_out(style)
        return self._looks[style]

    def _work_out(self, style: int) -> _Look:
        known = self._workbook._cell_styles
        if not 0 <= style < len(known):
            return _Look("General", struck=False)
        number, fonts = known[style].numFmtId, self._workbook._fonts
        custom = number - BUILTIN_FORMATS_MAX_SIZE
        if 0 <= custom < len(self._workbook._number_formats):
            number_format = self._workbook._number_formats[custom]
        else:
            number_format = BUILTIN_FORMATS.get(number, "General")
        font = known[style].fontId
        return _Look(number_format, struck=0 <= font < len(fonts) and bool(fonts[font].strike))


def _sheet(reader: ExcelReader, styles: _Styles, name: str, part: str, *, hidden: bool) -> Sheet:
    workbook: Any = reader.wb
    with reader.archive.open(part) as source:
        parser: Any = _SheetParser(
            source,
            reader.shared_strings,
            data_only=False,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
            rich_text=True,
        )
        cells, struck = _cells(parser.parse(), styles)
    merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
    filters = [getattr(parser, "auto_filter", None), *_table_filters(reader, part)]
    return Sheet(
        name=name,
        cells={place: cells[place] for place in sorted(cells)},
        hidden=hidden,
        struck=frozenset(struck),
        hidden_rows=frozenset(int(row) for row, look in parser.row_dimensions.items() if _hides(look, "ht")),
        hidden_columns=tuple(
            sorted(
                (column_index_from_string(letters), int(look["max"]))
                for letters, look in parser.column_dimensions.items()
                if _hides(look, "width")
            )
        ),
        merged=tuple(_area(merge.ref) for merge in merged),
        filters=tuple(_area(found.ref) for found in filters if found is not None and _has_criteria(found)),
    )


class _SheetParser(WorkSheetParser):
    """openpyxl's, which makes objects of half a dozen kinds for each string that stands in a cell itself."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        text = element.find(_INLINE) if element.get("t") == "inlineStr" and len(element) == 1 else None
        plain = None if text is None else _plain(text)
        reference = element.get("r")
        if plain is None or reference is None:
            found: dict[str, Any] = super().parse_cell(element)
            return found
        row, self.col_counter = coordinate_to_tuple(reference)
        style = int(element.get("s", 0))
        return {"row": row, "column": self.col_counter, "value": plain, "data_type": "s", "style_id": style}


def _read_strings(reader: ExcelReader) -> None:
    """The strings that cells share, as openpyxl reads them; plain ones, which most are, at less expense."""
    package: Any = reader.package
    strings: list[Any] = reader.shared_strings
    part = package.find(SHARED_STRINGS)
    if part is None:
        return
    with reader.archive.open(part.PartName[1:]) as source:
        for _, node in iterparse(source):
            if node.tag == _STRING:
                plain = _plain(node)
                strings.append(parse_richtext_string(node) if plain is None else plain)
                node.clear()


def _plain(node: Element) -> str | None:
    """The text of a string without runs of a look of their own; None where there is more to it."""
    if len(node) != 1 or node[0].tag != _TEXT:
        return None
    return (node[0].text or "").replace("x005F_", "")


def _cells(
    rows: Iterable[tuple[int, list[dict[str, Any]]]], styles: _Styles
) -> tuple[dict[tuple[int, int], Cell], set[tuple[int, int]]]:
    cells: dict[tuple[int, int], Cell] = {}
    struck: set[tuple[int, int]] = set()
    texts: dict[str, tuple[CellKind, str]] = {}
    for _, row in rows:
        for stored in row:
            value = stored["value"]
            if value is None:
                continue
            data_type = stored["data_type"]
            if data_type == "s" and value.__class__ is str:
                # Most cells hold text, and many the same.
                known = texts.get(value)
                if known is None:
                    known = texts[value] = _kind_and_text(value, data_type)
                kind, text = known
            else:
                kind, text = _kind_and_text(value, data_type)
            if kind is CellKind.BLANK:
                continue
            place = stored["row"], stored["column"]
            look = styles.look(stored["style_id"])
            cells[place] = Cell(*place, kind, text, look.number_format)
            if look.struck or _has_struck_run(value):
                struck.add(place)
    return cells, struck


def _kind_and_text(value: Any, data_type: str) -> tuple[CellKind, str]:
    if data_type == "f":
        # An array or data-table formula is an object with its text, which may lack the sign.
        formula = str(value if isinstance(value, str) else getattr(value, "text", "") or "")
        constant = _BOOLEAN_FORMULAS.get(formula.upper())
        return (CellKind.BOOLEAN, constant) if constant else (CellKind.FORMULA, "=" + formula.lstrip("="))
    if data_type == "e":
        return CellKind.ERROR, str(value)
    match value:
        case bool():
            return CellKind.BOOLEAN, "true" if value else "false"
        case int():
            return CellKind.NUMBER, str(value)
        case float():
            return (CellKind.NUMBER, _plain_number(value)) if isfinite(value) else (CellKind.ERROR, "#NUM!")
        case datetime():
            # Excel has one type for both; midnight is how it stores a day.
            midnight = value.time() == time()
            return CellKind.DATE, (value.date() if midnight else value).isoformat()
        case date():
            return CellKind.DATE, value.isoformat()
        case time() | timedelta():
            return CellKind.TIME, str(value)
    text = unescape("".join(map(str, value)) if isinstance(value, CellRichText) else str(value))
    return (CellKind.TEXT, text) if trim(text) else (CellKind.BLANK, "")


def _plain_number(value: float) -> str:
    """Plain digits, as few as tell the number from its neighbours: 0.1 is `0.1`, 38242.0 is `38242`."""
    if value.is_integer():
        return str(int(value)) if abs(value) < _EXACT_INTEGERS else format(Decimal(repr(value)), ".0f")
    return format(Decimal(repr(value)), "f")


def _has_struck_run(value: Any) -> bool:
    return isinstance(value, CellRichText) and any(
        isinstance(run, TextBlock) and bool(run.font.strike) and bool(trim(run.text)) for run in value
    )


def _hides(look: Mapping[str, str], extent: str) -> bool:
    return look.get("hidden") in ("1", "true") or look.get(extent) in ("0", "0.0")


def _has_criteria(found: AutoFilter) -> bool:
    kinds = ("filters", "top10", "customFilters", "dynamicFilter", "colorFilter", "iconFilter")
    return bool(found.ref) and any(
        getattr(column, kind, None) is not None for column in found.filterColumn for kind in kinds
    )


def _table_filters(reader: ExcelReader, part: str) -> list[Any]:
    """The filters of Excel's own `Format as Table` ranges, which stand in parts of their own."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in reader.valid_files:
        return []
    found = get_dependents(reader.archive, relations).find(_TABLE)
    roots: list[Any] = [fromstring(reader.archive.read(str(entry.target))) for entry in found]
    tables: list[Any] = [Table.from_tree(root) for root in roots]
    return [table.autoFilter for table in tables]


def _area(reference: str) -> Area:
    left, top, right, bottom = range_boundaries(reference)
    return Area(top or 1, left or 1, bottom or _LAST_ROW, right or _LAST_COLUMN)
