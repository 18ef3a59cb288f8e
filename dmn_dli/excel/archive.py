"""Is this file an xlsx that is safe to open? Looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.model.finding import Code
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES

UNPACKED_LIMIT = 100_000_000
"""Bytes that a file may unpack to. A workbook of policies takes about one million."""

PARTS_LIMIT = 5_000
"""Parts that a file may have. A workbook of policies has about thirty."""

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What reading a damaged zip raises; RuntimeError for a compression that Python does not know."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@frozen
class Objection:
    """Why a file is not read: the code, what was found in plain words, and the sheet, if it is about one."""

    code: Code
    message: str
    sheet: str = ""


class Refused(Exception):
    """A file that is not read any further, with the objection to it."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.message)
        self.objection = objection


def objection_to(data: bytes, name: str) -> Objection | None:
    """What speaks against reading these bytes as a workbook; None where nothing does."""
    if len(data) > WORKBOOK_BYTES:
        most = WORKBOOK_BYTES // 1_000_000
        return Objection(codes.TOO_LARGE, f"The file has more than {most} million bytes, and is not read.")
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            return Objection(codes.ENCRYPTED, "The file is protected by a password, so it cannot be read.")
        return _not_a_workbook("it is in the old Excel format (.xls)")
    if not data.startswith(b"PK"):
        return _not_a_workbook(_guess(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _objection_to_archive(archive, name)
    except BROKEN_ARCHIVE:
        return Objection(
            codes.DAMAGED,
            "The file ends too early or is damaged inside; perhaps it was not saved or copied to its end.",
        )


def _not_a_workbook(what: str) -> Objection:
    return Objection(codes.NOT_A_WORKBOOK, f"The file is no Excel workbook (.xlsx): {what}.")


def _guess(data: bytes) -> str:
    if not data:
        return "it is empty"
    start = data[:512].lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return "it is a web page that bears a workbook's name"
    if start.startswith((b"<?xml", b"<definitions", b"<dmn:definitions")):
        return "it is XML, such as a DMN model, whose name ends in .dmn"
    if start.startswith(b"%pdf"):
        return "it is a PDF document"
    if b"\x00" not in data[:512]:
        return "it is plain text, such as a CSV file"
    return "its first bytes are those of another format"


def _objection_to_archive(archive: zipfile.ZipFile, name: str) -> Objection | None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_LIMIT or len(parts) > PARTS_LIMIT:
        return Objection(
            codes.TOO_LARGE,
            f"The file unpacks to {unpacked // 1_000_000:,} MB in {len(parts):,} parts; "
            f"at most {UNPACKED_LIMIT // 1_000_000} MB in {PARTS_LIMIT:,} parts are read.",
        )
    if any(part.flag_bits & 1 for part in parts):
        return Objection(codes.ENCRYPTED, "The file is protected by a password, so it cannot be read.")
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts):
        return Objection(codes.DAMAGED, f"{_twice(parts)}, and nobody can tell which of the two counts.")
    if "mimetype" in names and "content.xml" in names:
        return _not_a_workbook("it is in the format of LibreOffice (.ods)")
    if "xl/workbook.bin" in names:
        return _not_a_workbook("it is in Excel's binary format (.xlsb)")
    if "index/document.iwa" in names:
        return _not_a_workbook("it is in the format of Numbers (.numbers)")
    if "[content_types].xml" not in names:
        return _not_a_workbook("it is a zip archive of other files")
    if _has_macros(archive, names, name):
        return Objection(
            codes.MACROS,
            "The file holds macros or is of a type that may hold them; workbooks with macros are not read.",
        )
    if name.lower().endswith((".ods", ".xls", ".xlsb", ".numbers")):
        return _not_a_workbook(f'its name ends in "{name[name.rindex(".") :]}"')
    return _objection_to_xml(archive, parts)


def _has_macros(archive: zipfile.ZipFile, names: set[str], name: str) -> bool:
    return (
        name.lower().endswith((".xlsm", ".xltm"))
        or any(part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in names)
        or b"macroEnabled" in archive.read("[Content_Types].xml")
    )


def _twice(parts: Iterable[zipfile.ZipInfo]) -> str:
    seen: set[str] = set()
    for part in parts:
        if part.filename.lower() in seen:
            return f"The part {part.filename} stands in the file twice"
        seen.add(part.filename.lower())
    return ""


def unlike_excel(text: bytes) -> bool:
    """Whether a part that is read as XML is not as any program writes it into a workbook.

    A document type is the way to make a small file expand. In UTF-16, with a mark of its byte order or
    without, every other byte is nought, which never stands in UTF-8.
    """
    return b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text


def _objection_to_xml(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Objection | None:
    for part in parts:
        name = part.filename.lower()
        text = archive.read(part)
        # The name does not tell what a part is read as; pictures alone are known by it, and may have a type.
        is_xml = name.endswith((".xml", ".rels")) or (_seems_xml(text) and not name.endswith(".svg"))
        if is_xml and unlike_excel(text):
            return Objection(codes.DAMAGED, f"The part {part.filename} is not as Excel writes it.")
        if name == "xl/workbook.xml" and _STRICT_NAMESPACE in text:
            return _not_a_workbook("it is of the type Strict Open XML Spreadsheet")
    if "word/document.xml" in archive.namelist():
        return _not_a_workbook("it is a Word document")
    return None


def _seems_xml(text: bytes) -> bool:
    start = text[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\0 \t\r\n")
    return start.startswith(b"<")
