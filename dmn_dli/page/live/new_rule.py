"""The rule that closes a gap, as a row to paste below the last rule of its sheet."""

from __future__ import annotations

from itertools import count

from attrs import frozen

from dmn_dli.model.cell import column_letters
from dmn_dli.model.finding import Finding
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.workbook import Workbook

_DIGITS = "0123456789"
_MOST_DIGITS = 12
"""A longer number is no count of rules."""


@frozen
class NewRule:
    """A row for a sheet, from its first column on; "" is left for the writer.

    headings: what stands above each cell. cell: where the first of them belongs.
    """

    sheet: str
    cell: str
    headings: tuple[str, ...]
    cells: tuple[str, ...]


def new_rule(finding: Finding, workbook: Workbook) -> NewRule | None:
    """The rule that a finding asks for; None where it asks for none."""
    table = next((each for each in workbook.tables if each.sheet == finding.sheet), None)
    if not finding.entries or table is None:
        return None
    row = finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    headings = {each.cell.column: each.cell.text for each in table.inputs}
    headings |= {each.cell.column: each.name for each in table.outputs}
    headings |= {each.cell.column: each.name for each in table.annotations}
    entries = dict(finding.entries) | {f"A{row}": proposed_id(table)}
    columns = range(1, max(headings) + 1)
    return NewRule(
        table.sheet,
        f"A{row}",
        tuple("Rule" if column == 1 else headings.get(column, "") for column in columns),
        tuple(entries.get(f"{column_letters(column)}{row}", "") for column in columns),
    )


def proposed_id(table: DecisionTable) -> str:
    """An id that follows the last numbered one of a table, such as M-08 after M-07, and is not taken."""
    ids = [rule.id for rule in table.rules]
    before, number = next((found for each in reversed(ids) if (found := _numbered(each))), ("R-", "0"))
    taken = {each.casefold() for each in ids}
    following = count(int(number) + 1)
    return next(
        own for each in following if (own := f"{before}{each:0{len(number)}}").casefold() not in taken
    )


def _numbered(identifier: str) -> tuple[str, str] | None:
    """An id as the number that it ends with and what stands before; None where it ends otherwise."""
    before = identifier.rstrip(_DIGITS)
    number = identifier[len(before) :]
    return (before, number) if 0 < len(number) <= _MOST_DIGITS else None
