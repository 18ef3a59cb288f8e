"""From the bytes of an xlsx to its sheets, whichever program saved it; openpyxl reads the parts."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Generator, Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from attrs import define, evolve
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple, range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, iterparse

from dmn_dli.excel import codes
from dmn_dli.excel.archive import BROKEN_ARCHIVE, Objection, Refused
from dmn_dli.excel.parts import MARKS_LIMIT, Parts
from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.excel.stored_values import kind_and_text
from dmn_dli.excel.strings import RunText, plain_text, text_of
from dmn_dli.excel.styles import Styles, Those
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell, CellKind

BROKEN_PART = (
    *BROKEN_ARCHIVE,
    SyntaxError,  # of XML: what xml.etree raises, and lxml, by which openpyxl reads where it is installed
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)
"""What openpyxl raises where a part is not as Excel writes it."""

SHEETS_LIMIT = 500
"""Sheets that a workbook may have. A workbook of policies has about ten."""

MERGES_LIMIT = 2_000
"""Merged ranges that a workbook may have. In tables they are errors; notes may have some."""

TEXT_LIMIT = 30_000_000
"""Characters that the cells of a workbook may hold together, each counted in each cell that shows it."""

_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
_INLINE, _STRING, _VALUE, _FORMULA, _COLUMN, _ROW, _MERGES, _FILTER, _FILTERED = (
    f"{{{SHEET_MAIN_NS}}}{tag}"
    for tag in ("is", "si", "v", "f", "col", "row", "mergeCells", "autoFilter", "filterColumn")
)
_CRITERIA = {
    f"{{{SHEET_MAIN_NS}}}{tag}"
    for tag in ("filters", "top10", "customFilters", "dynamicFilter", "colorFilter", "iconFilter")
}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_KEPT, _KEPT_BYTES = 16, 200_000
"""How many files are remembered, and how large one may be. Workbooks of policies have some 60,000 bytes."""


def parse_package(data: bytes, marks: int = MARKS_LIMIT) -> Package:
    """All sheets of the file, in the order of their tabs.

    marks: how much may be read (`parts.py`). Raises Refused where there is more of anything than is read, and
    one of `BROKEN_PART` where the file as a whole cannot be read; a sheet that cannot be read is only
    named. Charts, pictures, comments and conditional formats are not looked at: nothing in them decides.
    The latest files are remembered: a run comes back to a dictionary with each workbook beside it, and to
    what it has just written.
    """
    return _remembered(data, marks) if len(data) <= _KEPT_BYTES else _parsed(data, marks)


def _parsed(data: bytes, marks: int) -> Package:
    # openpyxl's parts are called one by one, since load_workbook would also build the drawings, and an object
    # for each cell of a merge or link, of which a damaged file may claim a million.
    with warnings.catch_warnings(), Parts(data, marks) as archive:
        warnings.simplefilter("ignore")
        reader = ExcelReader(BytesIO(data), keep_links=False)
        reader.archive.close()
        reader.archive = archive
        reader.read_manifest()
        read_strings(reader)
        reader.read_workbook()
        return _sheets(reader)


_remembered = lru_cache(_KEPT)(_parsed)


def _sheets(reader: ExcelReader) -> Package:
    archive = reader.archive
    styles = Styles(fromstring(archive.read(ARC_STYLE)) if ARC_STYLE in reader.valid_files else None)
    budget = _Budget()
    sheets: list[Sheet] = []
    damaged: list[str] = []
    found = [*reader.parser.find_sheets()]
    if len(found) > SHEETS_LIMIT:
        message = f"The workbook has {len(found):,} sheets; at most {SHEETS_LIMIT} are read."
        raise Refused(Objection(codes.TOO_LARGE, message))
    for entry, relation in found:
        hidden = entry.state != "visible"
        if "chartsheet" in str(relation.Type):
            sheets.append(Sheet(entry.name, {}, hidden, is_chart=True))
            continue
        try:
            part = str(relation.target)
            sheets.append(_sheet(reader, styles, budget, entry.name, part, hidden=hidden))
        except BROKEN_PART:
            damaged.append(entry.name)
        except Refused as refused:
            raise Refused(evolve(refused.objection, sheet=entry.name)) from refused
    return Package(tuple(sheets), tuple(damaged))


@define
class _Budget:
    """What the sheets of a workbook may hold together besides marks."""

    merges: int = MERGES_LIMIT
    text: int = TEXT_LIMIT

    def merge(self, number: int) -> None:
        """Count merged ranges. Raises Refused where there are too many."""
        self.merges -= number
        if self.merges < 0:
            raise Refused(
                Objection(codes.TOO_LARGE, f"More than {MERGES_LIMIT:,} ranges of cells are merged.")
            )

    def write(self, text: str) -> None:
        """Count the text of a cell. Raises Refused where it is too much."""
        self.text -= len(text)
        if self.text < 0:
            most = f"{TEXT_LIMIT // 1_000_000} million characters"
            raise Refused(Objection(codes.TOO_LARGE, f"The cells hold more than {most}."))


def _sheet(
    reader: ExcelReader, styles: Styles, budget: _Budget, name: str, part: str, *, hidden: bool
) -> Sheet:
    with reader.archive.open(part) as source:
        parser: Any = SheetParser(source, reader.shared_strings, reader.wb.epoch, styles)
        cells, struck, unseen = _cells(parser.parse(), styles, budget)
    budget.merge(len(parser.merges))
    filters = [*parser.filters, *_table_filters(reader, part)]
    return Sheet(
        name=name,
        cells={place: cells[place] for place in sorted(cells)},
        hidden=hidden,
        struck=frozenset(struck),
        unseen=frozenset(unseen),
        hidden_rows=frozenset(int(row) for row, look in parser.row_dimensions.items() if _hides(look, "ht")),
        hidden_columns=tuple(
            sorted(
                (column_index_from_string(letters), int(look["max"]))
                for letters, look in parser.column_dimensions.items()
                if _hides(look, "width")
            )
        ),
        merged=tuple(area(reference) for reference in parser.merges),
        filters=tuple(area(each.attrib["ref"]) for each in filters if _has_criteria(each)),
    )


class SheetParser(WorkSheetParser):
    """openpyxl's, but for what it would make objects of that nobody asks for here, and for text.

    merges: the ranges that are merged; filters: the sheet's own.
    """

    def __init__(self, source: Any, strings: list[Any], epoch: Any, styles: Styles) -> None:
        super().__init__(
            source,
            strings,
            epoch=epoch,
            date_formats=Those(styles, lambda look: look.is_date),
            timedelta_formats=Those(styles, lambda look: look.is_duration),
        )
        self.merges: list[str] = []
        self.filters: list[Element] = []

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
        """The rows with their cells; what else there is, once all are taken."""
        read: Any = iterparse(self.source)
        for _, element in read:
            if element.tag == _ROW:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == _COLUMN:
                self.parse_column_dimensions(element)
        # Only what stands in the sheet itself: saved views have filters of their own.
        self.merges = [each.attrib["ref"] for found in read.root.findall(_MERGES) for each in found]
        self.filters = read.root.findall(_FILTER)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """The cell as openpyxl gives it, but for its text."""
        kind = element.get("t")
        if kind not in ("s", "inlineStr", "str") or element.find(_FORMULA) is not None:
            found: dict[str, Any] = super().parse_cell(element)
            return found
        reference = element.get("r")
        if reference is None:
            self.col_counter += 1
            row = self.row_counter
        else:
            row, self.col_counter = coordinate_to_tuple(reference)
        value = self._text(element, kind)
        style = int(element.get("s", 0))
        return {"row": row, "column": self.col_counter, "value": value, "data_type": "s", "style_id": style}

    def _text(self, element: Element, kind: str) -> str | RunText | None:
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return None if inline is None else text_of(inline)
        written = element.findtext(_VALUE)
        if not written:
            return None
        if kind == "str":
            return plain_text(written)
        number = int(written)
        if number < 0:
            raise IndexError(written)
        shared: str | RunText = self.shared_strings[number]
        return shared


def read_strings(reader: ExcelReader) -> None:
    """The strings that cells share."""
    package: Any = reader.package
    strings: list[Any] = reader.shared_strings
    part = package.find(SHARED_STRINGS)
    if part is None:
        return
    with reader.archive.open(part.PartName[1:]) as source:
        for _, node in iterparse(source):
            if node.tag == _STRING:
                strings.append(text_of(node))
                node.clear()


_Places: TypeAlias = set[tuple[int, int]]


def _cells(
    rows: Iterable[tuple[int, list[dict[str, Any]]]], styles: Styles, budget: _Budget
) -> tuple[dict[tuple[int, int], Cell], _Places, _Places]:
    """The cells that hold something, those struck through, and those that nobody can read.

    Raises ValueError where a cell stands there twice.
    """
    cells: dict[tuple[int, int], Cell] = {}
    struck: _Places = set()
    unseen: _Places = set()
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
                    known = texts[value] = kind_and_text(value, data_type)
                kind, text = known
            else:
                kind, text = kind_and_text(value, data_type)
            if kind is CellKind.BLANK:
                continue
            budget.write(text)
            place = stored["row"], stored["column"]
            if place in cells:
                raise ValueError(place)
            look = styles.look(stored["style_id"])
            cells[place] = Cell(*place, kind, text, look.number_format)
            runs = value if isinstance(value, RunText) else None
            if look.struck or (runs is not None and runs.struck):
                struck.add(place)
            if look.unseen or (runs is not None and look.ground in runs.inks):
                unseen.add(place)
    return cells, struck, unseen


def _hides(look: Mapping[str, str], extent: str) -> bool:
    return look.get("hidden") in ("1", "true") or look.get(extent) in ("0", "0.0")


def _has_criteria(found: Element) -> bool:
    columns = found.findall(_FILTERED) if found.get("ref") else ()
    return any(criterion.tag in _CRITERIA for column in columns for criterion in column)


def _table_filters(reader: ExcelReader, part: str) -> list[Element]:
    """The filters of Excel's own `Format as Table` ranges, which stand in parts of their own."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in reader.valid_files:
        return []
    found = get_dependents(reader.archive, relations).find(_TABLE)
    roots: list[Element] = [fromstring(reader.archive.read(str(entry.target))) for entry in found]
    return [each for root in roots for each in root.findall(_FILTER)]


def area(reference: str) -> Area:
    """The cells that a reference such as `B2:C9` speaks of; whole rows and columns as far as a sheet goes."""
    left, top, right, bottom = range_boundaries(reference)
    return Area(top or 1, left or 1, bottom or _LAST_ROW, right or _LAST_COLUMN)
