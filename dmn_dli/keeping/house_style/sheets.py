"""The plans of all sheets of a file: what each sheet is, as the reader takes it, and which are left alone."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.excel.criteria import looks_like_criteria
from dmn_dli.excel.layouts import CRITERIA, TABLE
from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.excel.table import looks_like_table
from dmn_dli.keeping.house_style import table as style
from dmn_dli.keeping.house_style.grids import GridPlanner, grid_columns, too_large
from dmn_dli.keeping.house_style.lists import (
    ACCEPTED,
    ASSUMPTIONS,
    HISTORY,
    cases_plan,
    facts_plan,
    list_plan,
    policy_plan,
)
from dmn_dli.keeping.house_style.plan import SheetPlan
from dmn_dli.keeping.house_style.tree import standings
from dmn_dli.keeping.house_style.words import Words
from dmn_dli.model.cell import column_letters
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import Workbook

_UNSTYLED = ("findings", "conflicts")
"""Sheets that the program writes, and takes away again."""


@frozen
class Left:
    """A sheet, or a part of one, that stays as it is, and why."""

    sheet: str
    why: str


def sheet_plans(package: Package, workbook: Workbook, words: Words) -> tuple[list[SheetPlan], list[Left]]:
    """What each sheet is to be like, in the order of the tabs; and what is not understood, and left alone."""
    plans: list[SheetPlan] = []
    left: list[Left] = []
    seen: set[str] = set()
    for sheet in package.sheets:
        title = plain_word(sheet.name)
        if sheet.is_chart or not sheet.cells or title in seen or title in _UNSTYLED or _is_notes(title):
            continue
        seen.add(title)
        found = _plan(sheet, title, workbook, words)
        if isinstance(found, SheetPlan):
            plans.append(found)
            left += _unmarked(sheet, found)
        else:
            left.append(found)
    return plans, left


def _is_notes(title: str) -> bool:
    return title == "notes" or title.startswith("notes ")


def _plan(sheet: Sheet, title: str, workbook: Workbook, words: Words) -> SheetPlan | Left:
    wide = sheet.spans_too_much(sheet.last_row, max(cell.column for cell in sheet.cells.values()))
    if wide:
        return Left(sheet.name, wide)
    match title:
        case "policy":
            return policy_plan(sheet, workbook)
        case "cases":
            return cases_plan(sheet, workbook, words)
        case "facts":
            return facts_plan(sheet)
        case "change history":
            return list_plan(sheet, style.OTHER, HISTORY)
        case "assumptions":
            return list_plan(sheet, style.OTHER, ASSUMPTIONS)
        case "accepted":
            return list_plan(sheet, style.OTHER, ACCEPTED)
    return _grid(sheet, workbook, words)


def _grid(sheet: Sheet, workbook: Workbook, words: Words) -> SheetPlan | Left:
    is_criteria = looks_like_criteria(sheet)
    if not is_criteria and not looks_like_table(sheet):
        return Left(sheet.name, "it is no table, no sheet of criteria, and none of the sheets known by name")
    columns = grid_columns(sheet, CRITERIA if is_criteria else TABLE)
    if too_large(sheet, columns):
        return Left(sheet.name, "it has more rules than are read of a table")
    if not columns:
        return Left(
            sheet.name, "no column has both a word such as IF or THEN in row 2 and a heading in row 3"
        )
    criteria = next((each for each in workbook.criteria if each.sheet == sheet.name), None)
    table = next((each for each in workbook.tables if each.sheet == sheet.name), None)
    return GridPlanner(
        sheet,
        columns,
        words,
        workbook.criteria,
        {output.cell.column: output.values for output in table.outputs} if table else {},
        (standings(criteria) if criteria else {}) if is_criteria else None,
        table is not None and table is words.final,
    ).plan()


def _unmarked(sheet: Sheet, plan: SheetPlan) -> Iterator[Left]:
    """The columns in use to which the plan gives no width: nothing says what they are for."""
    used = {cell.column for cell in sheet.cells.values() if cell.row > 1}
    if plan.kind in (style.TABLE, style.CRITERIA):
        for column in sorted(used - plan.widths.keys()):
            yield Left(
                sheet.name,
                f"column {column_letters(column)} lacks a word such as IF or THEN in row 2, or a heading",
            )
