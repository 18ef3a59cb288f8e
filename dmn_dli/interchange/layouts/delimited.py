"""A text file of separated values as a sheet; its encoding and its separator are guessed and told."""

from __future__ import annotations

import csv
from pathlib import PurePath

from dmn_dli.excel.sheet import AREA_LIMIT, Sheet
from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.grid import ForeignFile, Grid
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.repair import trim
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.words import composed

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_FIELD_BYTES = 1_000_000


def read_delimited(data: bytes, name: str) -> ForeignFile:
    """The file as one sheet, which bears its name. Raises InputError where it is no text, or is empty."""
    guesses: list[Guess] = []
    text = _decoded(data, name, guesses)
    if not text.strip():
        raise InputError(f"{name} is empty.")
    limit = csv.field_size_limit(_FIELD_BYTES)
    try:
        separator = _separator(text)
        cells = _cells(text, separator, name)
    except csv.Error as error:
        raise InputError(f"{name} is no text of separated values: {error}.") from error
    finally:
        csv.field_size_limit(limit)
    if separator != ",":
        guesses.append(Guess(name, f"The values are taken to be parted by {SEPARATORS[separator]}."))
    return ForeignFile(name, (Grid(Sheet(PurePath(name).stem, cells)),), tuple(guesses))


def _cells(text: str, separator: str, name: str) -> dict[tuple[int, int], Cell]:
    """The values that are there. Raises csv.Error, and InputError where they are too many."""
    cells: dict[tuple[int, int], Cell] = {}
    rows = csv.reader(text.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if trim(value):
                cells[row, column] = Cell(row, column, CellKind.TEXT, composed(value))
        if len(cells) > AREA_LIMIT:
            raise InputError(f"{name} has more than {AREA_LIMIT:,} values.")
    return cells


def _decoded(data: bytes, name: str, guesses: list[Guess]) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked is None and b"\0" in data:
        raise InputError(f"{name} is no text file: it holds bytes of zero.")
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked is not None:
            raise InputError(f"{name} is no text in {marked}, as its first bytes say.") from error
    guesses.append(
        Guess(name, "The text is not UTF-8; it is read as Windows text (cp1252). Are its letters right?")
    )
    return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The separator by which most of the first lines have the same number of values, above one."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    best, score = ",", 0
    for separator in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        width = max(set(widths), key=widths.count, default=1)
        if width > 1 and (found := widths.count(width) * 100 + width) > score:
            best, score = separator, found
    return best
