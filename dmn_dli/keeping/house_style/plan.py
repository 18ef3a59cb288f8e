"""What a sheet is to be like, told before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from attrs import evolve, field, frozen

from dmn_dli.keeping.house_style.table import DATE_FORMAT, LEFT, TEXT_FORMAT, Kind
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.ooxml.look import Dropdown, Highlight, Look
from dmn_dli.ooxml.sheet import Place

_PLAIN_FORMATS = ("GENERAL", TEXT_FORMAT)

LAST_ROW = 1_048_576
"""The last row of a sheet, to which an area reaches that is a whole column below its heading."""


@frozen
class Note:
    """The note of a heading, and the width of its box in pixels."""

    text: str
    width: int


@frozen
class SheetPlan:
    """A sheet as the house style has it; rows, columns and cells that are not named stay as they are.

    values: the only cells that take another value, with their text (None: blank). heights: None where the
    program that opens the file finds one. choices: areas, each with the dropdowns that are all it is to have.
    title: the area of the question; "" where there is none to merge. tab: another colour than the kind's.
    """

    sheet: str
    kind: Kind
    looks: Mapping[Place, Look]
    widths: Mapping[int, float]
    heights: Mapping[int, float | None]
    values: Mapping[Place, str | None] = field(factory=dict)
    notes: Mapping[Place, Note] = field(factory=dict)
    choices: tuple[tuple[str, tuple[Dropdown, ...]], ...] = ()
    highlights: tuple[Highlight, ...] = ()
    title: str = ""
    columns: int | None = None
    """How many columns are frozen where it is not as many as of the kind."""

    tab: str = ""


def fitted(look: Look, cell: Cell) -> Look:
    """A look for a cell that is there, with the number format only where nothing is read otherwise by it.

    The format is part of what numbers, dates and booleans say (`5%`, a month alone), and a date without one
    is a number.
    """
    return look if _takes(look.number_format, cell) else _without_format(look)


def standing_left(look: Look, number_format: str) -> Look:
    """The look of a cell for a number, a date or a boolean of that format."""
    return evolve(look, number_format=number_format, horizontal=LEFT)


def _takes(number_format: str | None, cell: Cell) -> bool:
    plain = cell.number_format.upper() in _PLAIN_FORMATS
    match cell.kind:
        case CellKind.BLANK | CellKind.TEXT:
            return True
        case CellKind.NUMBER:
            return plain and (number_format or "").upper() in _PLAIN_FORMATS
        case CellKind.DATE:
            return number_format == DATE_FORMAT and "d" in cell.number_format.lower() and "T" not in cell.text
        case _:
            return False


@lru_cache(maxsize=1000)
def _without_format(look: Look) -> Look:
    return evolve(look, number_format=None)
