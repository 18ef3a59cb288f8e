"""Suggested cases in the Cases sheet of a copy of their workbook, for a person to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from attrs import frozen
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.cases.columns import EXPECT_DETERMINATION, WHY, Role, read_columns
from dmn_dli.excel.copies import open_copy, save_copy
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Fact
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import CaseSheet
from dmn_dli.store.compile import link_file
from dmn_dli.suggest.suggestion import SuggestedCase, own_name
from dmn_dli.tables.linked import LinkedPolicy

CASES_SHEET = "Cases"
"""The name of the sheet where the workbook has none yet."""


@frozen
class _Columns:
    """Where the sheet keeps what; columns count from 1, 0 where there is no such column.

    template: the row that new rows look like, 0 where there is none.
    """

    name: int
    why: int
    facts: Mapping[str, int]
    template: int
    following: int


def append_cases(
    workbook: Path, cases: Sequence[SuggestedCase], target: Path, *, overwrite: bool = False
) -> tuple[str, ...]:
    """Write a copy of a workbook whose Cases sheet holds the suggested cases too, without expectations.

    They follow the last case and look like it, dropdowns included; a fact without a
    column gets one at the right. Gives the cells of their names, such as `Cases!A53`.
    Raises FileExistsError where the target exists and `overwrite` is not given,
    FileNotFoundError where there is no such workbook.
    """
    data = workbook.read_bytes()
    policy = link_file(workbook)
    book = open_copy(data)
    sheet = policy.workbook.cases
    page = book[sheet.sheet] if sheet else _new_page(book)
    columns = _columns(policy, sheet, page, cases)
    taken = {row.name.casefold() for row in sheet.rows} if sheet else set()
    for row, case in enumerate(cases, columns.following):
        _write(page, columns, row, case, own_name(case.name, taken))
    if columns.template:
        _extend_dropdowns(page, columns.template, columns.following + len(cases) - 1)
    save_copy(book, data, target, overwrite=overwrite)
    rows = range(columns.following, columns.following + len(cases))
    return tuple(cell_name(page.title, page.cell(row, columns.name).coordinate) for row in rows)


def _new_page(book: Workbook) -> Worksheet:
    """A Cases sheet with the headings that every one has."""
    page: Worksheet = book.create_sheet(CASES_SHEET)
    for column, heading in enumerate(("case", EXPECT_DETERMINATION, WHY), 1):
        _style_heading(page.cell(1, column, heading))
    page.freeze_panes = "B2"
    return page


def _style_heading(cell: Any) -> None:
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.parent.column_dimensions[cell.column_letter].width = 24


def _columns(
    policy: LinkedPolicy, sheet: CaseSheet | None, page: Worksheet, cases: Sequence[SuggestedCase]
) -> _Columns:
    facts = policy.dictionary.facts
    found: dict[str, int] = {}
    why = 0 if sheet else 3
    headings = () if sheet is None else sheet.headings
    if sheet is not None:
        for column in read_columns(policy.workbook, facts, [table.name for table in policy.tables]):
            if column.role is Role.FACT:
                found[column.name] = column.heading.column
            elif column.role is Role.WHY:
                why = column.heading.column
    rows = [row.cell.row for row in sheet.rows] if sheet else []
    model = next(iter(found.values()), 0)
    needed = {name for case in cases for name in case.facts}
    for fact in facts:
        if fact.name in needed and fact.name not in found:
            found[fact.name] = _new_column(page, fact, model, rows[-1] if rows else 0)
    name = next(
        number for number, cell in enumerate(page[1], 1) if plain_word(str(cell.value or "")) == "case"
    )
    last = max([1, *rows, *[heading.row for heading in headings]])
    return _Columns(name, why, found, rows[-1] if rows else 0, last + 1)


def _new_column(page: Worksheet, fact: Fact, model: int, template: int) -> int:
    """A column for a fact at the right, like the column `model` where there is one."""
    column = 1 + max(number for number, cell in enumerate(page[1], 1) if cell.value is not None)
    heading = page.cell(1, column, fact.label)
    if model:
        _copy_style(page.cell(1, model), heading)
        if template:
            _copy_style(page.cell(template, model), page.cell(template, column))
    else:
        _style_heading(heading)
    return column


def _write(page: Worksheet, columns: _Columns, row: int, case: SuggestedCase, name: str) -> None:
    if columns.template:
        for column, cell in enumerate(page[columns.template], 1):
            _copy_style(cell, page.cell(row, column))
    _put(page.cell(row, columns.name), name)
    if columns.why:
        _put(page.cell(row, columns.why), case.why)
    for fact, value in case.facts.items():
        _put(page.cell(row, columns.facts[fact]), "null" if value is None else value)


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with


def _copy_style(source: Any, target: Any) -> None:
    target._style = copy(source._style)


def _extend_dropdowns(page: Worksheet, template: int, last: int) -> None:
    """Let dropdowns that reach the last case reach the new ones."""
    for validation in page.data_validations.dataValidation:
        areas = []
        for area in validation.sqref.ranges:
            reaches = area.min_row <= template <= area.max_row
            bottom = max(area.max_row, last) if reaches else area.max_row
            areas.append(
                CellRange(min_col=area.min_col, min_row=area.min_row, max_col=area.max_col, max_row=bottom)
            )
        validation.sqref = MultiCellRange(areas)
