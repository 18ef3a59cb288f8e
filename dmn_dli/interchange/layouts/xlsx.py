"""The sheets of an xlsx file: what our own reader takes of it, and borders, comments and formulas' values."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from attrs import evolve
from openpyxl import load_workbook

from dmn_dli.excel.parse import BROKEN_PART
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.stored_values import kind_and_text
from dmn_dli.excel.workbook import open_package
from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
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
    values, drawn = _looks(data)
    guesses = list(damaged)
    if values is None:
        guesses.append(
            Guess(name, "Borders, comments and the values of formulas could not be read; they are left out.")
        )
    if drawn:
        guesses.append(Guess(name, f"Pictures and charts are left out; they stand on: {', '.join(drawn)}."))
    return ForeignFile(
        name, tuple(_grid(sheet, (values or {}).get(sheet.name)) for sheet in package.sheets), tuple(guesses)
    )


def _looks(data: bytes) -> tuple[Mapping[str, Any] | None, list[str]]:
    """openpyxl's worksheets by name; None where it cannot read the file. And which hold drawings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
        except BROKEN_PART:
            return None, []
    sheets: dict[str, Any] = {each.title: each for each in book.worksheets}
    return sheets, [name for name, each in sheets.items() if each._images or each._charts]


def _grid(sheet: Sheet, drawn: Any) -> Grid:
    if drawn is None:
        return Grid(sheet)
    cells = dict(sheet.cells)
    formulas: dict[tuple[int, int], str] = {}
    comments: dict[tuple[int, int], str] = {}
    right: set[tuple[int, int]] = set()
    below: set[tuple[int, int]] = set()
    for place, cell in sheet.cells.items():
        if cell.kind is CellKind.FORMULA:
            formulas[place] = cell.text
            cells[place] = _reckoned(cell, drawn.cell(*place))
    for (row, column), each in drawn._cells.items():
        if getattr(each, "comment", None) is not None:
            comments[row, column] = each.comment.text or ""
        if not each.has_style:
            continue
        border = each.border
        for side, places, place in (
            (border.right, right, (row, column)),
            (border.left, right, (row, column - 1)),
            (border.bottom, below, (row, column)),
            (border.top, below, (row - 1, column)),
        ):
            if side is not None and side.style == "double":
                places.add(place)
    return Grid(evolve(sheet, cells=cells), formulas, comments, frozenset(right), frozenset(below))


def _reckoned(formula: Cell, drawn: Any) -> Cell:
    """The value that a formula had when the file was saved; the formula where there is none."""
    if drawn.value is None:
        return formula
    kind, text = kind_and_text(drawn.value, drawn.data_type)
    return formula if kind is CellKind.FORMULA else evolve(formula, kind=kind, text=text)
