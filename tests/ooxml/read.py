"""What two readers find in a changed file: openpyxl, and our own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel.place import Place as ReadPlace
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.workbook import open_package


def by_openpyxl(data: bytes, sheet: str) -> Worksheet:
    """The sheet as openpyxl reads it."""
    found: Any = load_workbook(BytesIO(data))[sheet]
    assert isinstance(found, Worksheet)
    return found


def by_our_reader(data: bytes, sheet: str) -> Sheet:
    """The sheet as our reader reads it, which has nothing to object to the file."""
    package, refusal = open_package(data, "book.xlsx", ReadPlace("book.xlsx"))
    assert package is not None
    assert (refusal, package.damaged) == ((), ())
    return next(each for each in package.sheets if each.name == sheet)


def parts_of(data: bytes) -> dict[str, bytes]:
    """All parts by name, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_parts(before: bytes, after: bytes) -> list[str]:
    """The parts that differ, are new or are gone."""
    old, new = parts_of(before), parts_of(after)
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
