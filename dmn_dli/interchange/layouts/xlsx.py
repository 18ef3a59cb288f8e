"""The sheets of an xlsx file: what our own reader takes of it, and borders, comments and formulas' values."""

from __future__ import annotations

from attrs import evolve

from dmn_dli.excel.archive import Refused
from dmn_dli.excel.parse import BROKEN_PART
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.stored_values import kind_and_text
from dmn_dli.excel.workbook import open_package
from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.interchange.layouts.xlsx_looks import Looks, sheet_looks
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.runtime.input_error import InputError


def read_xlsx(data: bytes, name: str) -> ForeignFile:
    """The file's sheets. Raises InputError for what our own reader would not open either."""
    package, findings = open_package(data, name, Place(name))
    if package is None:
        raise InputError(f"{name}: {' '.join(each.message for each in findings)}")
    damaged = tuple(
        Guess(each, "The sheet is damaged in the file; it is left out.") for each in package.damaged
    )
    guesses = list(damaged)
    try:
        looks = sheet_looks(data)
    except (Refused, *BROKEN_PART):
        looks = {}
        guesses.append(
            Guess(name, "Borders, comments and the values of formulas could not be read; they are left out.")
        )
    drawn = ", ".join(sheet for sheet, each in looks.items() if each.drawn)
    if drawn:
        guesses.append(Guess(name, f"Pictures and charts are left out; they stand on: {drawn}."))
    return ForeignFile(
        name, tuple(_grid(sheet, looks.get(sheet.name)) for sheet in package.sheets), tuple(guesses)
    )


def _grid(sheet: Sheet, looks: Looks | None) -> Grid:
    if looks is None:
        return Grid(sheet)
    cells = dict(sheet.cells)
    formulas: dict[tuple[int, int], str] = {}
    for place, cell in sheet.cells.items():
        if cell.kind is CellKind.FORMULA:
            formulas[place] = cell.text
            cells[place] = _reckoned(cell, looks.values.get(place))
    shown = evolve(sheet, cells=cells)
    return Grid(shown, formulas, looks.comments, looks.double_right, looks.double_below)


def _reckoned(formula: Cell, stored: tuple[object, str] | None) -> Cell:
    """The value that a formula had when the file was saved; the formula where there is none."""
    if stored is None:
        return formula
    kind, text = kind_and_text(*stored)
    return formula if kind is CellKind.FORMULA else evolve(formula, kind=kind, text=text)
