"""A changed copy of a workbook: read with all that openpyxl can keep, written whole or not at all."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from dmn_dli.excel.note_sizes import restore_note_sizes
from dmn_dli.runtime.whole_files import write_whole

_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a copy, so that the same change gives the same bytes."""

_PROPERTIES = "docProps/core.xml"


def open_copy(data: bytes) -> Workbook:
    """The workbook in a file's bytes, ready to be changed; its notes keep their sizes."""
    book = load_workbook(BytesIO(data), rich_text=True)
    restore_note_sizes(book, data)
    return book


def save_copy(book: Workbook, original: bytes, target: Path, *, overwrite: bool = False) -> None:
    """Write a changed copy of a workbook; who made the original, and when, stays as it was.

    Raises FileExistsError where there is such a file and `overwrite` is not given,
    OSError where the file cannot be written.
    """
    if target.exists() and not overwrite:
        raise FileExistsError(f'"{target}" exists already; name another file.')
    write_whole(copy_bytes(book, original), target)


def copy_bytes(book: Workbook, original: bytes) -> bytes:
    """The bytes of a changed copy, without anything that depends on the clock."""
    saved, settled = BytesIO(), BytesIO()
    book.save(saved)
    with (
        zipfile.ZipFile(BytesIO(original)) as before,
        zipfile.ZipFile(saved) as after,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in after.infolist():
            kept = part.filename == _PROPERTIES and _PROPERTIES in before.namelist()
            content = before.read(_PROPERTIES) if kept else after.read(part)
            entry = zipfile.ZipInfo(part.filename, _ANY_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, content)
    return settled.getvalue()
