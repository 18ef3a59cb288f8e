"""A cell as it was read, and where things stand in a workbook."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class CellKind(Enum):
    """What the file says a cell holds, before anybody asks what it should hold."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    FORMULA = "formula"
    ERROR = "error"


def column_letters(column: int) -> str:
    """The letters of a 1-based column number: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def cell_name(sheet: str, reference: str) -> str:
    """A cell's address as Excel writes it: `Scope!A5`, `'Unmet criteria'!A5`."""
    plain = sheet.isidentifier() and sheet.isascii()
    return f"{sheet}!{reference}" if plain else "'" + sheet.replace("'", "''") + "'!" + reference


@frozen
class Cell:
    """One cell of a sheet.

    row, column: 1-based.
    text: what the cell holds as text: its characters; a number in plain digits
        (`0.5`, never `5E-1`); `true` or `false`; an ISO date (`2025-02-12`), time
        or date and time; a formula with its `=`; an error value such as `#N/A`.
    number_format: Excel's format code, by which a typed `5%` or `1e7` is told from 0.05 and 10000000.
    """

    row: int
    column: int
    kind: CellKind = CellKind.BLANK
    text: str = ""
    number_format: str = "General"

    @property
    def reference(self) -> str:
        """`B5`."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Whether the cell holds nothing at all."""
        return self.kind is CellKind.BLANK
