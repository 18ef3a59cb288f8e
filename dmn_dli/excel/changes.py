"""The Change History sheet: who changed what, when and why."""

from __future__ import annotations

from dmn_dli.excel.days import read_day
from dmn_dli.excel.place import trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import ChangeEntry


def read_changes(sheet: Sheet) -> tuple[ChangeEntry, ...]:
    """The entries in the order of the sheet; a date that is none is None."""
    columns = {plain_word(cell.text): cell.column for cell in sheet.rows.get(1, ())}
    entries = []
    for row in sheet.rows:
        if row == 1:
            continue
        day, who, what, why = (
            trimmed(sheet.at(row, columns[name])).text if name in columns else ""
            for name in ("date", "who", "what", "why")
        )
        entries.append(ChangeEntry(read_day(day), who, what, why, sheet.rows[row][0], sheet.rows[row]))
    return tuple(entries)
