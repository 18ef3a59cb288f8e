"""A file that is made anew: its name, its bytes, and what a person must know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from unicodedata import combining, normalize

from attrs import frozen

from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.keeping.new.cells import Rows, put_notes, put_sheet
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.sheet import Value
from dmn_dli.runtime.input_error import InputError

_PAYER = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")

_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel has no days, or counts them otherwise than the calendar."""

_LONGEST = 32_767
"""Characters that a cell takes."""


@frozen
class NewFile:
    """A file to be written; name: its path in the folder that is meant, parted by /.

    remarks: what was taken over, cleared, or left for a person to see to.
    """

    name: str
    data: bytes
    remarks: tuple[str, ...] = ()


def version_name(payer: str, effective: date) -> str:
    """The name of a version's file: `molina-2025-02-12.xlsx`."""
    return f"{payer}-{effective.isoformat()}.xlsx"


def check_payer(payer: str) -> None:
    """Raise InputError for an id that is no word of small letters, digits, `_` and `-`."""
    if _PAYER.fullmatch(payer) is None:
        letters = "".join(each for each in normalize("NFKD", payer.casefold()) if not combining(each))
        offered = re.sub(r"[^a-z0-9_]+", "-", letters).strip("-_0123456789")
        hint = f' "{offered}" would do.' if _PAYER.fullmatch(offered) else ""
        raise InputError(
            f"\"{payer}\" cannot be a payer's id, which is part of a file's name: small letters, digits, _ "
            f"and -, beginning with a letter, are expected.{hint}"
        )


def check_cells(*values: Value) -> None:
    """Raise InputError for what a cell of a new workbook could not hold: a text too long, a day too early."""
    for value in values:
        if isinstance(value, str) and len(value) > _LONGEST:
            raise InputError(
                f'A cell takes {_LONGEST:,} characters, and the text that begins with "{value[:30]}" has '
                f"{len(value):,}."
            )
        if isinstance(value, date) and value < _FIRST_DAY:
            raise InputError(
                f"{value.isoformat()} cannot be a date in Excel, which knows none before "
                f"{_FIRST_DAY.isoformat()}. Is the year right?"
            )


def book_bytes(sheets: Mapping[str, Rows], dictionary: Dictionary | None, *, notes: bool = False) -> bytes:
    """A workbook of these sheets in the house style; the same sheets give the same bytes.

    notes: whether it ends with a sheet Notes.
    """
    return in_house_style(bare_bytes(sheets, notes=notes), dictionary)


def bare_bytes(sheets: Mapping[str, Rows], *, notes: bool = False) -> bytes:
    """The same workbook before it is in the house style."""
    book = EditedBook.empty()
    for name, rows in sheets.items():
        put_sheet(book, name, rows)
    if notes:
        put_notes(book)
    return book.data()
