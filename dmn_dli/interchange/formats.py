"""Which format a file of somebody else's has, and the workbook that is made of it."""

from __future__ import annotations

from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.recognise import workbook_of
from dmn_dli.runtime.input_error import InputError


def imported_book(data: bytes, name: str, asked: Asked) -> ImportedBook:
    """The workbook that a file becomes, whatever its format. Raises InputError, with the reason.

    name: the bare file name. asked: what the caller says of tables that a spreadsheet leaves open.
    """
    if is_dmn(data, name):
        raise InputError(f"{name} is a DMN model, which cannot be imported yet.")
    return workbook_of(data, name, asked)


def is_dmn(data: bytes, name: str) -> bool:
    """Whether a file is a DMN model: by its name, or as XML by its first bytes."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.lower().endswith((".dmn", ".xml")) or start.startswith((b"<?xml", b"<definitions"))
