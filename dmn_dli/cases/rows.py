"""The rows of a Cases sheet: each case's facts, read and checked, and the cells that say what it expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from dmn_dli.cases.columns import CaseColumn, Role, read_columns
from dmn_dli.cases.expectation import NOTHING
from dmn_dli.cases.written_facts import read_fact
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import CaseRow, Workbook
from dmn_dli.runtime.criterion import MET, NOT_MET, STATUSES
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.nearest import did_you_mean

_OTHER_WORDS = {"unmet": NOT_MET, "failed": NOT_MET, "no": NOT_MET, "false": NOT_MET, "yes": MET, "true": MET}
"""What people write for a status, and letters alone would not tell, or tell as its opposite."""


@frozen
class KnownCase:
    """A case by its name; `facts` as `policy.evaluate` takes them."""

    name: str
    facts: Mapping[str, Any]


@frozen
class RefusedCell:
    """A cell that holds no value of its fact, or no status of a criterion, with the reason in words."""

    column: CaseColumn
    cell: Cell
    reason: str

    @property
    def given(self) -> bool:
        """Whether it is about a fact, without which there is no case; else about what the case expects."""
        return self.column.role is Role.FACT


@frozen
class ReadRow:
    """A case read from its row: its facts, the cells with expectations, and cells that cannot be read."""

    row: CaseRow
    facts: Mapping[str, Any]
    expectations: tuple[tuple[CaseColumn, Cell], ...]
    refused: tuple[RefusedCell, ...]


@frozen
class ReadSheet:
    """A Cases sheet; nothing of a workbook that has none."""

    columns: tuple[CaseColumn, ...] = ()
    rows: tuple[ReadRow, ...] = ()


def read_sheet(workbook: Workbook, kernel: PolicyKernel) -> ReadSheet:
    """The Cases sheet of a workbook as its own policy reads it."""
    return read_with(workbook, kernel.case_reader.facts, [each.name for each in kernel.tables])


def read_with(workbook: Workbook, readers: Mapping[str, FactReader], decisions: Sequence[str]) -> ReadSheet:
    """The Cases sheet of a workbook, its facts read by these readers."""
    if workbook.cases is None:
        return ReadSheet()
    columns = read_columns(workbook, readers.values(), decisions)
    return ReadSheet(columns, tuple(_read_row(row, columns, readers) for row in workbook.cases.rows))


def known_cases(workbook: Workbook, kernel: PolicyKernel) -> tuple[KnownCase, ...]:
    """The cases of a workbook's Cases sheet; a value that its fact cannot have is left out."""
    return tuple(KnownCase(each.row.name, each.facts) for each in read_sheet(workbook, kernel).rows)


def _read_row(row: CaseRow, columns: tuple[CaseColumn, ...], readers: Mapping[str, FactReader]) -> ReadRow:
    facts: dict[str, Any] = {}
    expectations: list[tuple[CaseColumn, Cell]] = []
    refused: list[RefusedCell] = []
    for column, cell in zip(columns, row.values, strict=True):
        if cell.blank or not cell.text:
            continue
        if column.role is Role.FACT:
            reader = readers[column.name]
            try:
                facts[column.name] = _read_cell(cell, reader)
            except NotAValue as reason:
                refused.append(RefusedCell(column, cell, str(reason)))
        elif column.role is Role.CRITERION and plain_word(cell.text) not in (*STATUSES, NOTHING):
            refused.append(RefusedCell(column, cell, _no_status(cell.text)))
        elif column.role not in (Role.WHY, Role.UNKNOWN):
            expectations.append((column, cell))
    return ReadRow(row, facts, tuple(expectations), tuple(refused))


def _no_status(text: str) -> str:
    """Why a cell says no status, with the nearest."""
    said = plain_word(text)
    near = did_you_mean(_OTHER_WORDS.get(said, said), STATUSES)
    return f'"{text}" is no status of a criterion.{near}'


def _read_cell(cell: Cell, reader: FactReader) -> Any:
    """The value in a fact's cell. Raises NotAValue with the whole message."""
    if cell.kind is CellKind.NUMBER and "%" in cell.number_format:
        shown = format((Decimal(cell.text) * 100).normalize(), "f")
        raise NotAValue(
            f"{reader.label} is shown as {shown} % and would be read as {cell.text}; write the number in the "
            f"fact's own unit, {shown} for a fact in percent, in a cell formatted as Text"
        )
    try:
        return read_fact(cell.text, reader)
    except NotAValue as error:
        raise NotAValue(reader.problem(reader.from_text(cell.text), str(error))["reason"]) from error
