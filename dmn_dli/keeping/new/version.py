"""A new version of a payer's policy: the version before it, of which the document's own fields are blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Package
from dmn_dli.excel.workbook import open_package, read_workbook_bytes
from dmn_dli.keeping.new.cells import (
    HEADINGS,
    HISTORY,
    history_columns,
    move_cases,
    put_fields,
    put_line,
    put_sheet,
    sheets_named,
    shortened,
)
from dmn_dli.keeping.new.file import NewFile, check_cells, version_name
from dmn_dli.model.repair import plain_word
from dmn_dli.model.to_fill_in import to_fill_in
from dmn_dli.model.workbook import DRAFT, Workbook
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.ooxml.sheet import Value
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.store.folder import named_versions, payers_named

_NO_HEADINGS = (
    "The Change History got no line, for its row 1 has no heading what; date, who, what and why are expected."
)


@frozen
class Line:
    """A line of the Change History; what is not given is left to be filled in, and a day blank."""

    day: date | None = None
    who: str | None = None
    what: str | None = None
    why: str | None = None

    @property
    def cells(self) -> tuple[Value, ...]:
        """The line as cells hold it."""
        return (
            self.day,
            self.who or to_fill_in("your name"),
            self.what or to_fill_in("what this version changes"),
            self.why or to_fill_in("the document and its date"),
        )


@frozen
class Earlier:
    """A version that another one is begun from: its file's bytes, and what is read of them.

    is_open: whether Excel or LibreOffice have it open, so that what is seen there may not be saved yet.
    """

    data: bytes
    workbook: Workbook
    package: Package
    is_open: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person must know who begins from it."""
        said = f"{self.workbook.name} is open in Excel or LibreOffice; what is not saved there is not copied."
        return (said,) if self.is_open else ()

    @property
    def effective(self) -> date:
        """Its first day."""
        found = self.workbook.policy.effective_from
        assert found is not None, "a version has a first day"
        return found


def new_version(folder: Path, payer: str, effective: date, line: Line) -> NewFile:
    """The payer's latest version before a day as a draft that takes effect on it.

    All other parts of the file stay byte for byte. Raises InputError where there is no such payer or no
    version before that day, where one takes effect on it already, where the line or the day are such as no
    cell holds, and where the file cannot be changed.
    """
    check_cells(effective, line.day, line.who, line.what, line.why)
    versions = versions_of(folder, payer)
    for each in versions:
        if each.effective == effective:
            raise InputError(
                f'"{each.workbook.name}" is a version of "{payer}" of {effective.isoformat()} already.'
            )
    earlier = [each for each in versions if each.effective < effective and not each.workbook.policy.withdrawn]
    if not earlier:
        first = min(each.effective for each in versions).isoformat()
        raise InputError(
            f'There is no version of "{payer}" before {effective.isoformat()} to begin from; '
            f"the first takes effect on {first}."
        )
    source = max(earlier, key=lambda each: each.effective)
    book = opened(source)
    stuck = begin(book, source, {"Effective from": effective}, effective)
    written = _add_line(book, source.package, line)
    moved = (effective - source.effective).days
    later = [each.workbook.name for each in versions if each.effective > effective]
    return NewFile(
        version_name(source.workbook.policy.payer or payer, effective),
        book.data(),
        (
            (
                f"Begun from {source.workbook.name}; the days of its cases are moved by "
                f"{moved} day{'' if moved == 1 else 's'}."
            ),
            *source.remarks,
            *(("That version is a draft itself.",) if source.workbook.policy.draft else ()),
            *(() if written else (_NO_HEADINGS,)),
            *(f"{name} takes effect later, and stays as it is." for name in later),
            *stuck_remarks(stuck),
        ),
    )


def stuck_remarks(cells: Sequence[str]) -> tuple[str, ...]:
    """That days of cases could not be moved; nothing where all were."""
    said = f"These days of cases cannot be moved so far, and stay as they are: {shortened(cells)}."
    return (said,) if cells else ()


def versions_of(folder: Path, payer: str) -> tuple[Earlier, ...]:
    """A payer's versions in a folder, by their first day, drafts and withdrawn ones among them.

    Raises InputError where there are none, with the nearest payer, and where one cannot be read.
    """
    try:
        named = named_versions(folder, payer)
        if not named:
            hint = did_you_mean(payer, payers_named(folder))
            raise InputError(f'There is no version of a payer "{payer}" in "{folder}".{hint}')
        read = [_read(path, payer) for _, path in named]
    except OSError as error:
        raise InputError(f'The versions of "{payer}" in "{folder}" cannot be read: {why(error)}.') from error
    return tuple(sorted(read, key=lambda each: each.effective))


def _read(path: Path, payer: str) -> Earlier:
    """A version's file. Raises InputError where it cannot be read or is no version of the payer, OSError."""
    data = read_within(path, WORKBOOK_BYTES)
    package, refusal = open_package(data, path.name, Place(path.name))
    if package is None:
        raise InputError("\n".join(f"{path}: {finding.text}" for finding in refusal))
    workbook = read_workbook_bytes(data, path.name, str(path))
    fields = workbook.policy
    if fields.effective_from is None or plain_word(fields.payer or "") != plain_word(payer):
        raise InputError(
            f'"{path}" is named as a version of "{payer}", and its Policy sheet does not say so: Payer and '
            "Effective from are expected as in the name. `dmn-dli check` lists what is wrong."
        )
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    return Earlier(data, workbook, package, any(lock.exists() for lock in locks))


def opened(source: Earlier) -> EditedBook:
    """The version's file, ready to be changed. Raises InputError where a change would spoil it."""
    try:
        return EditedBook(source.data)
    except (LostPartsError, BrokenBookError) as error:
        raise InputError(f'"{source.workbook.name}" cannot be copied: {error}') from error


def begin(book: EditedBook, source: Earlier, fields: dict[str, Value], effective: date) -> tuple[str, ...]:
    """Make a draft of the copy: what the document prints is blank, its cases stand in the new period.

    fields: those of the Policy sheet that are to say something else. Gives the cells of cases that could not
    be moved.
    """
    blank: Sequence[str] = ("Effective to", "Last review", "Next review", "Source document")
    (policy,) = list(sheets_named(source.package.sheets, "Policy"))[:1]
    values = {"Status": DRAFT, **dict.fromkeys(blank), **fields}
    put_fields(book.sheet(policy.name), source.workbook.policy, values)
    cases = source.workbook.cases
    if cases is None:
        return ()
    return move_cases(book.sheet(cases.sheet), cases, effective - source.effective)


def _add_line(book: EditedBook, package: Package, line: Line) -> bool:
    """Write a line below the last of the Change History, which is added where there is none.

    Gives whether it was written: not where the sheet has no column for what changed.
    """
    found = next(sheets_named(package.sheets, HISTORY), None)
    if found is None or not found.cells:
        if found is not None:
            book.remove_sheet(found.name)
        put_sheet(book, HISTORY, [HEADINGS, line.cells])
        return True
    columns = history_columns(found)
    if "what" in columns:
        put_line(book.sheet(found.name), columns, found.last_row + 1, line.cells)
    return "what" in columns
