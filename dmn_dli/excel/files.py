"""Reading workbook files, also while another program is at work on them."""

from __future__ import annotations

import time
from pathlib import Path

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.excel.archive import objection_to
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.workbook import open_package, read_dictionary_bytes, read_workbook_bytes
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import PolicyFields, Workbook
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES

_PAUSES = (0.1, 0.2, 0.3, 0.4)
"""Seconds between the tries to read a file that another program is writing: one second in all."""


class WorkbookUnreadableError(Exception):
    """A file that is no readable workbook; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


@frozen
class _FileBytes:
    """A file's bytes; `busy` where another program kept us from reading them whole."""

    data: bytes
    busy: str = ""


def read_workbook(path: Path, as_given: str | None = None, first: bytes | None = None) -> Workbook:
    """The workbook with everything that is wrong with it, as findings.

    as_given: the path as the user wrote it. first: its bytes where they have been read already; they are
    read again only if they are not whole. Raises FileNotFoundError where there is no such file.
    """
    given = str(path) if as_given is None else as_given
    if path.is_dir():  # as Numbers may save its documents
        message = "The file is no Excel workbook (.xlsx): it is a folder."
        found = Place(given).finding(codes.NOT_A_WORKBOOK, message)
        return Workbook(given, path.name, "", PolicyFields(), findings=(found,))
    read = _read_bytes(path, first)
    if read.busy:
        return Workbook(given, path.name, "", PolicyFields(), findings=(_busy(read, given),))
    return read_workbook_bytes(read.data, path.name, given)


def read_dictionary(
    path: Path, as_given: str | None = None, first: bytes | None = None
) -> tuple[Dictionary | None, tuple[Finding, ...]]:
    """The dictionary on the workbook's sheet Facts, with what is wrong with it.

    as_given, first: as `read_workbook` takes them. Raises FileNotFoundError where there is no such file.
    """
    given = str(path) if as_given is None else as_given
    read = _read_bytes(path, first)
    if read.busy:
        return None, (_busy(read, given),)
    return read_dictionary_bytes(read.data, path.name, given)


def read_rows(path: Path, sheet: str | None = None) -> list[list[Cell]]:
    """The rows of the first sheet (or of the one named) that hold a value, each as long as the longest.

    Raises FileNotFoundError where there is no such file, WorkbookUnreadableError where it cannot be read.
    """
    read = _read_bytes(path)
    if read.busy:
        raise WorkbookUnreadableError((_busy(read, str(path)),))
    package, refusal = open_package(read.data, path.name, Place(str(path)))
    sheets = () if package is None else package.sheets
    chosen = next((found for found in sheets if sheet in (None, found.name) and not found.is_chart), None)
    if chosen is None:
        missing = Place(str(path)).finding(
            codes.NOT_A_TABLE,
            f'The workbook has no sheet "{sheet}".' if sheet else "The workbook has no sheet.",
        )
        raise WorkbookUnreadableError(refusal or (missing,))
    return _dense_rows(chosen)


def _dense_rows(sheet: Sheet) -> list[list[Cell]]:
    width = max((cell.column for cell in sheet.cells.values()), default=0)
    return [[sheet.at(row, column) for column in range(1, width + 1)] for row in sheet.rows]


def _busy(read: _FileBytes, given: str) -> Finding:
    return Place(given).finding(codes.BUSY, read.busy)


def _read_bytes(path: Path, first: bytes | None = None) -> _FileBytes:
    """The file's bytes, tried again while another program holds the file or has not written it to its end."""
    read = _try_to_read(path) if first is None else _FileBytes(first)
    for pause in _PAUSES:
        if not read.busy and not _incomplete(read.data):
            break
        time.sleep(pause)
        read = _try_to_read(path)
    return read


def _try_to_read(path: Path) -> _FileBytes:
    try:
        before = path.stat()
        with path.open("rb") as stream:
            data = stream.read(WORKBOOK_BYTES + 1)  # one more shows that there are too many
        after = path.stat()
    except FileNotFoundError:
        raise
    except OSError as error:
        return _FileBytes(
            b"", f"The file cannot be opened ({error.strerror}); perhaps another program holds it."
        )
    if len(data) > WORKBOOK_BYTES:
        return _FileBytes(data)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        return _FileBytes(data, "The file changes while it is being read; another program is writing it.")
    return _FileBytes(data)


def _incomplete(data: bytes) -> bool:
    """Whether the bytes look like a workbook that has not been written to its end."""
    if not data:
        return True
    objection = objection_to(data, "") if data.startswith(b"PK") else None
    return objection is not None and objection.code is codes.DAMAGED
