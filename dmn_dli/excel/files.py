"""Reading workbook files, also while another program is at work on them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from attrs import frozen

from dmn_dli.excel import codes
from dmn_dli.excel.archive import objection_to
from dmn_dli.excel.hazards import hidden_hazards, hidden_sheet, merge_hazards, struck_hazards
from dmn_dli.excel.parts import CASES_MARKS_LIMIT
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.workbook import open_package, read_dictionary_bytes, read_workbook_bytes
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import PolicyFields, Workbook
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES

_PAUSES = (0.1, 0.2, 0.3, 0.4)
"""Seconds between the tries to read a file that another program is writing: one second in all."""

SPARSE = 20
"""A list of cases may span any number of cells as long as one of so many holds something."""


class WorkbookUnreadableError(Exception):
    """A file that is no readable workbook; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


@frozen
class _FileBytes:
    """A file's bytes; `busy` where another program kept us from reading them whole.

    special: whether it is no file that holds bytes, but a folder, a pipe or a device.
    """

    data: bytes
    busy: str = ""
    special: bool = False


def read_workbook(path: Path, as_given: str | None = None, first: bytes | None = None) -> Workbook:
    """The workbook with everything that is wrong with it, as findings.

    as_given: the path as the user wrote it. first: its bytes where they have been read already; they are
    read again only if they are not whole. Raises FileNotFoundError where there is no such file.
    """
    given = str(path) if as_given is None else as_given
    read = _read_bytes(path, first)
    unread = _unread(read, given)
    if unread:
        return Workbook(given, path.name, "", PolicyFields(), findings=unread)
    return read_workbook_bytes(read.data, path.name, given)


def read_dictionary(
    path: Path, as_given: str | None = None, first: bytes | None = None
) -> tuple[Dictionary | None, tuple[Finding, ...]]:
    """The dictionary on the workbook's sheet Facts, with what is wrong with it.

    as_given, first: as `read_workbook` takes them. Raises FileNotFoundError where there is no such file.
    """
    given = str(path) if as_given is None else as_given
    read = _read_bytes(path, first)
    unread = _unread(read, given)
    if unread:
        return None, unread
    return read_dictionary_bytes(read.data, path.name, given)


def read_rows(path: Path, sheet: str | None = None) -> list[list[Cell]]:
    """The rows of the first sheet (or of the one named) that hold a value, each as long as the longest.

    Where something is hidden, filtered out, struck through or merged the sheet is no more read than a table
    would be, and the findings say why. Formulas and error values are cells of that kind.
    Raises FileNotFoundError where there is no such file, WorkbookUnreadableError where it cannot be read.
    """
    read = _read_bytes(path)
    unread = _unread(read, str(path))
    if unread:
        raise WorkbookUnreadableError(unread)
    package, refusal = open_package(read.data, path.name, Place(str(path)), CASES_MARKS_LIMIT)
    sheets = () if package is None else package.sheets
    chosen = next((found for found in sheets if sheet in (None, found.name) and not found.is_chart), None)
    if chosen is None:
        missing = Place(str(path)).finding(
            codes.NOT_A_TABLE,
            f'The workbook has no sheet "{sheet}".' if sheet else "The workbook has no sheet.",
        )
        raise WorkbookUnreadableError(refusal or (missing,))
    place = Place(str(path), chosen.name)
    unclear = tuple(_unclear(chosen, place))
    if unclear:
        raise WorkbookUnreadableError(unclear)
    return _dense_rows(chosen, place)


def _unclear(sheet: Sheet, place: Place) -> Iterator[Finding]:
    """What makes a list say something else than its reader sees."""
    if sheet.hidden:
        yield hidden_sheet(sheet, place)
    whole = Area(1, 1, sheet.last_row, max((cell.column for cell in sheet.cells.values()), default=1))
    yield from struck_hazards(sheet, place, sheet.used(whole))
    yield from merge_hazards(sheet, place, whole)
    yield from hidden_hazards(sheet, place, whole)


def _dense_rows(sheet: Sheet, place: Place) -> list[list[Cell]]:
    width = max((cell.column for cell in sheet.cells.values()), default=0)
    if len(sheet.cells) < len(sheet.rows) * width // SPARSE:
        wide = sheet.spans_too_much(len(sheet.rows), width)
        if wide:
            raise WorkbookUnreadableError((place.finding(codes.TOO_LARGE, wide),))
    return [[sheet.at(row, column) for column in range(1, width + 1)] for row in sheet.rows]


def _unread(read: _FileBytes, given: str) -> tuple[Finding, ...]:
    """Why a file's bytes could not be had; nothing where they are there."""
    if read.special:
        message = (
            "The file is no Excel workbook (.xlsx): it is no plain file, but a folder, a pipe, a device or a "
            "link to nothing."
        )
        return (Place(given).finding(codes.NOT_A_WORKBOOK, message),)
    return (Place(given).finding(codes.BUSY, read.busy),) if read.busy else ()


def _read_bytes(path: Path, first: bytes | None = None) -> _FileBytes:
    """The file's bytes, tried again while another program holds the file or has not written it to its end."""
    read = _try_to_read(path) if first is None else _FileBytes(first)
    for pause in _PAUSES:
        if read.special or not (read.busy or _incomplete(read.data)):
            break
        time.sleep(pause)
        read = _try_to_read(path)
    return read


def _try_to_read(path: Path) -> _FileBytes:
    try:
        if path.is_symlink() and not path.exists():
            return _FileBytes(b"", special=True)
        before = path.stat()
        if not S_ISREG(before.st_mode):
            # Reading a pipe waits for ever for somebody to write into it.
            return _FileBytes(b"", special=True)
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
