"""Many cells in few words: `Cases!A2:A30, A35`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACE = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>\d+)")


def ranges(places: Sequence[str]) -> str:
    """Cells by their places, those one below the other as a range, a sheet's name where it begins."""
    runs: list[tuple[str, str, int, int]] = []
    for name in places:
        found = _PLACE.fullmatch(name)
        if found is None:
            return ", ".join(places)
        sheet, column, row = found["sheet"], found["column"], int(found["row"])
        if runs and runs[-1][:2] == (sheet, column) and runs[-1][3] == row - 1:
            runs[-1] = (sheet, column, runs[-1][2], row)
        else:
            runs.append((sheet, column, row, row))
    told, last = [], ""
    for sheet, column, first, final in runs:
        cells = f"{column}{first}" if first == final else f"{column}{first}:{column}{final}"
        told.append(cells if sheet == last else f"{sheet}!{cells}")
        last = sheet
    return ", ".join(told)
