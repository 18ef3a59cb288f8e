"""A file that is made anew: its name, its bytes, and what a person must know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.keeping.new.cells import Rows, put_notes, put_sheet
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.runtime.input_error import InputError

_PAYER = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")


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
        offered = re.sub(r"[^a-z0-9_]+", "-", payer.casefold()).strip("-_")
        hint = f' "{offered}" would do.' if _PAYER.fullmatch(offered) else ""
        raise InputError(
            f"\"{payer}\" cannot be a payer's id, which is part of a file's name: small letters, digits, _ "
            f"and -, beginning with a letter, are expected.{hint}"
        )


def book_bytes(sheets: Mapping[str, Rows], dictionary: Dictionary | None, *, notes: bool = False) -> bytes:
    """A workbook of these sheets in the house style; the same sheets give the same bytes.

    notes: whether it ends with a sheet Notes.
    """
    book = EditedBook.empty()
    for name, rows in sheets.items():
        put_sheet(book, name, rows)
    if notes:
        put_notes(book)
    return in_house_style(book.data(), dictionary)
