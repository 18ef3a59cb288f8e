"""Where findings stand in a policy's view: on the very cell that they name, or as near as one is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, VALUES_ROW
from dmn_dli.model.cell import column_letters
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.workbook import Workbook
from dmn_dli.page import anchors

POLICY_SHEET, HISTORY_SHEET = "Policy", "Change History"

_ROW = re.compile(r"\d+\Z")


@frozen(slots=False)
class Marks:
    """The findings of a policy by the spots on which they stand.

    spots: (tab, cell), (tab, row) or (tab, "") for the sheet as a whole, to the findings' numbers, which
    begin with 1. Where a finding's cell is not shown, it stands on the row, else on the sheet.
    """

    key: str
    findings: Sequence[Finding]
    spots: Mapping[tuple[str, str], tuple[int, ...]]

    def at(self, tab: str, reference: str = "") -> tuple[tuple[int, Finding], ...]:
        """The findings on a spot, with their numbers."""
        return tuple((each, self.findings[each - 1]) for each in self.spots.get((tab, reference), ()))

    def anchor(self, tab: str, reference: str) -> str | None:
        """The id of a cell's or row's findings; None for a sheet as a whole, which has its own."""
        return anchors.cell(self.key, tab, reference) if reference else None

    def place(self, number: int) -> str | None:
        """The anchor of the spot on which a finding stands; None where nothing is shown of its sheet."""
        spot = self._spot_of.get(number)
        if spot is None:
            return None
        tab, reference = spot
        return self.anchor(tab, reference) or anchors.sheet(self.key, tab)

    @cached_property
    def _spot_of(self) -> Mapping[int, tuple[str, str]]:
        return {number: spot for spot, numbers in self.spots.items() for number in numbers}


def marks_of(key: str, workbook: Workbook, findings: Sequence[Finding]) -> Marks:
    """The findings of a workbook, each on its spot."""
    shown = {tab: frozenset(spots) for tab, spots in _shown(workbook)}
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, finding in enumerate(findings, 1):
        tab = next((each for each in shown if each == finding.sheet), None)
        tab = tab or next((each for each in shown if plain_word(each) == plain_word(finding.sheet)), None)
        if tab is None:
            continue
        row = _ROW.search(finding.cell)
        nearest = (finding.cell, row[0] if row else "", "")
        spot = tab, next(each for each in nearest if not each or each in shown[tab])
        found[spot] = (*found.get(spot, ()), number)
    return Marks(key, findings, found)


def tab_of(workbook: Workbook, name: str) -> str:
    """The name of a reserved sheet as its tab writes it."""
    return next((tab for tab in workbook.tabs if plain_word(tab) == plain_word(name)), name)


def _shown(workbook: Workbook) -> Iterator[tuple[str, Iterable[str]]]:
    """Each sheet of which the view shows something, with the cells and rows that it shows."""
    fields = workbook.policy
    yield tab_of(workbook, POLICY_SHEET), [cell.reference for cell in (fields.places | fields.blank).values()]
    for table in workbook.tables:
        yield table.sheet, _of_table(table)
    for sheet in workbook.criteria:
        yield sheet.sheet, [str(row.cell.row) for row in sheet.rows]
    if workbook.cases:
        yield workbook.cases.sheet, [str(row.cell.row) for row in workbook.cases.rows]
    if workbook.accepted_sheet:
        yield workbook.accepted_sheet, [str(each.cell.row) for each in workbook.accepted]
    if workbook.changes:
        yield tab_of(workbook, HISTORY_SHEET), [str(each.cell.row) for each in workbook.changes]
    for tab in dict.fromkeys(each.sheet for each in workbook.assumptions):
        yield tab, [str(each.condition.row) for each in workbook.assumptions if each.sheet == tab]
    if workbook.dictionary:
        yield workbook.dictionary.sheet, [str(fact.row) for fact in workbook.dictionary.facts]
    for notes in workbook.notes:
        yield notes.sheet, ()


def _of_table(table: DecisionTable) -> Iterator[str]:
    headings = [*[each.cell for each in table.inputs], *[each.cell for each in table.outputs]]
    headings += [each.cell for each in table.annotations]
    columns = ["A", *(column_letters(cell.column) for cell in headings)]
    yield from ("A1", "B1", f"A{table.next_row}")
    rules = [rule.cell.row for rule in table.rules]
    for row in (KIND_ROW, HEADING_ROW, VALUES_ROW, *rules):
        yield str(row)
        yield from (f"{column}{row}" for column in columns)
