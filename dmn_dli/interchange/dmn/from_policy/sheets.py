"""What of a workbook has no place in DMN, sheet by sheet as it stands (docs/dmn.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.interchange.dmn.expressions import Extension
from dmn_dli.interchange.dmn.ours import ours
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import FACT_HEADINGS, Dictionary
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import Workbook

_HOLDS = {
    "policy": "policy",
    "cases": "cases",
    "facts": "facts",
    "change history": "history",
    "assumptions": "assumptions",
    "accepted": "accepted",
    "findings": "findings",
}
_TYPES = {CellKind.NUMBER: "number", CellKind.BOOLEAN: "boolean", CellKind.DATE: "date"}


def workbook_sheets(
    workbook: Workbook, dictionary: Dictionary, package: Package, decisions: Mapping[str, str]
) -> Extension:
    """The workbook's sheets; decisions: the ids of the decisions that its tables are, by their names."""
    tables = {table.sheet: decisions[table.name] for table in workbook.tables}
    criteria = {sheet.sheet for sheet in workbook.criteria}
    shared = dictionary.assumptions if dictionary.file != workbook.name else ()
    children = []
    for sheet in package.sheets:
        word = plain_word(sheet.name)
        if sheet.name in tables:
            children.append(_sheet(sheet.name, "table", decision=tables[sheet.name]))
        elif sheet.name in criteria:
            children.append(_sheet(sheet.name, "criteria", _rows(sheet)))
        elif word == "facts":
            children.append(_sheet(sheet.name, "facts"))
        elif not sheet.is_chart:
            children.append(_sheet(sheet.name, _HOLDS.get(word, "notes"), _rows(sheet)))
    if shared:
        head = [_row(["condition", "reason"])]
        rows = [_row([each.condition.text, each.reason]) for each in shared]
        children.append(_sheet("Assumptions", "assumptions", [*head, *rows], of=dictionary.file))
    return ours(
        "workbook",
        {"name": workbook.name, "dictionary": None if workbook.dictionary else dictionary.file or None},
        children=children,
    )


def further_columns(sheet: Sheet | None) -> dict[str, dict[str, str]]:
    """What the columns of a Facts sheet hold that its contract does not name: by fact, by heading."""
    if sheet is None:
        return {}
    headings = {cell.column: cell.text for cell in sheet.rows.get(1, ())}
    facts = next((column for column, text in headings.items() if plain_word(text) == "fact"), None)
    if facts is None:
        return {}
    more = {column: text for column, text in headings.items() if plain_word(text) not in FACT_HEADINGS}
    return {
        sheet.at(row, facts).text: {text: sheet.at(row, column).text for column, text in more.items()}
        for row in sheet.rows
        if row > 1
    }


def _sheet(
    name: str,
    holds: str,
    rows: Sequence[Extension] = (),
    *,
    decision: str | None = None,
    of: str | None = None,
) -> Extension:
    return ours("sheet", {"name": name, "holds": holds, "decision": decision, "of": of}, children=rows)


def _rows(sheet: Sheet) -> list[Extension]:
    return [ours("row", children=_cells(sheet, row)) for row in range(1, sheet.last_row + 1)]


def _row(texts: Sequence[str]) -> Extension:
    return ours("row", children=[ours("cell", text=text) for text in texts])


def _cells(sheet: Sheet, row: int) -> Iterator[Extension]:
    last = max((cell.column for cell in sheet.rows.get(row, ())), default=0)
    return (_cell(sheet.at(row, column)) for column in range(1, last + 1))


def _cell(cell: Cell) -> Extension:
    return ours("cell", {"type": _TYPES.get(cell.kind)}, cell.text)
