"""The parts of an xlsx as they are read: each is looked at, and counted each time that it is asked for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import IO, Any

from dmn_dli.excel import codes
from dmn_dli.excel.archive import UNPACKED_LIMIT, Objection, Refused, unlike_excel

MARKS_LIMIT = 800_000
"""Marks (`<`) in the parts that are read of a workbook of policies: 200,000 cells have as many.

A mark is what a part costs, whatever it speaks of: cells, styles, strings, merges, names.
"""

CASES_MARKS_LIMIT = 16_000_000
"""As `MARKS_LIMIT`, of a workbook of cases, which may have twenty times as many cells."""

DESCRIPTION_LIMIT = 60_000
"""Marks in the parts that say what the file holds, of which each costs more. Most have some hundred."""

_DESCRIPTIONS = ("[content_types].xml", "workbook.xml", ".rels")


class Parts(zipfile.ZipFile):
    """The archive of a workbook. Whatever reads a part of it raises `Refused` where that costs too much."""

    def __init__(self, data: bytes, marks: int = MARKS_LIMIT) -> None:
        """Open the bytes of a file; `marks` is how many may be read in all."""
        super().__init__(BytesIO(data))
        self._limit = self._marks = marks
        self._bytes = UNPACKED_LIMIT
        self._descriptions = DESCRIPTION_LIMIT

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """A part's bytes. Raises Refused, and KeyError where there is no such part."""
        info = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        self._bytes -= info.file_size
        if self._bytes < 0:
            raise Refused(_too_large(f"{UNPACKED_LIMIT // 1_000_000} MB are read of a workbook"))
        text = super().read(info, pwd)
        if unlike_excel(text):
            raise Refused(Objection(codes.DAMAGED, f"The part {info.filename} is not as Excel writes it."))
        marks = text.count(b"<")
        self._marks -= marks
        if self._marks < 0:
            cells = f"{self._limit // 4:,} cells, or as much else,"
            raise Refused(_too_large(f"{cells} are read of a workbook"))
        if info.filename.lower().endswith(_DESCRIPTIONS):
            self._descriptions -= marks
            if self._descriptions < 0:
                raise Refused(_too_large(f"{DESCRIPTION_LIMIT // 2:,} sheets, names and links are looked at"))
        return text

    def open(self, name: Any, *args: Any, **kwargs: Any) -> IO[bytes]:
        """A part as a stream; as `read`, but of what `zipfile` itself asks for."""
        if args or kwargs:
            return super().open(name, *args, **kwargs)
        return BytesIO(self.read(name))


def _too_large(most: str) -> Objection:
    return Objection(codes.TOO_LARGE, f"The workbook holds too much: at most {most}.")
