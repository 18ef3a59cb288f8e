"""Cases in rows below headings: comma-separated text, and the first sheet of a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.cases.entries import CasesFileError, Entry, decode
from dmn_dli.runtime.errors import Problem, problem

if TYPE_CHECKING:
    from dmn_dli.model.cell import Cell

_OWN = ("case_id", "payer")
_EMPTY = "It is empty; a row of headings, and a row for each case below it, are expected."


def csv_entries(data: bytes) -> Iterator[Entry]:
    """The cases of a csv file; semicolons or tabs part the values where the headings have no comma.

    Raises CasesFileError for an empty file, for text that is not UTF-8 and for repeated headings.
    """
    text = decode(data)
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = next((row for row in lines if any(row)), None)
        if headings is None:
            raise CasesFileError(_EMPTY)
        keys = _keys(headings)
        return iter([_csv_entry(keys, row, lines.line_num) for row in lines if any(row)])
    except csv.Error as error:
        raise CasesFileError(f"Line {lines.line_num} is no csv: {error}.") from error


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return next((mark for mark in (",", ";", "\t") if mark in first), ",")


def _csv_entry(keys: Sequence[str], row: Sequence[str], line: int) -> Entry:
    values = _values(keys, row)
    if len(row) == len(keys):
        return Entry(values, written=True, problems=_unheaded(keys, row, f"Line {line}"))
    reason = (
        f"The number of values in line {line} is {len(row)}, but that of the headings is {len(keys)}; "
        "put a value that holds a comma in double quotes."
    )
    # Behind the odd comma every value may stand under the wrong heading: take none for a fact.
    own = {key: text for key, text in values.items() if key in _OWN}
    return Entry(own, written=True, problems=(problem(reason),))


def worksheet_entries(path: Path) -> Iterator[Entry]:
    """The cases on the first sheet of a workbook.

    A formula, an error value or a percentage is a problem of its case. Raises CasesFileError for what is no
    workbook, for an empty sheet and for repeated headings.
    """
    from dmn_dli.excel import WorkbookUnreadableError, read_rows

    try:
        rows = read_rows(path)
    except WorkbookUnreadableError as error:
        raise CasesFileError(str(error)) from error
    except OSError as error:
        raise CasesFileError("It cannot be opened.") from error
    if not rows:
        raise CasesFileError(_EMPTY)
    keys = _keys([cell.text for cell in rows[0]])
    return iter([_worksheet_entry(keys, row) for row in rows[1:]])


def _worksheet_entry(keys: Sequence[str], row: Sequence[Cell]) -> Entry:
    texts = ["" if _cell_problem(cell) else cell.text for cell in row]
    problems = [found for cell in row if (found := _cell_problem(cell))]
    problems += _unheaded(keys, texts, f"Row {row[0].row}")
    return Entry(_values(keys, texts), written=True, problems=tuple(problems))


def _cell_problem(cell: Cell) -> Problem | None:
    kind = cell.kind.value
    if kind == "formula":
        reason = "holds a formula; replace it with its value by Paste Special > Values."
    elif kind == "error":
        reason = f"holds the error value {cell.text}; type the value that belongs there."
    elif kind == "number" and "%" in cell.number_format:
        reason = "shows a percentage; format the cell as Text and type the number alone."
    else:
        return None
    return problem(f"The cell {cell.reference} {reason}", value=cell.text, cell=cell.reference)


def _keys(headings: Sequence[str]) -> list[str]:
    """The headings as keys; our own in small letters. Raises CasesFileError where one stands there twice."""
    keys = [" ".join(heading.split()) for heading in headings]
    keys = [key.casefold() if key.casefold() in _OWN else key for key in keys]
    seen: set[str] = set()
    for key in keys:
        if key and key.casefold() in seen:
            raise CasesFileError(f'The heading "{key}" stands there twice; rename or delete one column.')
        seen.add(key.casefold())
    return keys


def _values(keys: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {key: text for key, text in zip(keys, row, strict=False) if key}


def _unheaded(keys: Sequence[str], row: Sequence[str], place: str) -> tuple[Problem, ...]:
    return tuple(
        problem(f'{place} holds "{text}" in column {number}, which has no heading.', value=text)
        for number, (key, text) in enumerate(zip(keys, row, strict=False), 1)
        if not key and text.strip()
    )
