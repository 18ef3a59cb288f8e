"""Cases in comma-separated text: a row for each below a row of headings."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from dmn_dli.cases.entries import CasesFileError, Entry, decode, read_bytes
from dmn_dli.cases.headed_rows import EMPTY, OWN, keys_of, unheaded, values_by_key
from dmn_dli.runtime.errors import problem


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a csv file; semicolons or tabs part the values where the headings have no comma.

    Raises CasesFileError for an empty file, for text that is not UTF-8 and for repeated headings.
    """
    text = decode(read_bytes(path))
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = next((row for row in lines if any(row)), None)
        if headings is None:
            raise CasesFileError(EMPTY)
        keys = keys_of(headings)
        return iter([_entry(keys, row, lines.line_num) for row in lines if any(row)])
    except csv.Error as error:
        raise CasesFileError(f"Line {lines.line_num} is no csv: {error}.") from error


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return next((mark for mark in (",", ";", "\t") if mark in first), ",")


def _entry(keys: Sequence[str], row: Sequence[str], line: int) -> Entry:
    values = values_by_key(keys, row)
    if len(row) == len(keys):
        return Entry(values, written=True, problems=unheaded(keys, row, f"Line {line}"))
    reason = (
        f"The number of values in line {line} is {len(row)}, but that of the headings is {len(keys)}; "
        "put a value that holds a comma in double quotes."
    )
    # Behind the odd comma every value may stand under the wrong heading: take none for a fact.
    own = {key: text for key, text in values.items() if key in OWN}
    return Entry(own, written=True, problems=(problem(reason),))
