"""A row for people to copy from the page and to paste into a sheet, whatever its texts look like."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TypeAlias

from dmn_dli.page.html import fragment, h

Copy: TypeAlias = dict[str, str]
"""What goes to the clipboard: as `text`, and as `html` where a spreadsheet is to know more."""

_TEXT = r"mso-number-format:'\@'"
"""By it Excel takes a pasted cell for text, also where it looks like a formula, a date or a number."""

_ALSO_TEXT = "1033;0;@"
"""The same for LibreOffice."""


def pasted_row(cells: Sequence[str]) -> Copy:
    """A row in both forms that spreadsheets take: parted by tabs, and as a table whose cells are text."""
    stream = io.StringIO()
    csv.writer(stream, dialect="excel-tab", lineterminator="").writerow(cells)
    row = h("tr", (h("td", cell, style=_TEXT, sdnum=_ALSO_TEXT) for cell in cells))
    return {"text": stream.getvalue(), "html": fragment(h("table", row))}
