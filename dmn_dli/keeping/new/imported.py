"""Files that are imported: whose converter a file asks for, and the workbook in the house style."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from attrs import frozen

from dmn_dli.excel.workbook import read_workbook_bytes
from dmn_dli.interchange.formats import imported_book
from dmn_dli.interchange.imported import Guess, ImportedBook, Rows
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.rows import hit_policy as hit_policy_letter
from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.keeping.new.file import NewFile, bare_bytes, check_cells
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.ooxml.sheet import Value
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.runtime.input_error import InputError, why
from dmn_dli.store.models import models_beside


@frozen
class ImportedFile:
    """What an import gives.

    source: the file that was read, as it was named. file: the workbook to write. guesses: what a person
    should look at, in the order of the file. findings: errors of layout that the workbook has, for want of
    what the file does not hold.
    """

    source: str
    file: NewFile
    guesses: tuple[Guess, ...] = ()
    findings: tuple[Finding, ...] = ()


def import_all(paths: Sequence[Path], outputs: tuple[str, ...], hit_policy: str) -> tuple[ImportedFile, ...]:
    """The imports of these files, in order. Raises InputError with each file that cannot be imported."""
    if hit_policy and hit_policy_letter(hit_policy) is None:
        raise InputError(
            f'"{hit_policy}" is no hit policy; U, A, P, F, R, O, C, C+, C<, C> or C# is expected.'
        )
    made: list[ImportedFile] = []
    wrong: list[str] = []
    for path in paths:
        try:
            made.append(_one(path, Asked(outputs, hit_policy)))
        except InputError as error:
            wrong.append(str(error))
    targets: dict[str, str] = {}
    for each in made:
        first = targets.setdefault(each.file.name.casefold(), each.source)
        if first != each.source:
            wrong.append(f"{first} and {each.source} would both become {each.file.name}.")
    if wrong:
        raise InputError("\n".join(wrong))
    return tuple(made)


def _one(path: Path, asked: Asked) -> ImportedFile:
    try:
        data = read_within(path, WORKBOOK_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise InputError(f'"{path}" cannot be read: {why(error)}.') from error
    return imported_file(str(path), imported_book(data, path.name, asked, lambda: models_beside(path)))


def imported_file(source: str, book: ImportedBook) -> ImportedFile:
    """The workbook of an import, in the house style. Raises InputError for what no cell could hold."""
    sheets = {name: _cells(rows) for name, rows in book.sheets.items()}
    for rows in sheets.values():
        for row in rows:
            check_cells(*row)
    bare = bare_bytes(sheets)
    read = read_workbook_bytes(bare, book.name, book.name)
    data = in_house_style(bare, read.dictionary)
    wrong = tuple(each for each in read.findings if each.code.severity is Severity.ERROR)
    return ImportedFile(source, NewFile(book.name, data), book.guesses, wrong)


def _cells(rows: Rows) -> Sequence[Sequence[Value]]:
    return [[_plain(value) for value in row] for row in rows]


def _plain(value: str | float | Decimal | date | None) -> Value:
    """A value as a cell takes it."""
    return Decimal(repr(value)) if isinstance(value, float) else value
