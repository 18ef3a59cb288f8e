"""Suggested cases in the Cases sheet of a copy of their workbook, for a person to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from dmn_dli.cases.columns import EXPECT_DETERMINATION, WHY, Role, read_columns
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Fact
from dmn_dli.model.workbook import CaseSheet
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.places import reference_of
from dmn_dli.ooxml.sheet import EditedSheet
from dmn_dli.runtime.whole_files import write_whole
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
    FileNotFoundError where there is no such workbook, BrokenBookError and LostPartsError where a part of it
    cannot be changed.
    """
    if target.exists() and not overwrite:
        raise FileExistsError(f'"{target}" exists already; name another file.')
    policy = link_file(workbook)
    book = EditedBook(workbook.read_bytes())
    sheet = policy.workbook.cases
    page = book.sheet(sheet.sheet) if sheet else _new_page(book)
    columns = _columns(policy, sheet, page, cases)
    taken = {row.name.casefold() for row in sheet.rows} if sheet else set()
    if columns.template and cases:
        page.insert_rows(columns.following, len(cases), like=columns.template)
    for row, case in enumerate(cases, columns.following):
        _write(page, columns, row, case, own_name(case.name, taken))
    write_whole(book.data(), target)
    rows = range(columns.following, columns.following + len(cases))
    return tuple(cell_name(page.name, reference_of(row, columns.name)) for row in rows)


def _new_page(book: EditedBook) -> EditedSheet:
    """A Cases sheet with the headings that every one has."""
    page = book.add_sheet(CASES_SHEET)
    for column, heading in enumerate(("case", EXPECT_DETERMINATION, WHY), 1):
        _head(page, column, heading)
    page.freeze(1, 1)
    return page


def _head(page: EditedSheet, column: int, heading: str) -> None:
    page.put((1, column), heading)
    page.look((1, column), Look(bold=True, wrap=True, vertical="top"))
    page.column_width(column, 24)


def _columns(
    policy: LinkedPolicy, sheet: CaseSheet | None, page: EditedSheet, cases: Sequence[SuggestedCase]
) -> _Columns:
    facts = policy.dictionary.facts
    found: dict[str, int] = {}
    why = 0 if sheet else 3
    if sheet is not None:
        for column in read_columns(policy.workbook, facts, [table.name for table in policy.tables]):
            if column.role is Role.FACT:
                found[column.name] = column.heading.column
            elif column.role is Role.WHY:
                why = column.heading.column
    rows = [row.cell.row for row in sheet.rows] if sheet else []
    template = rows[-1] if rows else 0
    model = next(iter(found.values()), 0)
    last_column = max([sheet.column, *(each.column for each in sheet.headings)]) if sheet else 3
    needed = {name for case in cases for name in case.facts}
    for fact in facts:
        if fact.name in needed and fact.name not in found:
            last_column += 1
            found[fact.name] = last_column
            _new_column(page, last_column, fact, model, template)
    return _Columns(sheet.column if sheet else 1, why, found, template, max([1, *rows]) + 1)


def _new_column(page: EditedSheet, column: int, fact: Fact, model: int, template: int) -> None:
    """A column for a fact, like the column `model` where there is one."""
    if not model:
        _head(page, column, fact.label)
        return
    page.put((1, column), fact.label, like=(1, model))
    if template:
        page.put((template, column), None, like=(template, model))


def _write(page: EditedSheet, columns: _Columns, row: int, case: SuggestedCase, name: str) -> None:
    page.put((row, columns.name), name)
    if columns.why:
        page.put((row, columns.why), case.why)
    for fact, value in case.facts.items():
        place = (row, columns.facts[fact])
        page.put(place, "null" if value is None else value)
        if isinstance(value, date):
            page.look(place, Look(number_format="yyyy-mm-dd"))
