"""How large the notes of a workbook are drawn, which openpyxl forgets when it reads a file."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from openpyxl import Workbook

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|px)")
_PIXELS = {"pt": 4 / 3, "px": 1.0}


def restore_note_sizes(book: Workbook, data: bytes) -> None:
    """Give the notes of a workbook that was read from these bytes their sizes again.

    A drawing that is no well-formed XML leaves its notes as large as openpyxl makes them.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name, part in _parts_of_sheets(archive):
            for (row, column), sizes in _sizes(archive, part):
                note = book[name].cell(row, column).comment
                if note is not None and sizes.keys() == {"width", "height"}:
                    note.width, note.height = round(sizes["width"]), round(sizes["height"])


def _parts_of_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = _relations(archive, "xl/workbook.xml")
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314 - the reader has refused entities
        if sheet.tag.endswith("}sheet") and "worksheets/" in targets.get(sheet.get(_RELATION_ID, ""), ""):
            yield sheet.get("name", ""), targets[sheet.get(_RELATION_ID, "")]


def _sizes(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], Mapping[str, float]]]:
    """The cell of each note on a sheet, and the width and height in pixels that its style gives."""
    for drawing in _relations(archive, part).values():
        if not drawing.endswith(".vml"):
            continue
        try:
            root = ElementTree.fromstring(archive.read(drawing))  # noqa: S314 - the reader has refused entities
        except ElementTree.ParseError:
            continue
        for shape in root.iter("{urn:schemas-microsoft-com:vml}shape"):
            places = {each.tag.rpartition("}")[2]: each.text or "" for each in shape.iter()}
            row, column = places.get("Row", ""), places.get("Column", "")
            if row.isdigit() and column.isdigit():
                lengths = _LENGTH.findall(shape.get("style", ""))
                sizes = {name: float(length) * _PIXELS[unit] for name, length, unit in lengths}
                yield (int(row) + 1, int(column) + 1), sizes


def _relations(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """The parts to which a part refers, by the ids that it uses."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/" + folder, each.get("Target", "")))[1:]
        for each in ElementTree.fromstring(archive.read(path))  # noqa: S314 - the reader has refused entities
    }
