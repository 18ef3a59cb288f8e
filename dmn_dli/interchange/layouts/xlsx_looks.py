"""What a sheet of an xlsx file shows besides its cells: double lines, comments, the values of formulas.

The parts are read one by one, within the bounds of `parts.py`: openpyxl's `load_workbook` would make an
object for each cell of a merge or a link, of which a small file may claim all that a sheet has, and unpack
pictures.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from attrs import frozen
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import ARC_STYLE, COMMENTS_NS
from openpyxl.xml.functions import fromstring

from dmn_dli.excel.parse import SheetParser, area, read_strings
from dmn_dli.excel.parts import Parts
from dmn_dli.excel.styles import Styles
from dmn_dli.model.area import Area

Place = tuple[int, int]

_SIDES: Final = {"right": (0, 0), "left": (0, -1), "bottom": (0, 0), "top": (-1, 0)}
"""Where a side's line stands, seen from its cell: right of a place or below it."""

_DRAWING: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"

_MERGES_WORK: Final = 2_000_000
"""Cells at the edges of merged ranges, and cells with double lines looked up in each range, together."""


class TooMuch(ValueError):
    """The edges of merged ranges are longer than any table's."""


@frozen
class Looks:
    """Of one sheet. values: what formulas gave when the file was saved, with openpyxl's letter of its type.

    drawn: whether pictures or charts stand on it.
    """

    values: Mapping[Place, tuple[object, str]]
    comments: Mapping[Place, str]
    double_right: frozenset[Place]
    double_below: frozenset[Place]
    drawn: bool


def sheet_looks(data: bytes) -> dict[str, Looks]:
    """The looks of each sheet by its name. Raises Refused, and one of BROKEN_PART."""
    with warnings.catch_warnings(), Parts(data) as archive:
        warnings.simplefilter("ignore")
        reader: Any = ExcelReader(BytesIO(data), data_only=True, keep_links=False)
        reader.archive.close()
        reader.archive = archive
        reader.read_manifest()
        read_strings(reader)
        reader.read_workbook()
        apply_stylesheet(archive, reader.wb)
        styles = Styles(fromstring(archive.read(ARC_STYLE)) if ARC_STYLE in reader.valid_files else None)
        return {
            entry.name: _looks(reader, styles, str(relation.target))
            for entry, relation in reader.parser.find_sheets()
            if "chartsheet" not in str(relation.Type) and relation.target in reader.valid_files
        }


def _looks(reader: Any, styles: Styles, part: str) -> Looks:
    values: dict[Place, tuple[object, str]] = {}
    doubles: dict[Place, frozenset[str]] = {}
    known: dict[int, frozenset[str]] = {}
    with reader.archive.open(part) as source:
        parser: Any = SheetParser(source, reader.shared_strings, reader.wb.epoch, styles)
        parser.data_only = True
        for _, row in parser.parse():
            for stored in row:
                place, style = (stored["row"], stored["column"]), stored["style_id"]
                if stored["value"] is not None:
                    values[place] = stored["value"], stored["data_type"]
                if style not in known:
                    known[style] = _double_sides(reader.wb, style)
                if known[style]:
                    doubles[place] = known[style]
    right: set[Place] = set()
    below: set[Place] = set()
    merges = [area(each) for each in parser.merges]
    for side, (row, column) in _lines(doubles, merges, max(values, default=(0, 0))[0]):
        down, aside = _SIDES[side]
        (right if side in ("right", "left") else below).add((row + down, column + aside))
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    found = get_dependents(reader.archive, relations) if relations in reader.valid_files else None
    comments: dict[Place, str] = {}
    for each in found.find(COMMENTS_NS) if found is not None else ():
        sheet: Any = CommentSheet.from_tree(fromstring(reader.archive.read(each.target)))
        comments |= {coordinate_to_tuple(place): comment.text or "" for place, comment in sheet.comments}
    drawn = found is not None and any(True for _ in found.find(_DRAWING))
    return Looks(values, comments, frozenset(right), frozenset(below), drawn)


def _double_sides(book: Any, style: int) -> frozenset[str]:
    border = book._borders[book._cell_styles[style].borderId]
    return frozenset(
        side for side in _SIDES if (line := getattr(border, side)) is not None and line.style == "double"
    )


def _lines(
    doubles: Mapping[Place, frozenset[str]], merges: Sequence[Area], last_row: int
) -> Iterator[tuple[str, Place]]:
    """The double sides of places. A merged range has those of its first cell and, to its end, of its last."""
    left = _MERGES_WORK - len(doubles) * len(merges)
    for merged in merges:
        first, last = (merged.top, merged.left), (merged.bottom, merged.right)
        sides = doubles.get(first, frozenset()) | doubles.get(last, frozenset()) & {"right", "bottom"}
        rows = range(merged.top, min(merged.bottom, last_row) + 1) if sides else ()
        columns = range(merged.left, merged.right + 1) if sides else ()
        left -= 2 * (len(rows) + len(columns))
        if left < 0:
            raise TooMuch("the merged ranges have more cells at their edges than are looked at")
        for side in sides:
            yield side, first
        for side, at in (("left", merged.left), ("right", merged.right)):
            yield from ((side, (row, at)) for row in rows if side in sides)
        for side, at in (("top", merged.top), ("bottom", merged.bottom)):
            yield from ((side, (at, column)) for column in columns if side in sides)
    for place, sides in doubles.items():
        if not any(merged.holds(*place) for merged in merges):
            yield from ((side, place) for side in sides)
